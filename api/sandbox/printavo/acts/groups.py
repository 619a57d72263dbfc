"""Line item groups: lines that share their decoration."""

from datetime import datetime
from typing import Any

from api.sandbox.printavo.acts.imprints import check_imprint, drop_imprint, write_imprint
from api.sandbox.printavo.acts.inputs import ById, ColumnsIn, GroupIn, fields_given
from api.sandbox.printavo.acts.lines import check_line, drop_line, write_line
from api.sandbox.printavo.acts.verbs import Verb, order_of
from api.sandbox.printavo.orders import Columns, Group, Order
from api.sandbox.printavo.records import Account
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Args

DEFAULT_SIZES = ("size_s", "size_m", "size_l", "size_xl", "size_2xl", "size_3xl", "size_other")


class GroupOf(Args):
    parent_id: str
    input: GroupIn


class GroupChange(Args):
    id: str
    input: GroupIn


def check_group(world: World, account: Account, given: GroupIn) -> None:
    for imprint in given.imprints or ():
        check_imprint(world, account, imprint)
    for line in given.line_items or ():
        check_line(world, account, line)


def write_group(world: World, order: Order, given: GroupIn, at: datetime) -> Group:
    group = Group(
        **world.stamped(Group, order.account, at),
        order=order,
        position=given.position,
        enabled_columns=_columns(Columns(sizes=list(DEFAULT_SIZES)), given.enabled_columns),
    )
    order.line_item_groups.append(world.keep(group))
    for imprint in given.imprints or ():
        write_imprint(world, group, imprint, at)
    for line in given.line_items or ():
        write_line(world, group, line, at)
    return group


def drop_group(world: World, group: Group) -> None:
    """Take it out of the books with all below it; its order's list is the caller's."""
    for imprint in group.imprints:
        drop_imprint(world, imprint)
    for line in group.line_items:
        drop_line(world, line)
    world.drop(group)


def delete_group(world: World, group: Group, at: datetime) -> None:
    """Remove a group from its order for good."""
    group.order.line_item_groups.remove(group)
    drop_group(world, group)
    world.touch(at, group.order)


def _columns(columns: Columns, given: ColumnsIn | None) -> Columns:
    if given is None:
        return columns
    wanted = fields_given(given, "category", "color", "item_number", "markup_percentage", "sizes")
    for name, value in wanted.items():
        if value is not None:
            setattr(columns, name, value)
    return columns


def _check_create(world: World, account: Account, given: GroupOf) -> None:
    order_of(world, account, given.parent_id)
    check_group(world, account, given.input)


def _create(world: World, account: Account, given: GroupOf, at: datetime) -> str:
    order = order_of(world, account, given.parent_id)
    world.touch(at, order)
    return write_group(world, order, given.input, at).id


def _check_change(world: World, account: Account, given: GroupChange) -> None:
    world.get(Group, given.id, account)


def _change(world: World, account: Account, given: GroupChange, at: datetime) -> str:
    group = world.get(Group, given.id, account)
    group.position = given.input.position
    group.enabled_columns = _columns(group.enabled_columns, given.input.enabled_columns)
    world.touch(at, group, group.order)
    return group.id


def _check_delete(world: World, account: Account, given: ById) -> None:
    world.get(Group, given.id, account)


def _delete(world: World, account: Account, given: ById, at: datetime) -> str:
    delete_group(world, world.get(Group, given.id, account), at)
    return given.id


VERBS: dict[str, Verb[Any]] = {
    "lineItemGroupCreate": Verb(GroupOf, _check_create, _create, Group, "lineItemGroupCreates"),
    "lineItemGroupUpdate": Verb(GroupChange, _check_change, _change, Group, "lineItemGroupUpdates"),
    "lineItemGroupDelete": Verb(ById, _check_delete, _delete, None, "lineItemGroupDeletes"),
}
