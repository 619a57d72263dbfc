"""Fees: an amount, or a quantity of a unit price, or a percentage of the lines."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from api.sandbox.printavo.acts.inputs import ById, FeeIn
from api.sandbox.printavo.acts.verbs import Verb, order_of
from api.sandbox.printavo.money import to_cents
from api.sandbox.printavo.orders import Fee, Order
from api.sandbox.printavo.records import Account
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Args, Refused


class FeeOf(Args):
    parent_id: str
    input: FeeIn | None = None


class FeeChange(Args):
    id: str
    input: FeeIn


def check_fee(given: FeeIn) -> None:
    if given.quantity is not None and not 0 <= given.quantity <= 1_000_000:  # noqa: PLR2004 - a sane bound
        raise Refused("Fee could not be saved: Quantity is out of range")


def write_fee(world: World, order: Order, given: FeeIn, at: datetime) -> Fee:
    fee = world.keep(Fee(**world.stamped(Fee, order.account, at), order=order))
    _fill(fee, given)
    order.fees.append(fee)
    return fee


def _fill(fee: Fee, given: FeeIn) -> None:
    named = given.model_fields_set
    if "description" in named:
        fee.description = given.description
    if "quantity" in named:
        fee.quantity = given.quantity
    if "amount" in named:
        fee.entered_cents = None if given.amount is None else to_cents(given.amount)
    if "unit_price" in named:
        fee.unit_price = None if given.unit_price is None else Decimal(str(given.unit_price))
    fee.taxable = fee.taxable if given.taxable is None else given.taxable
    if given.unit_price_as_percentage is not None:
        fee.unit_price_as_percentage = given.unit_price_as_percentage


def _check_create(world: World, account: Account, given: FeeOf) -> None:
    order_of(world, account, given.parent_id)
    check_fee(given.input or FeeIn())


def _create(world: World, account: Account, given: FeeOf, at: datetime) -> str:
    order = order_of(world, account, given.parent_id)
    world.touch(at, order)
    return write_fee(world, order, given.input or FeeIn(), at).id


def _check_change(world: World, account: Account, given: FeeChange) -> None:
    world.get(Fee, given.id, account)
    check_fee(given.input)


def _change(world: World, account: Account, given: FeeChange, at: datetime) -> str:
    fee = world.get(Fee, given.id, account)
    _fill(fee, given.input)
    world.touch(at, fee, fee.order)
    return fee.id


def _check_delete(world: World, account: Account, given: ById) -> None:
    world.get(Fee, given.id, account)


def _delete(world: World, account: Account, given: ById, at: datetime) -> str:
    fee = world.get(Fee, given.id, account)
    fee.order.fees.remove(fee)
    world.drop(fee)
    world.touch(at, fee.order)
    return fee.id


VERBS: dict[str, Verb[Any]] = {
    "feeCreate": Verb(FeeOf, _check_create, _create, Fee, "feeCreates"),
    "feeUpdate": Verb(FeeChange, _check_change, _change, Fee, "feeUpdates"),
    "feeDelete": Verb(ById, _check_delete, _delete, None, "feeDeletes"),
}
