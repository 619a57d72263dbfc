"""A row of the order list in our words."""

from datetime import timedelta

from api.connectors.inksoft.mapping.digests import fingerprint
from api.connectors.inksoft.mapping.moments import as_utc
from api.connectors.inksoft.mapping.money import cents
from api.connectors.inksoft.mapping.words import order_status, origin, payment_status, person_name
from api.connectors.inksoft.wire.summary import WireSummary
from api.connectors.store_platform import OrderSummary


def to_summary(row: WireSummary, *, offset: timedelta) -> OrderSummary:
    return OrderSummary(
        external_id=row.id,
        number=row.id,
        store_external_id=row.store_id or None,
        store_name=row.store_name or None,
        origin=origin(row.order_type, proposal_id=row.proposal_id),
        status=order_status(row.status, cancelled=row.cancelled, shipped=row.shipped),
        production_status=row.production_status,
        payment_status=payment_status(row.payment_status),
        customer_name=person_name(row.customer, f"{row.first_name} {row.last_name}", row.company_name),
        email=row.email or None,
        placed_at=as_utc(row.date_created, offset),
        total_amount=cents(row.total_amount),
        due_amount=cents(row.amount_due),
        fingerprint=fingerprint(row),
    )
