"""Payments that were recorded by hand, and their refunds (which only a person can record)."""

from datetime import datetime
from typing import Any

from api.sandbox.printavo.acts.inputs import ById, PaymentIn, Ref
from api.sandbox.printavo.acts.verbs import Verb, order_of
from api.sandbox.printavo.money import to_cents
from api.sandbox.printavo.orders import Order, Transaction
from api.sandbox.printavo.records import Account
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Args, Refused


class PaymentOf(PaymentIn):
    order: Ref
    amount: float


class PaymentCreate(Args):
    input: PaymentOf


class PaymentChange(Args):
    id: str
    input: PaymentIn


def write_payment(world: World, order: Order, given: PaymentIn, at: datetime) -> Transaction:
    local = at.astimezone(order.account.zone)
    payment = Transaction(
        **world.stamped(Transaction, order.account, at),
        order=order,
        amount_cents=to_cents(given.amount or 0),
        transaction_date=given.transaction_date or local.date(),
        category=given.category,
        description=given.description,
    )
    order.transactions.append(world.keep(payment))
    return payment


def payment_of(world: World, account: Account | None, payment_id: str) -> Transaction:
    """A payment that is no refund. Raises Refused."""
    payment = world.get(Transaction, payment_id, account)
    if payment.refunds is not None:
        raise Refused("Payment not found", 404)
    return payment


def _check_amount(amount: float | None) -> None:
    if amount is not None and to_cents(amount) <= 0:
        raise Refused("Payment could not be saved: Amount must be greater than 0")


def _check_create(world: World, account: Account, given: PaymentCreate) -> None:
    order_of(world, account, given.input.order.id)
    _check_amount(given.input.amount)


def _create(world: World, account: Account, given: PaymentCreate, at: datetime) -> str:
    order = order_of(world, account, given.input.order.id)
    world.touch(at, order)
    return write_payment(world, order, given.input, at).id


def _check_change(world: World, account: Account, given: PaymentChange) -> None:
    payment_of(world, account, given.id)
    _check_amount(given.input.amount)


def _change(world: World, account: Account, given: PaymentChange, at: datetime) -> str:
    payment = payment_of(world, account, given.id)
    named = given.input.model_fields_set
    if given.input.amount is not None:
        payment.amount_cents = to_cents(given.input.amount)
    if given.input.transaction_date is not None:
        payment.transaction_date = given.input.transaction_date
    payment.category = given.input.category if "category" in named else payment.category
    payment.description = given.input.description if "description" in named else payment.description
    world.touch(at, payment, payment.order)
    return payment.id


def _check_delete(world: World, account: Account, given: ById) -> None:
    payment = payment_of(world, account, given.id)
    if any(other.refunds is payment for other in payment.order.transactions):
        raise Refused("Payment could not be deleted: it was refunded")


def _delete(world: World, account: Account, given: ById, at: datetime) -> str:
    payment = payment_of(world, account, given.id)
    payment.order.transactions.remove(payment)
    world.drop(payment)
    world.touch(at, payment.order)
    return payment.id


VERBS: dict[str, Verb[Any]] = {
    "transactionPaymentCreate": Verb(PaymentCreate, _check_create, _create, Transaction),
    "transactionPaymentUpdate": Verb(PaymentChange, _check_change, _change, Transaction),
    "transactionPaymentDelete": Verb(ById, _check_delete, _delete),
}
