"""A whole order in our words."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from api.connectors.inksoft.mapping.cards import Cards
from api.connectors.inksoft.mapping.digests import content_hash
from api.connectors.inksoft.mapping.lines import (
    Surroundings,
    custom_cents,
    custom_line,
    item_cents,
    product_line,
    shown_custom_lines,
)
from api.connectors.inksoft.mapping.media import Media
from api.connectors.inksoft.mapping.moments import as_utc, as_utc_if_any
from api.connectors.inksoft.mapping.money import adjustments, cents, settle
from api.connectors.inksoft.mapping.personal import extras
from api.connectors.inksoft.mapping.words import address, order_status, origin, payment_status, person_name
from api.connectors.inksoft.wire.order import WireOrder
from api.connectors.inksoft.wire.product import WireProduct
from api.connectors.store_platform import Address, OrderItem, OrderMoney, OrderSnapshot


def uncarded_products(order: WireOrder) -> frozenset[str]:
    """Ids of products that no production card names, so that only the catalogue can."""
    cards = Cards(order.production_cards)
    return frozenset(item.product_id for item in order.items if item.product_id and not cards.of(item))


def to_snapshot(
    order: WireOrder, products: Mapping[str, WireProduct], *, media: Media, offset: timedelta
) -> OrderSnapshot:
    """`products` by id, for items without cards."""
    items, money = _lines(order, products, media)
    ship_to, bill_to = address(order.shipping_address), address(order.billing_address)
    snapshot = OrderSnapshot(
        external_id=order.id,
        unique_id=order.unique_id,
        number=order.id,
        store_external_id=order.store_id or None,
        store_name=order.store_name or None,
        origin=origin(order.order_type, proposal_id=order.proposal_id),
        proposal_id=order.proposal_id or None,
        status=order_status(order.status, cancelled=order.cancelled, shipped=order.shipped),
        production_status=order.production_status,
        payment_status=payment_status(order.payment_status),
        approval_required=order.approval_required,
        approved_at=as_utc_if_any(order.approval_date, offset),
        customer_name=person_name(*_names(order, bill_to, ship_to)),
        email=_email(order),
        phone=next(_phones(order, bill_to, ship_to), ""),
        placed_at=as_utc(order.date_created, offset),
        due_at=as_utc_if_any(order.due_date, offset),
        currency=order.currency_code.upper(),
        shipping_method=order.shipping_method.name if order.shipping_method else "",
        ship_to=ship_to,
        bill_to=bill_to,
        money=money,
        items=items,
        adjustments=adjustments(order),
        notes=order.notes,
        content_hash="",
    )
    return replace(snapshot, content_hash=content_hash(snapshot))


def _lines(
    order: WireOrder, products: Mapping[str, WireProduct], media: Media
) -> tuple[tuple[OrderItem, ...], OrderMoney]:
    custom = shown_custom_lines(order)
    settled = settle(
        order,
        items=sum(map(item_cents, order.items)) + sum(map(custom_cents, custom)),
        extras=sum(cents(extras(item)) for item in order.items),
    )
    around = Surroundings(order, Cards(order.production_cards), products, media)
    items = [
        *(product_line(item, around, extras_on_top=settled.extras_on_top) for item in order.items),
        *(custom_line(line, order) for line in custom),
    ]
    return tuple(sorted(items, key=_by_identity)), settled.money


def _names(order: WireOrder, *addresses: Address | None) -> Iterator[str]:
    if order.user:
        yield f"{order.user.first_name} {order.user.last_name}"
    for each in addresses:
        if each:
            yield each.name
            yield each.company


def _email(order: WireOrder) -> str | None:
    return order.email or (order.user.email if order.user else "") or None


def _phones(order: WireOrder, *addresses: Address | None) -> Iterator[str]:
    for phone in order.user.phones if order.user else ():
        if phone.number:
            yield phone.number
    for each in addresses:
        if each and each.phone:
            yield each.phone


def _by_identity(item: OrderItem) -> tuple[str, int, str]:
    """Goods before free lines, each by number: the vendor's order is not promised, and must not look like a change."""
    return ("" if item.kind == "product" else "~", len(item.external_id), item.external_id)
