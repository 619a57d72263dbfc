"""Forty quotes and invoices an account that people made by hand, with everything that real ones have."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from api.sandbox.printavo.acts.fees import write_fee
from api.sandbox.printavo.acts.groups import write_group
from api.sandbox.printavo.acts.inputs import (
    FeeIn,
    GroupIn,
    HeaderIn,
    ImprintIn,
    LineIn,
    PaymentIn,
    Ref,
    SizeCount,
)
from api.sandbox.printavo.acts.orders import write_order
from api.sandbox.printavo.acts.payments import write_payment
from api.sandbox.printavo.acts.people_lines import OrderGoods, SetGoodsStatus, order_goods, set_goods_status
from api.sandbox.printavo.acts.people_orders import RefundPayment, refund_payment
from api.sandbox.printavo.money import to_dollars
from api.sandbox.printavo.orders import Order, Personalization
from api.sandbox.printavo.records import Account
from api.sandbox.printavo.totals import totals
from api.sandbox.printavo.world import World

ORDERS = 40
_GOODS = (
    ("PC54", "Core cotton tee", ("Navy", "Athletic Heather", "Cardinal"), 950),
    ("18500", "Heavy blend hoodie", ("Black", "Royal", "Forest"), 2450),
    ("K500", "Silk touch polo", ("White", "Steel Grey"), 1975),
    ("C112", "Snapback trucker cap", ("Black/White",), 1425),
    ("BG150", "Canvas tote", ("Natural",), 815),
    ("Y2000", "Youth ultra cotton tee", ("Gold", "Purple"), 785),
)
_PLACES = ("Full front", "Left chest", "Full back", "Right sleeve")
_NICKNAMES = ("Spring order", "Staff shirts", "Fundraiser run", "Tournament tees", "Reorder", "Booster club")
_SPREAD = ("size_s", "size_m", "size_l", "size_xl")
_NAMES = ("DANA", "O'BRIEN", "NUÑEZ", "MÜLLER", "田中", "ИВАНОВ", "KIM")


def plant_orders(world: World, account: Account, luck: Random) -> None:
    """Oldest first, so that numbers rise with time; every fourth stays a quote."""
    ages = sorted((luck.randint(1, 200 * 24 * 60) for _ in range(ORDERS)), reverse=True)
    for number, minutes in enumerate(ages):
        at = world.anchor.at - timedelta(days=3, minutes=minutes)  # whatever follows is in the past as well
        order = write_order(world, luck.choice(account.customers).contacts[0], _head(luck, number, at), at)
        for position in range(1, luck.randint(1, 3) + 1):
            write_group(world, order, _group(account, luck, position), at)
        if luck.random() < 0.4:  # noqa: PLR2004 - a share
            write_fee(
                world,
                order,
                FeeIn(description="Art and setup", quantity=1, unit_price=35.0, taxable=True),
                at,
            )
        if luck.random() < 0.3:  # noqa: PLR2004 - a share
            write_fee(world, order, FeeIn(description="Shipping", amount=luck.choice((12.5, 18.75))), at)
        if number % 4:
            _make_invoice(world, order, luck, at)
    _personalize(world, account, luck)
    _buy_goods(world, account)


def _head(luck: Random, number: int, at: datetime) -> HeaderIn:
    due = at + timedelta(days=14)
    wanted: dict[str, Any] = {
        "nickname": f"{luck.choice(_NICKNAMES)} {at.year}",
        "customer_due_at": due.date(),
        "due_at": due,
        "visual_po_number": f"PO-{luck.randint(1000, 9999)}" if luck.random() < 0.5 else None,  # noqa: PLR2004 - a share
        "tags": ["walk-in"] if number % 6 == 0 else [],
    }
    if number % 9 == 0:
        wanted |= {"discount": 10.0, "discount_as_percentage": True}
    return HeaderIn(**wanted)


def _group(account: Account, luck: Random, position: int) -> GroupIn:
    item, name, colors, cents = luck.choice(_GOODS)
    color = luck.choice(colors)
    sizes = [SizeCount.model_validate({"size": size, "count": luck.randint(1, 24)}) for size in _SPREAD]
    lines = [_line(1, item, f"{name}", color, cents, sizes)]
    if luck.random() < 0.5:  # noqa: PLR2004 - a share
        larger = [SizeCount(size="size_2xl", count=luck.randint(1, 6))]
        lines.append(_line(2, item, f"{name} (2XL)", color, cents + 200, larger))
    method = luck.choice(account.types_of_work[:-1])
    imprint = ImprintIn(
        details=f"{luck.choice(_PLACES)}, {luck.randint(1, 4)} colours", type_of_work=Ref(id=method.id)
    )
    return GroupIn(position=position, line_items=lines, imprints=[imprint])


def _line(position: int, item: str, text: str, color: str, cents: int, sizes: list[SizeCount]) -> LineIn:
    return LineIn(
        position=position,
        item_number=item,
        description=text,
        color=color,
        price=to_dollars(cents),
        sizes=sizes,
        product_status="need_ordering",
    )


def _make_invoice(world: World, order: Order, luck: Random, at: datetime) -> None:
    """In any invoice status; two of three are paid in part or in full, a few of those refunded in part."""
    statuses = [status for status in order.account.statuses if status.type == "INVOICE"]
    order.status = luck.choice(statuses)
    due = totals(order, world.switches).total
    paid = luck.choice((0, due // 2, due))
    if not paid:
        return
    payment = write_payment(
        world, order, PaymentIn(amount=to_dollars(paid), category="CHECK"), at + timedelta(days=1)
    )
    if luck.random() < 0.15:  # noqa: PLR2004 - a share
        refund_payment(
            world, RefundPayment(payment_id=payment.id, amount_cents=paid // 4), at + timedelta(days=2)
        )


def _personalize(world: World, account: Account, luck: Random) -> None:
    """The newest invoice is a team order with names and numbers."""
    order = next(each for each in reversed(account.orders) if each.is_invoice)
    line = order.lines[0]
    for name in _NAMES:
        for kind, text in (("Name", name), ("Number", str(luck.randint(0, 99)))):
            stamped = world.stamped(Personalization, account, order.made_at)
            line.personalizations.append(
                world.keep(Personalization(**stamped, name=kind, personalization=text))
            )


def _buy_goods(world: World, account: Account) -> None:
    """Two purchase orders: one arrived in part, one still to be ordered."""
    invoices = [order for order in account.orders if order.is_invoice][-6:]
    for bought, state in ((invoices[:2], "partially_received"), (invoices[2:4], "not_ordered")):
        at = bought[-1].made_at + timedelta(hours=3)
        line_ids = [line.id for order in bought for line in order.lines]
        placed = order_goods(world, OrderGoods(line_ids=line_ids), at)
        arrived = SetGoodsStatus.model_validate({"purchase_order_id": placed["id"], "status": state})
        set_goods_status(world, arrived, at + timedelta(hours=20))
