"""Tables of orders."""

from api.orders.models import days, notes, orders

__all__ = ["days", "notes", "orders"]
