"""Reads one quote or invoice whole: every group, line, imprint, fee and payment, all pages walked."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from api.connectors.print_shop import RemoteGroup, RemoteInvoice
from api.connectors.printavo import wire
from api.connectors.printavo.mapping import reading
from api.connectors.printavo.pages import parse, refuse_emptied, understood, walk

Ask = Callable[[str, Mapping[str, Any]], Awaitable[Any]]


async def read_invoice(ask: Ask, external_id: str) -> RemoteInvoice | None:
    """None when the record is gone. `ask(document, variables)` returns what the document's root field holds.

    Raises `Unreachable` when the answer shows less than it counts, so that "not there" can be believed.
    """
    raw = await ask("order", {"id": external_id})
    if raw is None:
        return None
    order = parse(wire.Order, raw)
    refuse_emptied(order)
    further = _OrderPages(ask, order.id)
    groups = [await read_group(ask, group) for group in await walk(order.line_item_groups, further.groups)]
    fees = await walk(order.fees, further.fees)
    transactions = await walk(order.transactions, further.transactions) if order.transactions else []
    return understood(
        lambda header: reading.to_invoice(
            header,
            groups=tuple(groups),
            fees=tuple(reading.to_fee(fee) for fee in fees),
            payments=reading.to_payments(transactions),
        ),
        order,
    )


async def read_group(ask: Ask, group: wire.Group) -> RemoteGroup:
    """The group with the lines and imprints that did not fit on its first page."""

    async def lines(cursor: str) -> wire.Page[wire.Line] | None:
        raw = await ask("group_lines", {"id": group.id, "after": cursor})
        return parse(wire.GroupPages, raw).line_items

    async def imprints(cursor: str) -> wire.Page[wire.Imprint] | None:
        raw = await ask("group_imprints", {"id": group.id, "after": cursor})
        return parse(wire.GroupPages, raw).imprints

    return reading.to_group(group, await walk(group.line_items, lines), await walk(group.imprints, imprints))


class _OrderPages:
    """Brings further pages of an order's own connections; None when the order is gone meanwhile."""

    def __init__(self, ask: Ask, external_id: str) -> None:
        self._ask = ask
        self._external_id = external_id

    async def groups(self, cursor: str) -> wire.Page[wire.Group] | None:
        return (await self._page("order_groups", cursor)).line_item_groups

    async def fees(self, cursor: str) -> wire.Page[wire.Fee] | None:
        return (await self._page("order_fees", cursor)).fees

    async def transactions(self, cursor: str) -> wire.Page[wire.Transaction] | None:
        return (await self._page("order_transactions", cursor)).transactions

    async def _page(self, document: str, cursor: str) -> wire.OrderPages:
        raw = await self._ask(document, {"id": self._external_id, "after": cursor})
        return parse(wire.OrderPages, raw or {})
