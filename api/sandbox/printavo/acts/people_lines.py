"""What people do by hand to lines, groups and purchase orders in the web app."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from api.sandbox.printavo.acts.groups import delete_group
from api.sandbox.printavo.acts.lines import delete_line
from api.sandbox.printavo.orders import (
    Group,
    Line,
    Personalization,
    PoLine,
    PurchaseOrder,
    Vendor,
)
from api.sandbox.printavo.records import LineStatus, Size
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Act, Args, Refused

Cents = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)]
Counts = dict[Size, Annotated[int, Field(ge=0, le=1_000_000)]]


class EditLine(Args):
    """``sizes`` are all that the line has afterwards."""

    line_id: str
    price_cents: Cents | None = None
    sizes: Counts | None = None
    description: str | None = None
    color: str | None = None
    item_number: str | None = None
    taxed: bool | None = None


class AddLine(Args):
    group_id: str
    item_number: str
    price_cents: Cents
    sizes: Counts
    color: str | None = None
    description: str | None = None
    taxed: bool = True


class ThisLine(Args):
    line_id: str


class ThisGroup(Args):
    group_id: str


class SetLineStatus(Args):
    line_id: str
    status: LineStatus | None


class PersonalizeLine(Args):
    """``entries`` are pairs of what it is (``Name``) and what it says (``DANA``), all that the line has afterwards."""

    line_id: str
    entries: list[tuple[str, str]]


class OrderGoods(Args):
    line_ids: Annotated[list[str], Field(min_length=1)]
    note: str | None = None


class SetGoodsStatus(Args):
    purchase_order_id: str
    status: Literal["not_ordered", "ordered", "arrived", "partially_received", "received"]


def touch_line(world: World, line: Line, at: datetime) -> dict[str, str]:
    """Move the instants of a line and of what it is part of."""
    world.touch(at, line, line.line_item_group, line.line_item_group.order)
    return {"id": line.id, "order_id": line.line_item_group.order.id}


def _pieces(counts: Counts) -> dict[str, int]:
    return {str(size): count for size, count in counts.items()}


def _edit_line(world: World, args: EditLine, at: datetime) -> dict[str, Any]:
    line = world.get(Line, args.line_id)
    for name in args.model_fields_set & {"price_cents", "description", "color", "item_number"}:
        setattr(line, name, getattr(args, name))
    line.taxed = line.taxed if args.taxed is None else args.taxed
    line.counts = line.counts if args.sizes is None else _pieces(args.sizes)
    return touch_line(world, line, at)


def _add_line(world: World, args: AddLine, at: datetime) -> dict[str, Any]:
    group = world.get(Group, args.group_id)
    line = Line(
        **world.stamped(Line, group.account, at),
        line_item_group=group,
        position=max((each.position for each in group.line_items), default=0) + 1,
        item_number=args.item_number,
        color=args.color,
        description=args.description,
        price_cents=args.price_cents,
        taxed=args.taxed,
        counts=_pieces(args.sizes),
    )
    group.line_items.append(world.keep(line))
    return touch_line(world, line, at)


def _delete_line(world: World, args: ThisLine, at: datetime) -> dict[str, Any]:
    line = world.get(Line, args.line_id)
    delete_line(world, line, at)
    return {"id": line.id, "order_id": line.line_item_group.order.id}


def _delete_group(world: World, args: ThisGroup, at: datetime) -> dict[str, Any]:
    group = world.get(Group, args.group_id)
    delete_group(world, group, at)
    return {"id": group.id, "order_id": group.order.id}


def _set_line_status(world: World, args: SetLineStatus, at: datetime) -> dict[str, Any]:
    line = world.get(Line, args.line_id)
    line.product_status = args.status
    return touch_line(world, line, at)


def _personalize_line(world: World, args: PersonalizeLine, at: datetime) -> dict[str, Any]:
    line = world.get(Line, args.line_id)
    for old in line.personalizations:
        world.drop(old)
    line.personalizations = [
        world.keep(
            Personalization(
                **world.stamped(Personalization, line.account, at), name=name, personalization=text
            )
        )
        for name, text in args.entries
    ]
    return touch_line(world, line, at)


def order_goods(world: World, args: OrderGoods, at: datetime) -> dict[str, Any]:
    """One purchase order with the account's first vendor; its lines become ``attached_to_po``."""
    lines = [world.get(Line, line_id) for line_id in dict.fromkeys(args.line_ids)]
    account = lines[0].account
    if any(line.account is not account for line in lines):
        raise Refused("the lines belong to several accounts", 400)
    if any(line.po_line_item for line in lines):
        raise Refused("a line is on a purchase order already")
    vendor = next(each for each in world.every(Vendor) if each.account is account)
    stamped = world.stamped(PurchaseOrder, account, at)
    bought = world.keep(
        PurchaseOrder(**stamped, visual_po_id=f"PO-{stamped['id']}", vendor=vendor, note=args.note)
    )
    for position, line in enumerate(lines, start=1):
        copied = PoLine(
            **world.stamped(PoLine, account, at),
            purchase_order=bought,
            line=line,
            position=position,
            item_number=line.item_number,
            color=line.color,
            description=line.description,
            category=line.category,
            counts=dict(line.counts),
        )
        bought.line_items.append(world.keep(copied))
        line.po_line_item, line.product_status = copied, "attached_to_po"
        touch_line(world, line, at)
    return {"id": bought.id}


def set_goods_status(world: World, args: SetGoodsStatus, at: datetime) -> dict[str, Any]:
    """The purchase order's state carries over to its lines."""
    bought = world.get(PurchaseOrder, args.purchase_order_id)
    bought.goods_status = args.status
    world.touch(at, bought)
    for copied in bought.line_items:
        copied.line.product_status = "attached_to_po" if args.status == "not_ordered" else args.status
        touch_line(world, copied.line, at)
    return {"id": bought.id}


ACTS: dict[str, Act[World]] = {
    "edit_line": Act(EditLine, _edit_line),
    "add_line": Act(AddLine, _add_line),
    "delete_line": Act(ThisLine, _delete_line),
    "delete_group": Act(ThisGroup, _delete_group),
    "set_line_status": Act(SetLineStatus, _set_line_status),
    "personalize_line": Act(PersonalizeLine, _personalize_line),
    "order_goods": Act(OrderGoods, order_goods),
    "set_goods_status": Act(SetGoodsStatus, set_goods_status),
}
