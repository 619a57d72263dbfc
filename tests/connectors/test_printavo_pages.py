"""Walking the pages of a connection, and noticing when less is shown than there is. Pure."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from api.connectors.printavo import wire
from api.connectors.printavo.documents import FurtherPage
from api.connectors.printavo.invoices import read_group
from api.connectors.printavo.pages import Connection, parse, refuse_emptied, walk
from api.connectors.vendor_errors import Unexpected, Unreachable, VendorError

Fees = wire.Page[wire.Fee]


def page(ids: str, *, cursor: str | None = None, more: bool | None = None, total: int | None = None) -> Fees:
    """A page of fees whose ids are the letters of `ids`; it has a next one if it has a cursor."""
    return Fees.model_validate(
        {
            "nodes": [{"id": letter} for letter in ids],
            "pageInfo": {"hasNextPage": cursor is not None if more is None else more, "endCursor": cursor},
            "totalNodes": total,
        }
    )


async def walked(first: Fees, further: Mapping[str, Fees | None] | None = None) -> str:
    async def ask(cursor: str) -> Fees | None:
        return (further or {})[cursor]

    return "".join(fee.id for fee in await walk(first, ask))


class TestWalking:
    @pytest.mark.parametrize(
        ("first", "further", "expected"),
        [
            (page(""), {}, ""),
            (page("", total=0), {}, ""),
            (page("abc", total=3), {}, "abc"),
            (page("ab", cursor="1", total=4), {"1": page("cd", total=4)}, "abcd"),
            (page("a", cursor="1"), {"1": page("b", cursor="2"), "2": page("c")}, "abc"),
            (page("ab", cursor="1", total=3), {"1": page("bc", total=3)}, "abc"),
            (page("ab", cursor="1", total=2), {"1": page("c", total=3)}, "abc"),
        ],
    )
    async def test_finds_every_node_once(
        self, first: Fees, further: Mapping[str, Fees], expected: str
    ) -> None:
        assert await walked(first, further) == expected

    @pytest.mark.rule("A6")
    @pytest.mark.parametrize(
        ("first", "further"),
        [
            (page("", total=3), {}),
            (page("ab", total=3), {}),
            (page("ab", total=1), {}),
            (page("ab", cursor="1", total=4), {"1": page("", total=4)}),
            (page("ab", cursor="1"), {"1": page("")}),
            (page("ab", cursor="1"), {"1": None}),
            (page("ab", cursor="1", total=4), {"1": page("c", total=4)}),
            (page("ab", cursor="1", total=4), {"1": page("cd", total=5)}),
        ],
    )
    async def test_believes_no_page_that_shows_less_than_is_counted(
        self, first: Fees, further: Mapping[str, Fees | None]
    ) -> None:
        with pytest.raises(Unreachable):
            await walked(first, further)

    async def test_refuses_a_next_page_without_a_cursor(self) -> None:
        with pytest.raises(Unexpected):
            await walked(page("a", more=True))

    async def test_ends_when_cursors_go_in_a_circle(self) -> None:
        with pytest.raises(Unexpected):
            await walked(page("a", cursor="1"), {"1": page("b", cursor="1")})


def numbers(start: int, count: int, *, total: int, cursor: str | None = None) -> Fees:
    """A page of fees with running ids; a next one follows if it ends with a cursor."""
    nodes = [{"id": str(number)} for number in range(start, start + count)]
    info = {"hasNextPage": cursor is not None, "endCursor": cursor}
    return Fees.model_validate({"nodes": nodes, "pageInfo": info, "totalNodes": total})


# A place of more digits than a number may have.
ENDLESS = urlsafe_b64encode(b"9" * 5000).decode()


class TestLookingAhead:
    """`MjU` says 25 in base64, `NTA` 50, `NzU` 75."""

    @pytest.mark.parametrize(
        ("cursor", "total", "expected"),
        [
            ("MjU", 26, ["MjU"]),
            ("MjU", 50, ["MjU"]),
            ("MjU", 51, ["MjU", "NTA"]),
            ("MjU", 100, ["MjU", "NTA", "NzU"]),
            ("MjU=", 51, ["MjU=", "NTA="]),
            ("eyJpZCI6MjV9", 100, ["eyJpZCI6MjV9"]),
            ("LTI1", 100, ["LTI1"]),
            ("cursor-25", 100, ["cursor-25"]),
            ("\N{SNOWMAN}", 100, ["\N{SNOWMAN}"]),
            (ENDLESS, 100, [ENDLESS]),
        ],
    )
    def test_tells_later_cursors_that_are_places(self, cursor: str, total: int, expected: list[str]) -> None:
        assert Connection(numbers(0, 25, total=total, cursor=cursor)).list_missing() == expected

    def test_tells_no_more_of_them_than_are_walked(self) -> None:
        assert len(Connection(numbers(0, 25, total=10**12, cursor="MjU")).list_missing()) == 400

    def test_asks_for_one_page_where_nothing_is_counted(self) -> None:
        assert Connection(page("abc", cursor="Mw")).list_missing() == ["Mw"]

    def test_takes_pages_that_follow_on_each_other(self) -> None:
        connection = Connection(numbers(0, 25, total=60, cursor="MjU"))
        connection.take("MjU", numbers(25, 25, total=60, cursor="NTA"))
        connection.take("NTA", numbers(50, 10, total=60))
        assert connection.list_missing() == []
        assert [node.id for node in connection.nodes] == [str(number) for number in range(60)]

    @pytest.mark.rule("A6")
    def test_asks_again_for_what_was_guessed_wrong(self) -> None:
        connection = Connection(numbers(0, 25, total=60, cursor="MjU"))
        connection.take("MjU", numbers(25, 20, total=60, cursor="NDU"))
        connection.take("NTA", numbers(50, 10, total=60))
        assert connection.list_missing() == ["NDU"]
        assert len(connection.nodes) == 45
        connection.take("NDU", numbers(45, 15, total=60))
        assert [node.id for node in connection.nodes] == [str(number) for number in range(60)]

    @pytest.mark.rule("A6")
    def test_believes_no_empty_page_that_was_guessed_right(self) -> None:
        connection = Connection(numbers(0, 25, total=60, cursor="MjU"))
        connection.take("MjU", numbers(25, 25, total=60, cursor="NTA"))
        with pytest.raises(Unreachable):
            connection.take("NTA", numbers(50, 0, total=60))


class TestAnEmptiedOrder:
    """Where even the counts of the connections are emptied, the order's own number of pieces is left."""

    @staticmethod
    def order(pieces: int | None, groups: int) -> wire.Order:
        empty = {"nodes": [], "pageInfo": {"hasNextPage": False}, "totalNodes": 0}
        group = {
            "id": "1",
            "position": 1,
            "enabledColumns": {"sizes": []},
            "lineItems": empty,
            "imprints": empty,
        }
        return wire.Order.model_validate(
            {
                "__typename": "Invoice",
                "id": "9001",
                "status": {"id": "1"},
                "publicUrl": "",
                "timestamps": {"updatedAt": "2030-04-01T09:12:44Z"},
                "totalQuantity": pieces,
                "lineItemGroups": {**empty, "nodes": [group] * groups},
                "fees": empty,
            }
        )

    @pytest.mark.rule("A6")
    def test_is_not_believed(self) -> None:
        with pytest.raises(Unreachable):
            refuse_emptied(self.order(pieces=12, groups=0))

    @pytest.mark.parametrize(("pieces", "groups"), [(0, 0), (None, 0), (12, 1), (0, 1)])
    def test_is_told_from_an_empty_one(self, pieces: int | None, groups: int) -> None:
        refuse_emptied(self.order(pieces, groups))


