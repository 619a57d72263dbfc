"""What crosses the wire about orders. `OrderFacts` and `OrderLine` are also the ready documents that ingest writes."""

from api.orders.schemas.detail import OrderDetail
from api.orders.schemas.lines import OrderLine
from api.orders.schemas.summary import OrderFacts, OrderPage, OrderSummary

__all__ = ["OrderDetail", "OrderFacts", "OrderLine", "OrderPage", "OrderSummary"]
