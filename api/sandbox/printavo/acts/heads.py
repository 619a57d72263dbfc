"""The head of a quote or an invoice: what can be given at creation and changed afterwards."""

from datetime import datetime
from decimal import Decimal

from api.sandbox.printavo.acts.customers import write_address
from api.sandbox.printavo.acts.inputs import HeaderIn, fields_given
from api.sandbox.printavo.orders import Order
from api.sandbox.printavo.records import Account, Contact, DeliveryMethod, PaymentTerm, Record, User
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Refused

_REFERENCES: dict[str, type[Record]] = {
    "contact": Contact,
    "owner": User,
    "delivery_method": DeliveryMethod,
    "payment_term": PaymentTerm,
}
_TEXTS = ("nickname", "visual_po_number", "visual_id", "customer_note", "production_note")
_DATES = ("created_at", "customer_due_at", "invoice_at", "payment_due_at")


def check_head(world: World, account: Account, given: HeaderIn) -> None:
    """Raises Refused: an unknown reference, no contact, a contact taken away, a discount above 100 percent."""
    for name, kind in _REFERENCES.items():
        reference = getattr(given, name)
        if reference is not None and reference.id is not None:
            world.get(kind, reference.id, account)
    if "contact" in given.model_fields_set and (given.contact is None or given.contact.id is None):
        raise Refused("Order could not be saved: Contact can't be blank")
    if given.discount_as_percentage and (given.discount or 0) > 100:  # noqa: PLR2004 - percent
        raise Refused("Order could not be saved: Discount must be less than or equal to 100")


def fill_head(world: World, order: Order, given: HeaderIn, at: datetime) -> None:
    """Lay what was given over the order; what was not given stays."""
    account = order.account
    for name, value in fields_given(given, *_TEXTS).items():
        setattr(order, name, value)
    for name, value in fields_given(given, *_DATES).items():
        if value is not None:
            setattr(order, name, value)
    for name in ("due_at", "start_at"):
        instant = getattr(given, name)
        if instant is not None:
            setattr(order, name, _local(instant, account))
    for name, kind in _REFERENCES.items():
        if name in given.model_fields_set:
            reference = getattr(given, name)
            setattr(order, name, world.find(kind, reference.id if reference else None, account))
    for name in given.model_fields_set & {"billing_address", "shipping_address"}:
        setattr(order, name, write_address(account, getattr(given, name), at))
    _fill_money(order, given)
    if given.tags is not None:
        order.tags = list(dict.fromkeys(given.tags))


def _fill_money(order: Order, given: HeaderIn) -> None:
    if given.sales_tax is not None:
        order.sales_tax = Decimal(str(given.sales_tax))
    if "discount" in given.model_fields_set:
        order.discount = Decimal(str(given.discount or 0))
    if given.discount_as_percentage is not None:
        order.discount_as_percentage = given.discount_as_percentage


def _local(instant: datetime, account: Account) -> datetime:
    """An instant without an offset is meant in the account's zone."""
    if instant.tzinfo is None:
        return instant.replace(tzinfo=account.zone)
    return instant.astimezone(account.zone)
