"""An order's life in the shop: approved, scheduled, purchased for, handed over, cancelled."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from api.sandbox.inksoft.acts.target import OnOrder, OnRow, edited, facts, find_order, find_row
from api.sandbox.inksoft.seed.parts import hand_over
from api.sandbox.inksoft.world.world import World
from api.sandbox.simulator import Act, Refused


class NewStage(OnOrder):
    """The production status."""

    production_status: Literal[
        "Open", "Scheduled", "In Production", "Ready to Ship", "Ready for Pickup", "Complete"
    ]


class Purchasing(OnRow):
    """The purchasing text beside a card item; every side's card unless one is named; blank clears it."""

    text: str = Field(max_length=200)
    side: str | None = None


class PickUp(OnOrder):
    """Who fetched it."""

    by: str = Field(default="Customer", min_length=1, max_length=100)


def _approve(world: World, args: OnOrder, at: datetime) -> Any:
    order = find_order(world, args)
    if not order.pending:
        raise Refused(f"order {order.id} is not waiting for approval")
    order.approved_at = at
    return edited(world, order, at, status=True)


def _require_approval(world: World, args: OnOrder, at: datetime) -> Any:
    order = find_order(world, args)
    order.approval_required, order.approved_at = True, None
    return edited(world, order, at, status=True)


def _set_production_status(world: World, args: NewStage, at: datetime) -> Any:
    order = find_order(world, args)
    order.production_status = args.production_status
    return edited(world, order, at, status=True)


def _cancel(world: World, args: OnOrder, at: datetime) -> Any:
    order = find_order(world, args)
    if order.cancelled:
        raise Refused(f"order {order.id} is cancelled already")
    order.cancelled = True
    return edited(world, order, at, status=True)


def _delete_order(world: World, args: OnOrder, at: datetime) -> Any:
    """Gone from every list and from every answer, as if it had never been placed."""
    del at
    order = find_order(world, args)
    told = facts(world, order)
    world.drop_order(order)
    return told


def _pick_up(world: World, args: PickUp, at: datetime) -> Any:
    order = find_order(world, args)
    if order.cancelled:
        raise Refused(f"order {order.id} is cancelled")
    hand_over(world, order, at, args.by)
    return edited(world, order, at, status=True)


def _make_cards(world: World, args: OnOrder, at: datetime) -> Any:
    order = find_order(world, args)
    order.cards_made = True
    return edited(world, order, at)


def _set_purchasing(world: World, args: Purchasing, at: datetime) -> Any:
    order = find_order(world, args)
    item, row = find_row(order, args.row)
    sides = [decoration.side for decoration in item.artwork.decorations] if item.artwork else []
    if not sides or (args.side is not None and args.side not in sides):
        raise Refused(f"row {row.id} has no card for {args.side or 'any side'}", 400)
    texts = dict(row.purchasing or {})
    texts.update(dict.fromkeys([args.side] if args.side else sides, args.text))
    row.purchasing = {side: text for side, text in texts.items() if text} or None
    return edited(world, order, at)


ACTS: Mapping[str, Act[World]] = {
    "approve": Act(OnOrder, _approve),
    "require_approval": Act(OnOrder, _require_approval),
    "set_production_status": Act(NewStage, _set_production_status),
    "cancel": Act(OnOrder, _cancel),
    "delete_order": Act(OnOrder, _delete_order),
    "pick_up": Act(PickUp, _pick_up),
    "make_cards": Act(OnOrder, _make_cards),
    "set_purchasing": Act(Purchasing, _set_purchasing),
}