class TestParsing:
    @pytest.mark.parametrize("raw", [None, [], "text", {"id": None}, {"id": "1", "amount": "nine"}])
    def test_turns_a_wrong_form_into_an_unexpected_answer(self, raw: Any) -> None:
        with pytest.raises(Unexpected) as caught:
            parse(wire.Fee, raw)
        assert caught.value.applied == "unknown"

    @pytest.mark.parametrize("raw", [None, [], "text", 7, {}, {"page": None}, {"page": "text"}])
    async def test_knows_a_further_page_of_a_wrong_form(self, raw: Any) -> None:
        async def answer(_: Sequence[FurtherPage]) -> list[Any]:
            return [raw]

        whole = {"nodes": [], "pageInfo": {"hasNextPage": False}, "totalNodes": 0}
        begun = {"nodes": [], "pageInfo": {"hasNextPage": True, "endCursor": "MQ"}, "totalNodes": 1}
        facts = {"id": "1", "position": 1, "enabledColumns": {"sizes": []}}
        group = wire.Group.model_validate({**facts, "lineItems": begun, "imprints": whole})
        with pytest.raises(VendorError):
            await read_group(answer, group)

    def test_repeats_nothing_of_what_was_received(self) -> None:
        with pytest.raises(VendorError) as caught:
            parse(wire.LoggedIn, {"token": ["s3cret"]})
        assert "s3cret" not in str(caught.value)
        assert "token" in str(caught.value)
