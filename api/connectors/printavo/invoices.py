"""Reads one quote or invoice whole: every group, line, imprint, fee and payment, with as few calls as there can be."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from api.connectors.print_shop import RemoteGroup, RemoteInvoice
from api.connectors.printavo import wire
from api.connectors.printavo.documents import FurtherPage
from api.connectors.printavo.mapping import reading
from api.connectors.printavo.pages import Connection, parse, refuse_emptied, understood
from api.connectors.vendor_errors import Refused

AskPages = Callable[[Sequence[FurtherPage]], Awaitable[list[Any]]]

# What a page of each connection weighs, one being 25 lines; and how much goes in one call. By the model of
# Printavo's complexity that the tests measure with, this stays below its limit.
WEIGHTS: Final[Mapping[str, int]] = {
    "group_lines": 1,
    "group_imprints": 1,
    "order_fees": 2,
    "order_transactions": 2,
    "order_groups": 14,
}
MOST_WEIGHT: Final = 45


async def read_invoice(
    ask: Callable[[str, Mapping[str, Any]], Awaitable[Any]], ask_pages: AskPages, external_id: str
) -> RemoteInvoice | None:
    """None when the record is gone. `ask(document, variables)` returns what the document's root field holds.

    Raises `Unreachable` when the answer shows less than it counts, so that "not there" can be believed.
    """
    raw = await ask("order", {"id": external_id})
    if raw is None:
        return None
    order = parse(wire.Order, raw)
    refuse_emptied(order)
    record = _Record(order)
    await _complete(ask_pages, record.parts)
    return understood(record.to_invoice, order)


async def read_group(ask_pages: AskPages, group: wire.Group) -> RemoteGroup:
    """The group with the lines and imprints that did not fit on its first pages."""
    whole = _Group(group)
    await _complete(ask_pages, whole.parts)
    return whole.to_group()


class _Part:
    """A connection of a record, and how its further pages are asked for."""

    def __init__(self, name: str, record_id: str, page: type[wire.Page[Any]], first: wire.Page[Any]) -> None:
        self.weight = WEIGHTS[name]
        self._name = name
        self._record_id = record_id
        self._page = page
        self._connection = Connection(first)

    @property
    def nodes(self) -> list[Any]:
        return self._connection.nodes

    def list_missing(self) -> list[FurtherPage]:
        return [
            FurtherPage(self._name, self._record_id, cursor) for cursor in self._connection.list_missing()
        ]

    def take(self, asked: FurtherPage, raw: Any) -> None:
        """`raw` is the record with only this page of it; None when the record is gone meanwhile."""
        page = parse(self._page, raw.get("page")) if isinstance(raw, dict) else None
        self._connection.take(asked.after, page)


class _Group:
    """A group as far as it was read."""

    def __init__(self, group: wire.Group) -> None:
        self._group = group
        self._lines = _Part("group_lines", group.id, wire.Page[wire.Line], group.line_items)
        self._imprints = _Part("group_imprints", group.id, wire.Page[wire.Imprint], group.imprints)

    def parts(self) -> tuple[_Part, _Part]:
        return (self._lines, self._imprints)

    def to_group(self) -> RemoteGroup:
        return reading.to_group(self._group, self._lines.nodes, self._imprints.nodes)


class _Record:
    """A quote or invoice as far as it was read."""

    def __init__(self, order: wire.Order) -> None:
        self._groups = _Part("order_groups", order.id, wire.Page[wire.Group], order.line_item_groups)
        self._fees = _Part("order_fees", order.id, wire.Page[wire.Fee], order.fees)
        self._transactions: _Part | None = None
        if order.transactions is not None:
            self._transactions = _Part(
                "order_transactions", order.id, wire.Page[wire.Transaction], order.transactions
            )
        self._inside: dict[str, _Group] = {}

    def parts(self) -> Iterator[_Part]:
        yield from filter(None, (self._groups, self._fees, self._transactions))
        for group in self._open_groups():
            yield from group.parts()

    def to_invoice(self, header: wire.Header) -> RemoteInvoice:
        return reading.to_invoice(
            header,
            groups=tuple(group.to_group() for group in self._open_groups()),
            fees=tuple(reading.to_fee(fee) for fee in self._fees.nodes),
            payments=reading.to_payments(self._transactions.nodes if self._transactions else ()),
        )

    def _open_groups(self) -> Iterator[_Group]:
        for group in self._groups.nodes:
            if group.id not in self._inside:
                self._inside[group.id] = _Group(group)
            yield self._inside[group.id]


async def _complete(ask_pages: AskPages, parts: Callable[[], Iterable[_Part]]) -> None:
    """Ask for what is missing until nothing is. Where Printavo finds a call too complex, for half as much at a time."""
    room = MOST_WEIGHT
    while missing := [(part, page) for part in parts() for page in part.list_missing()]:
        chosen = missing[: _count_fitting((part.weight for part, _ in missing), room)]
        try:
            answers = await ask_pages([page for _, page in chosen])
        except Refused:
            if len(chosen) == 1:
                raise
            room //= 2
            continue
        for (part, page), raw in zip(chosen, answers, strict=True):
            part.take(page, raw)


def _count_fitting(weights: Iterable[int], room: int) -> int:
    """How many of the first ones fit; one always does."""
    total = count = 0
    for weight in weights:
        total += weight
        if count and total > room:
            break
        count += 1
    return count
