"""Edits of what is ordered and where it goes. The money follows; what was paid stays paid."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import Field

from api.sandbox.inksoft.acts.target import OnOrder, OnRow, edited, find_order, find_row
from api.sandbox.inksoft.world.order import NameNumber, Order, SizeRow
from api.sandbox.inksoft.world.person import Address
from api.sandbox.inksoft.world.world import World
from api.sandbox.simulator import Act, Args, Refused


class NewQuantity(OnRow):
    """The row's pieces; 0 keeps the row."""

    quantity: int = Field(ge=0, le=100_000)


class NewPrice(OnRow):
    """The price of one piece."""

    unit_price_cents: int = Field(ge=0, le=10_000_000)


class NewSize(OnRow):
    """Pieces of another size of the same goods, beside the row's."""

    size: str
    quantity: int = Field(ge=1, le=100_000)


class NameEntry(Args):
    """A name and number on some pieces."""

    name: str = Field(max_length=200)
    number: str = Field(default="", max_length=20)
    quantity: int = Field(default=1, ge=1)


class NewNames(OnRow):
    """All names of the row, replacing those it had."""

    names: list[NameEntry] = Field(max_length=2000)


class NewAddress(OnOrder):
    """Where the order goes now."""

    street: str = Field(max_length=200)
    city: str = Field(max_length=100)
    region: str = Field(default="", max_length=50)
    post_code: str = Field(default="", max_length=20)
    country: str = Field(default="US", min_length=2, max_length=2)
    street2: str = Field(default="", max_length=200)


class NewEmail(OnOrder):
    """The shopper's e-mail; it may become blank."""

    email: str = Field(max_length=200)


class NewNotes(OnOrder):
    """The notes on the order."""

    notes: str = Field(max_length=10_000)


def _edit_quantity(world: World, args: NewQuantity, at: datetime) -> Any:
    order = _editable(world, args)
    _, row = find_row(order, args.row)
    _resize(row, args.quantity)
    return edited(world, order, at)


def _resize(row: SizeRow, quantity: int) -> None:
    """Names beyond the new quantity go with their pieces."""
    kept, left = [], quantity
    for name in row.names:
        if left > 0:
            kept.append(replace(name, quantity=min(name.quantity, left)))
            left -= name.quantity
    row.quantity, row.names = quantity, tuple(kept)


def _remove_item(world: World, args: OnRow, at: datetime) -> Any:
    order = _editable(world, args)
    item, row = find_row(order, args.row)
    item.rows.remove(row)
    if not item.rows:
        order.items.remove(item)
    return edited(world, order, at)


def _change_price(world: World, args: NewPrice, at: datetime) -> Any:
    order = _editable(world, args)
    _, row = find_row(order, args.row)
    row.unit_price = args.unit_price_cents
    return edited(world, order, at)


def _add_size(world: World, args: NewSize, at: datetime) -> Any:
    order = _editable(world, args)
    item, row = find_row(order, args.row)
    _, style = world.goods(item.product_id, item.style_id)
    sizes = {size.name: size for size in style.sizes}
    if args.size not in sizes or any(other.size == args.size for other in item.rows):
        raise Refused(f"the item cannot take the size {args.size!r}", 400)
    size, present = sizes[args.size], sizes[row.size]
    price = row.unit_price - present.upcharge + size.upcharge
    item.rows.append(SizeRow(world.fresh_id(), size.id, size.name, args.quantity, price))
    return edited(world, order, at)


def _set_names(world: World, args: NewNames, at: datetime) -> Any:
    order = _editable(world, args)
    _, row = find_row(order, args.row)
    if sum(entry.quantity for entry in args.names) > row.quantity:
        raise Refused(f"row {row.id} has {row.quantity} pieces only", 400)
    row.names = tuple(NameNumber(entry.name, entry.number, entry.quantity) for entry in args.names)
    return edited(world, order, at)


def _change_address(world: World, args: NewAddress, at: datetime) -> Any:
    order = find_order(world, args)
    order.ship_to = Address(args.street, args.city, args.region, args.post_code, args.country, args.street2)
    return edited(world, order, at)


def _change_email(world: World, args: NewEmail, at: datetime) -> Any:
    order = find_order(world, args)
    order.person = replace(order.person, email=args.email)
    return edited(world, order, at)


def _write_notes(world: World, args: NewNotes, at: datetime) -> Any:
    order = find_order(world, args)
    order.notes = args.notes
    return edited(world, order, at)


def _editable(world: World, args: OnOrder) -> Order:
    order = find_order(world, args)
    if order.cancelled:
        raise Refused(f"order {order.id} is cancelled")
    return order


ACTS: Mapping[str, Act[World]] = {
    "edit_quantity": Act(NewQuantity, _edit_quantity),
    "remove_item": Act(OnRow, _remove_item),
    "change_price": Act(NewPrice, _change_price),
    "add_size": Act(NewSize, _add_size),
    "set_names": Act(NewNames, _set_names),
    "change_address": Act(NewAddress, _change_address),
    "change_email": Act(NewEmail, _change_email),
    "write_notes": Act(NewNotes, _write_notes),
}
