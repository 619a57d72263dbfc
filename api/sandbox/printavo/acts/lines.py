"""Line items: style, colour, unit price and pieces by size."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from api.sandbox.printavo.acts.inputs import ById, LineIn, SizeCount, fields_given
from api.sandbox.printavo.acts.mockups import check_addresses, write_mockup
from api.sandbox.printavo.acts.verbs import Verb
from api.sandbox.printavo.money import to_cents
from api.sandbox.printavo.orders import Group, Line
from api.sandbox.printavo.records import LINE_STATUSES, Account, Category
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Args, Refused

_PLAIN = ("position", "item_number", "color", "description", "markup_percentage")


class LineOf(Args):
    line_item_group_id: str
    input: LineIn


class LineChange(Args):
    id: str
    input: LineIn


def check_line(world: World, account: Account, given: LineIn, line: Line | None = None) -> None:
    """Raises Refused. ``line`` is the one that changes."""
    if given.category and given.category.id is not None:
        world.get(Category, given.category.id, account)
    if given.line_item_group and given.line_item_group.id is not None:
        world.get(Group, given.line_item_group.id, account)
    if any((size.count or 0) < 0 for size in given.sizes or ()):
        raise Refused("Line item could not be saved: Sizes count must be greater than or equal to 0")
    check_addresses(world, [mockup.public_image_url for mockup in given.mockups or ()])
    if given.product_status is not None:
        _check_status(world, given.product_status, line.product_status if line else None)


def _check_status(world: World, wanted: str, present: str | None) -> None:
    if wanted == present:
        return
    if wanted == "attached_to_po" and world.switches["attached_to_po_by_hand"] == "refused":
        raise Refused("Line item could not be saved: Product status is set by a purchase order")
    backwards = present is not None and LINE_STATUSES.index(wanted) < LINE_STATUSES.index(present)
    if backwards and world.switches["line_status_moves"] == "forward_only":
        raise Refused(f"Line item could not be saved: Product status cannot go from {present} to {wanted}")


def write_line(world: World, group: Group, given: LineIn, at: datetime) -> Line:
    line = Line(**world.stamped(Line, group.account, at), line_item_group=group, position=given.position)
    _fill(world, line, given)
    line.counts = counted({}, given.sizes or ())
    line.mockups = [write_mockup(world, group.account, mockup, at) for mockup in given.mockups or ()]
    group.line_items.append(world.keep(line))
    return line


def counted(present: dict[str, int], sizes: Sequence[SizeCount]) -> dict[str, int]:
    """Pieces by size after these are laid over those present; a size given twice counts as given last."""
    return present | {size.size: size.count or 0 for size in sizes}


def drop_line(world: World, line: Line) -> None:
    """Take it out of the books with its pictures; its group's list is the caller's."""
    for part in (*line.mockups, *line.personalizations):
        world.drop(part)
    world.drop(line)


def delete_line(world: World, line: Line, at: datetime) -> None:
    """Remove a line from its group for good."""
    group = line.line_item_group
    group.line_items.remove(line)
    drop_line(world, line)
    world.touch(at, group, group.order)


def _fill(world: World, line: Line, given: LineIn) -> None:
    for name, value in fields_given(given, *_PLAIN).items():
        setattr(line, name, value)
    if "price" in given.model_fields_set:
        line.price_cents = None if given.price is None else to_cents(given.price)
    if given.taxed is not None:
        line.taxed = given.taxed
    if "product_status" in given.model_fields_set:
        line.product_status = given.product_status
    if "category" in given.model_fields_set:
        line.category = world.find(Category, given.category.id if given.category else None, line.account)


def _check_create(world: World, account: Account, given: LineOf) -> None:
    world.get(Group, given.line_item_group_id, account)
    check_line(world, account, given.input)


def _create(world: World, account: Account, given: LineOf, at: datetime) -> str:
    group = world.get(Group, given.line_item_group_id, account)
    world.touch(at, group, group.order)
    return write_line(world, group, given.input, at).id


def _check_change(world: World, account: Account, given: LineChange) -> None:
    line = world.get(Line, given.id, account)
    check_line(world, account, given.input, line)


def _change(world: World, account: Account, given: LineChange, at: datetime) -> str:
    line = world.get(Line, given.id, account)
    _fill(world, line, given.input)
    if given.input.sizes is not None:
        merge = world.switches["sizes_update"] == "merge"
        line.counts = counted(line.counts if merge else {}, given.input.sizes)
    world.touch(at, line, line.line_item_group, line.line_item_group.order)
    wanted = given.input.line_item_group
    if wanted and wanted.id is not None and wanted.id != line.line_item_group.id:
        _move(world, line, world.get(Group, wanted.id, account), at)
    return line.id


def _move(world: World, line: Line, group: Group, at: datetime) -> None:
    line.line_item_group.line_items.remove(line)
    group.line_items.append(line)
    line.line_item_group = group
    world.touch(at, group, group.order)


def _check_delete(world: World, account: Account, given: ById) -> None:
    world.get(Line, given.id, account)


def _delete(world: World, account: Account, given: ById, at: datetime) -> str:
    delete_line(world, world.get(Line, given.id, account), at)
    return given.id


VERBS: dict[str, Verb[Any]] = {
    "lineItemCreate": Verb(LineOf, _check_create, _create, Line, "lineItemCreates"),
    "lineItemUpdate": Verb(LineChange, _check_change, _change, Line, "lineItemUpdates"),
    "lineItemDelete": Verb(ById, _check_delete, _delete, None, "lineItemDeletes"),
}
