"""Walks the pages of Printavo's connections and notices when an answer shows less than there is."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel

from api.connectors.printavo import wire
from api.connectors.printavo.cursors import skip
from api.connectors.printavo.wire import Node, Page
from api.connectors.vendor_errors import Unexpected, Unreachable

LARGEST_PAGE: Final = 25
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


class Connection(Generic[Node]):
    """A connection as far as it was read: every node by id, in order.

    Making it and taking a page raise `Unreachable` when a page is empty that must not be (a silent throttle), when the record
    vanished in between, or when there are not as many nodes as are counted (somebody edited in between): read again later.
    """

    def __init__(self, first: Page[Node]) -> None:
        self._found: dict[str, Node] = {}
        self._pages = 0
        self._may_look_ahead = True
        self._add(first)

    @property
    def nodes(self) -> list[Node]:
        return list(self._found.values())

    def list_missing(self) -> list[str]:
        """The cursors behind which further pages begin; none when it is whole. All but the first are guesses (`skip`)."""
        last = self._last
        if not last.page_info.has_next_page:
            return []
        if last.page_info.end_cursor is None:
            raise Unexpected("printavo", "a further page without a cursor")
        left = (last.total_nodes or 0) - len(self._found) if self._may_look_ahead else 0
        left = min(left, _MOST_PAGES * LARGEST_PAGE)
        cursors = [last.page_info.end_cursor]
        for place in range(LARGEST_PAGE, left, LARGEST_PAGE):
            further = skip(last.page_info.end_cursor, place)
            if further is None:
                break
            cursors.append(further)
        return cursors

    def take(self, after: str, page: Page[Node] | None) -> None:
        """Add the page behind this cursor, if that is where the last one ended: a wrong guess is asked for again."""
        if after != self._last.page_info.end_cursor or not self._last.page_info.has_next_page:
            self._may_look_ahead = False
            return
        if page is None or not page.nodes:
            raise Unreachable("printavo", "an empty page in the middle of a walk")
        self._add(page)

    def _add(self, page: Page[Node]) -> None:
        self._last = page
        self._pages += 1
        self._found.update((node.id, node) for node in page.nodes)
        if page.page_info.has_next_page:
            if self._pages > _MOST_PAGES:
                raise Unexpected("printavo", f"more than {_MOST_PAGES} pages")
        elif page.total_nodes is not None and len(self._found) != page.total_nodes:
            raise Unreachable("printavo", f"{len(self._found)} nodes of {page.total_nodes}")


async def walk(first: Page[Node], ask_after: Callable[[str], Awaitable[Page[Node] | None]]) -> list[Node]:
    """Every node of a connection, one page after the other; `ask_after` brings the page behind a cursor."""
    connection = Connection(first)
    while missing := connection.list_missing():
        connection.take(missing[0], await ask_after(missing[0]))
    return connection.nodes


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
