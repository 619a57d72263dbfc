"""What people do by hand to whole orders in the web app: head, status, number, money, deletion."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from api.sandbox.printavo.acts.inputs import Category
from api.sandbox.printavo.acts.orders import delete_order, move_order
from api.sandbox.printavo.acts.payments import payment_of
from api.sandbox.printavo.acts.people_lines import Cents
from api.sandbox.printavo.orders import Fee, Order, Transaction
from api.sandbox.printavo.records import Status
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Act, Args, Refused

Amount = Annotated[int, Field(gt=0, le=1_000_000_000)]


class ThisOrder(Args):
    order_id: str


class ChangeStatus(Args):
    order_id: str
    status_id: str


class RenumberOrder(Args):
    order_id: str
    visual_id: str


class EditOrder(Args):
    order_id: str
    nickname: str | None = None
    visual_po_number: str | None = None
    production_note: str | None = None
    tags: list[str] | None = None


class RecordPayment(Args):
    order_id: str
    amount_cents: Amount
    category: Category = "CHECK"
    description: str | None = None


class RefundPayment(Args):
    payment_id: str
    amount_cents: Amount


class AddFee(Args):
    order_id: str
    description: str
    amount_cents: Cents
    taxable: bool = False


class ThisFee(Args):
    fee_id: str


def _done(world: World, order: Order, at: datetime, **more: str) -> dict[str, Any]:
    world.touch(at, order)
    return {"order_id": order.id, **more}


def _change_status(world: World, args: ChangeStatus, at: datetime) -> dict[str, Any]:
    order = world.get(Order, args.order_id)
    status = world.get(Status, args.status_id, order.account)
    move_order(world, order, status, at)
    return {"order_id": order.id, "kind": status.type.lower()}


def _renumber(world: World, args: RenumberOrder, at: datetime) -> dict[str, Any]:
    order = world.get(Order, args.order_id)
    order.visual_id = args.visual_id
    return _done(world, order, at)


def _edit(world: World, args: EditOrder, at: datetime) -> dict[str, Any]:
    order = world.get(Order, args.order_id)
    for name in args.model_fields_set & {"nickname", "visual_po_number", "production_note"}:
        setattr(order, name, getattr(args, name))
    order.tags = order.tags if args.tags is None else list(args.tags)
    return _done(world, order, at)


def _delete(world: World, args: ThisOrder, at: datetime) -> dict[str, Any]:
    del at
    delete_order(world, world.get(Order, args.order_id))
    return {"order_id": args.order_id}


def _record_payment(world: World, args: RecordPayment, at: datetime) -> dict[str, Any]:
    order = world.get(Order, args.order_id)
    payment = _money(world, order, args.amount_cents, at)
    payment.category, payment.description = args.category, args.description
    return _done(world, order, at, payment_id=payment.id)


def refund_payment(world: World, args: RefundPayment, at: datetime) -> dict[str, Any]:
    """Give back a part of a payment, never more than is left of it."""
    payment = payment_of(world, None, args.payment_id)
    order = payment.order
    given_back = sum(each.amount_cents for each in order.transactions if each.refunds is payment)
    if given_back + args.amount_cents > payment.amount_cents:
        raise Refused("the refund is larger than what is left of the payment", 400)
    refund = _money(world, order, args.amount_cents, at)
    refund.category, refund.refunds = payment.category, payment
    return _done(world, order, at, refund_id=refund.id)


def _money(world: World, order: Order, cents: int, at: datetime) -> Transaction:
    entry = Transaction(
        **world.stamped(Transaction, order.account, at),
        order=order,
        amount_cents=cents,
        transaction_date=at.astimezone(order.account.zone).date(),
    )
    order.transactions.append(world.keep(entry))
    return entry


def _add_fee(world: World, args: AddFee, at: datetime) -> dict[str, Any]:
    order = world.get(Order, args.order_id)
    fee = Fee(
        **world.stamped(Fee, order.account, at),
        order=order,
        description=args.description,
        entered_cents=args.amount_cents,
        taxable=args.taxable,
    )
    order.fees.append(world.keep(fee))
    return _done(world, order, at, fee_id=fee.id)


def _delete_fee(world: World, args: ThisFee, at: datetime) -> dict[str, Any]:
    fee = world.get(Fee, args.fee_id)
    fee.order.fees.remove(fee)
    world.drop(fee)
    return _done(world, fee.order, at)


ACTS: dict[str, Act[World]] = {
    "change_status": Act(ChangeStatus, _change_status),
    "renumber_order": Act(RenumberOrder, _renumber),
    "edit_order": Act(EditOrder, _edit),
    "delete_order": Act(ThisOrder, _delete),
    "record_payment": Act(RecordPayment, _record_payment),
    "refund_payment": Act(RefundPayment, refund_payment),
    "add_fee": Act(AddFee, _add_fee),
    "delete_fee": Act(ThisFee, _delete_fee),
}
