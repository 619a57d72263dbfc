"""Quotes and invoices: made as quotes, moved by status, deleted for good."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from api.sandbox.printavo.acts.fees import check_fee, write_fee
from api.sandbox.printavo.acts.groups import check_group, drop_group, write_group
from api.sandbox.printavo.acts.heads import check_head, fill_head
from api.sandbox.printavo.acts.inputs import ById, HeaderIn, QuoteIn
from api.sandbox.printavo.acts.mockups import check_addresses, write_file
from api.sandbox.printavo.acts.verbs import Verb, order_of
from api.sandbox.printavo.orders import Order
from api.sandbox.printavo.records import Account, Contact, Status
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Args, Refused


class QuoteCreate(Args):
    input: QuoteIn


class HeadChange(Args):
    id: str
    input: HeaderIn


class StatusMove(Args):
    parent_id: str
    status_id: str


def default_status(account: Account, kind: str) -> Status:
    """The first status of a type, by position: where new quotes start."""
    return min((each for each in account.statuses if each.type == kind), key=lambda each: each.position)


def write_order(world: World, contact: Contact, given: HeaderIn, at: datetime) -> Order:
    """A quote with the next number and the default status; dates that were not given are today's."""
    account = contact.account
    stamped = world.stamped(Order, account, at)
    local: datetime = stamped["made_at"]
    today = local.date()
    order = Order(
        **stamped,
        visual_id=str(account.next_visual_id),
        status=default_status(account, "QUOTE"),
        contact=contact,
        created_at=today,
        invoice_at=today,
        payment_due_at=today + timedelta(days=30),
        customer_due_at=today,
        start_at=local,
        due_at=None,
        public_hash=world.secret("order", stamped["id"]),
        sales_tax=_default_rate(world, contact),
    )
    account.next_visual_id += 1
    fill_head(world, order, given, at)
    account.orders.append(world.keep(order))
    return order


def move_order(world: World, order: Order, status: Status, at: datetime) -> None:
    """Put an order into a status; into one of the other type makes it the other kind of record."""
    converts = order.status.type != status.type
    order.status = status
    world.touch(at, order)
    if converts and world.switches["conversion_keeps_id"] == "no":
        world.rename(order)


def delete_order(world: World, order: Order) -> None:
    """Remove an order with all that hangs below it."""
    for group in order.line_item_groups:
        drop_group(world, group)
    for part in (*order.fees, *order.production_files, *order.transactions):
        world.drop(part)
    order.account.orders.remove(order)
    world.drop(order)


def _default_rate(world: World, contact: Contact) -> Decimal:
    customer = contact.customer
    if world.switches["default_sales_tax"] == "zero" or customer.tax_exempt:
        return Decimal(0)
    return contact.account.sales_tax if customer.sales_tax is None else customer.sales_tax


def _check_create(world: World, account: Account, given: QuoteCreate) -> None:
    check_head(world, account, given.input)
    for fee in given.input.fees or ():
        check_fee(fee)
    for group in given.input.line_item_groups or ():
        check_group(world, account, group)
    check_addresses(world, [each.public_file_url for each in given.input.production_files or ()])


def _create(world: World, account: Account, given: QuoteCreate, at: datetime) -> str:
    order = write_order(world, world.get(Contact, given.input.contact.id, account), given.input, at)
    for group in given.input.line_item_groups or ():
        write_group(world, order, group, at)
    for fee in given.input.fees or ():
        write_fee(world, order, fee, at)
    for each in given.input.production_files or ():
        write_file(world, order, each, at)
    return order.id


def kind_of(world: World, account: Account, order_id: str, *, invoice: bool) -> Order:
    """An order that is a quote (or an invoice); the other kind is not found."""
    order = world.find(Order, order_id, account)
    if order is None or order.is_invoice != invoice:
        raise Refused(f"{'Invoice' if invoice else 'Quote'} not found", 404)
    return order


def _head_change(name: str, *, invoice: bool) -> Verb[HeadChange]:
    def check(world: World, account: Account, given: HeadChange) -> None:
        kind_of(world, account, given.id, invoice=invoice)
        check_head(world, account, given.input)

    def write(world: World, account: Account, given: HeadChange, at: datetime) -> str:
        order = kind_of(world, account, given.id, invoice=invoice)
        fill_head(world, order, given.input, at)
        if given.input.fulfilled is not None:
            order.fulfilled = given.input.fulfilled
            world.violate(at, f"{name} fulfilled", account, order)
        world.touch(at, order)
        return order.id

    return Verb(HeadChange, check, write, Order)


def _deletion(*, invoice: bool) -> Verb[ById]:
    def check(world: World, account: Account, given: ById) -> None:
        kind_of(world, account, given.id, invoice=invoice)

    def write(world: World, account: Account, given: ById, at: datetime) -> str:
        del at
        delete_order(world, kind_of(world, account, given.id, invoice=invoice))
        return given.id

    return Verb(ById, check, write)


def _check_move(world: World, account: Account, given: StatusMove) -> None:
    order = order_of(world, account, given.parent_id)
    status = world.get(Status, given.status_id, account)
    if status.type != order.status.type and world.switches["quote_to_invoice"] == "refused":
        raise Refused("Status could not be updated: Status type does not match the order's type")


def _move(world: World, account: Account, given: StatusMove, at: datetime) -> str:
    order = order_of(world, account, given.parent_id)
    move_order(world, order, world.get(Status, given.status_id, account), at)
    return order.id


VERBS: dict[str, Verb[Any]] = {
    "quoteCreate": Verb(QuoteCreate, _check_create, _create, Order),
    "quoteUpdate": _head_change("quoteUpdate", invoice=False),
    "invoiceUpdate": _head_change("invoiceUpdate", invoice=True),
    "quoteDelete": _deletion(invoice=False),
    "invoiceDelete": _deletion(invoice=True),
    "statusUpdate": Verb(StatusMove, _check_move, _move, Order),
}
