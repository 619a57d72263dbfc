"""Walks the pages of Printavo's connections and notices when an answer shows less than there is."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from api.connectors.printavo import wire
from api.connectors.printavo.wire import Node, Page
from api.connectors.vendor_errors import Unexpected, Unreachable

_MOST_PAGES: Final = 400

Model = TypeVar("Model", bound=BaseModel)
Value = TypeVar("Value")


def understood(convert: Callable[[Any], Value], raw: Any) -> Value:
    """`convert(raw)`, or `Unexpected` when it is not of the known form. What was received is not repeated in the error."""
    try:
        return convert(raw)
    except ValueError as error:
        raise Unexpected("printavo", _explain(error)) from None


def parse(model: type[Model], raw: Any) -> Model:
    """`raw` as one of the wire models, or `Unexpected`."""
    return understood(model.model_validate, raw)


async def walk(first: Page[Node], ask_after: Callable[[str], Awaitable[Page[Node] | None]]) -> list[Node]:
    """Every node of a connection by id, in order; `ask_after` brings the page behind a cursor.

    Raises `Unreachable` when a page is empty that must not be (a silent throttle), when its record vanished in between, or
    when there are not as many nodes as the connection counts (somebody edited in between): read again later.
    """
    page = first
    found = {node.id: node for node in page.nodes}
    for _ in range(_MOST_PAGES):
        if not page.page_info.has_next_page:
            break
        if page.page_info.end_cursor is None:
            raise Unexpected("printavo", "a further page without a cursor")
        further = await ask_after(page.page_info.end_cursor)
        if further is None or not further.nodes:
            raise Unreachable("printavo", "an empty page in the middle of a walk")
        page = further
        found.update((node.id, node) for node in page.nodes)
    else:
        raise Unexpected("printavo", f"more than {_MOST_PAGES} pages")
    if page.total_nodes is not None and len(found) != page.total_nodes:
        raise Unreachable("printavo", f"{len(found)} nodes of {page.total_nodes}")
    return list(found.values())


def refuse_emptied(order: wire.Order) -> None:
    """Raise `Unreachable` when an order that counts pieces shows no group at all."""
    if order.total_quantity and not order.line_item_groups.nodes:
        raise Unreachable("printavo", f"no groups, though {order.total_quantity} pieces are counted")


def _explain(error: ValueError) -> str:
    """Where the form differs, without the value (pydantic's own text would quote it)."""
    details = getattr(error, "errors", None)
    if details is None:
        return str(error)
    first = details(include_url=False, include_context=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
