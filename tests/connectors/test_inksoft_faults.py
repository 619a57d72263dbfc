"""What InkSoft does when it is not well, over real HTTP: each mishap is one of the five errors, and the next call works."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from api.connectors.inksoft.adapter import InkSoft
from api.connectors.pacing import Unpaced
from api.connectors.print_shop import Lane
from api.connectors.store_platform import PlatformCredentials, SummaryQuery
from api.connectors.vendor_errors import LinkBroken, SlowDown, Unexpected, Unreachable, VendorError
from api.core.http import HttpDoor
from api.core.transactions import CalledInsideTransactionError, transaction_marked
from tests.connectors.inksoft_desk import NORTHSIDE, InkSoftDesk

WIRE_FAULTS = [
    ("status_429", SlowDown, "no"),
    ("status_503", SlowDown, "unknown"),
    ("status_500_before", Unreachable, "unknown"),
    ("status_500_after", Unreachable, "unknown"),
    ("status_502_html", Unreachable, "unknown"),
    ("html_200", Unreachable, "unknown"),
    ("redirect", Unexpected, "unknown"),
    ("lost_answer", Unreachable, "unknown"),
    ("reset", Unreachable, "unknown"),
    ("truncated", Unreachable, "unknown"),
    ("gzip_bomb", Unreachable, "unknown"),
    ("timeout_error", Unreachable, "unknown"),
    ("ok_false_200", Unreachable, "unknown"),
]


class TestAMishap:
    @pytest.mark.parametrize(("kind", "error", "applied"), WIRE_FAULTS, ids=[each[0] for each in WIRE_FAULTS])
    async def test_on_the_wire_is_one_of_the_five_and_passes(
        self, inksoft: InkSoftDesk, kind: str, error: type[VendorError], applied: str
    ) -> None:
        params = {"megabytes": 16} if kind == "gzip_bomb" else {}
        inksoft.fault(kind, "GetOrderSummaries", **params)
        with pytest.raises(VendorError) as caught:
            await inksoft.platform.list_summaries(NORTHSIDE, SummaryQuery())
        assert isinstance(caught.value, error)
        assert caught.value.applied == applied
        assert (await inksoft.platform.list_summaries(NORTHSIDE, SummaryQuery(limit=1))).rows

    async def test_that_keeps_the_caller_waiting_ends_by_itself(self, inksoft: InkSoftDesk) -> None:
        inksoft.fault("hang", "GetStoreData", seconds=3000)  # half a minute on this sandbox's clock
        started = time.monotonic()
        async with HttpDoor(inksoft.sandbox.url, timeout=0.3) as hasty:
            with pytest.raises(Unreachable, match="Time") as caught:
                await InkSoft(hasty, Unpaced()).get_store(NORTHSIDE, store_uri="northside_main")
        assert caught.value.applied == "unknown"
        assert time.monotonic() - started < 10

    async def test_at_an_address_where_nobody_listens_was_surely_not_applied(self) -> None:
        async with HttpDoor("http://127.0.0.1:9") as door:
            with pytest.raises(Unreachable) as caught:
                await InkSoft(door, Unpaced()).verify(NORTHSIDE)
        assert caught.value.applied == "no"

    @pytest.mark.rule("L6")
    async def test_while_the_key_is_revoked_in_the_middle_of_a_walk_breaks_the_link(
        self, inksoft: InkSoftDesk
    ) -> None:
        first = await inksoft.platform.list_summaries(NORTHSIDE, SummaryQuery(limit=10))
        assert first.next_offset == 10
        inksoft.act("revoke_key", account="northside")
        with pytest.raises(LinkBroken):
            await inksoft.platform.list_summaries(NORTHSIDE, SummaryQuery(offset=10, limit=10))


class TestAnAnswerThatIsWrong:
    @pytest.mark.rule("I9")
    async def test_because_it_is_empty_is_not_taken_for_the_end(self, inksoft: InkSoftDesk) -> None:
        inksoft.fault("empty_page", "GetOrderSummaries")
        with pytest.raises(Unreachable, match="empty page"):
            await inksoft.platform.list_summaries(NORTHSIDE, SummaryQuery(offset=10))

    @pytest.mark.rule("I9")
    async def test_because_rows_came_twice_loses_and_doubles_none(self, inksoft: InkSoftDesk) -> None:
        whole = await inksoft.walk(SummaryQuery(limit=10))
        inksoft.fault("duplicate_rows", "GetOrderSummaries", times=5)
        assert await inksoft.walk(SummaryQuery(limit=10)) == whole

    @pytest.mark.parametrize("field", ["TotalAmount", "ID", "DateCreated"])
    async def test_because_a_field_of_the_list_was_renamed_is_unexpected(
        self, inksoft: InkSoftDesk, field: str
    ) -> None:
        inksoft.fault("schema_drift", "GetOrderSummaries", field=field)
        with pytest.raises(Unexpected, match=field.lower()):
            await inksoft.platform.list_summaries(NORTHSIDE, SummaryQuery())

    async def test_because_half_its_rows_are_hollow_is_unexpected(self, inksoft: InkSoftDesk) -> None:
        inksoft.fault("partial_data", "GetOrderSummaries")
        with pytest.raises(Unexpected):
            await inksoft.platform.list_summaries(NORTHSIDE, SummaryQuery())

    @pytest.mark.parametrize(
        "kind", ["schema_drift", "partial_data", "missing_rows", "empty_page", "duplicate_rows"]
    )
    async def test_in_a_package_is_made_up_for_by_email(self, inksoft: InkSoftDesk, kind: str) -> None:
        shapes = ("one_piece", "front_and_back", "embroidered")
        right = sorted(await inksoft.read(*shapes), key=lambda order: order.external_id)
        inksoft.fault(kind, "GetOrderPackage")
        read = await inksoft.read(*shapes)
        assert sorted(read, key=lambda order: order.external_id) == right

    @pytest.mark.parametrize(
        "field", ["UnitPrice", "Quantity", "ApprovalRequired", "ProductionCards", "AmountDue"]
    )
    async def test_everywhere_is_unexpected_rather_than_guessed(
        self, inksoft: InkSoftDesk, field: str
    ) -> None:
        for method in ("GetOrderPackage", "GetOrder"):
            inksoft.fault("schema_drift", method, field=field, times=5)
        with pytest.raises(Unexpected, match=field.lower()):
            await inksoft.read("one_piece", "front_and_back")

    async def test_for_one_order_does_not_keep_the_others_back(
        self, inksoft: InkSoftDesk, caplog: pytest.LogCaptureFixture
    ) -> None:
        inksoft.fault("partial_data", "GetOrderPackage")  # every second row is hollow
        with caplog.at_level(logging.WARNING):
            found = await inksoft.read("one_piece", "no_email")
        assert [order.external_id for order in found] == [inksoft.shape("one_piece")[0]]
        assert "could not be read" in caplog.text

    async def test_that_is_too_large_is_asked_for_in_halves(self, inksoft: InkSoftDesk) -> None:
        async with HttpDoor(inksoft.sandbox.url, max_bytes=60_000) as door:
            narrow = InkSoft(door, Unpaced())
            wanted = [
                inksoft.shape(name) for name in ("all_24_sizes", "one_piece", "embroidered", "upcharges")
            ]
            found = await narrow.get_orders(NORTHSIDE, wanted)
        assert sorted(order.external_id for order in found) == sorted(number for number, _ in wanted)
        assert inksoft.calls()["GetOrderPackage"] > 1

    @pytest.mark.parametrize(("kind", "field"), [("schema_drift", "Styles"), ("empty_page", "")])
    async def test_from_the_catalogue_lets_the_text_speak(
        self, inksoft: InkSoftDesk, kind: str, field: str
    ) -> None:
        inksoft.fault(kind, "GetProduct", field=field)
        order = await inksoft.read_one("blank_goods")
        assert all(item.name and item.color and item.size for item in order.items)

    async def test_from_the_catalogue_that_is_down_does_not_change_the_order(
        self, inksoft: InkSoftDesk
    ) -> None:
        before = await inksoft.read_one("blank_goods")
        inksoft.fault("status_502_html", "GetProduct")
        with pytest.raises(Unreachable):
            await inksoft.read("blank_goods")
        assert (await inksoft.read_one("blank_goods")).content_hash == before.content_hash


class RecordingPace:
    """Keeps what the client asks of a pace; lets everything through."""

    def __init__(self) -> None:
        self.turns: list[tuple[tuple[str, ...], Lane]] = []
        self.pauses: list[tuple[tuple[str, ...], float]] = []

    async def wait_turn(self, subjects: tuple[str, ...], *, lane: Lane) -> None:
        self.turns.append((subjects, lane))

    async def push_back(self, subjects: tuple[str, ...], *, seconds: float) -> None:
        self.pauses.append((subjects, seconds))


class TestTheLimit:
    @pytest.mark.parametrize("answer", ["429", "503"])
    @pytest.mark.parametrize(("told", "seconds"), [(True, 6.0), (False, 5.0)])
    async def test_met_slows_the_whole_account_down(
        self, inksoft: InkSoftDesk, answer: str, told: bool, seconds: float
    ) -> None:
        inksoft.switch(limit_calls=1, limit_seconds=60, limit_answer=answer, limit_retry_after=told)
        pace = RecordingPace()
        async with HttpDoor(inksoft.sandbox.url) as door:
            platform = InkSoft(door, pace)
            await platform.list_summaries(NORTHSIDE, SummaryQuery(limit=1))
            with pytest.raises(SlowDown) as caught:
                await platform.list_summaries(NORTHSIDE, SummaryQuery(limit=1))
        account = ("inksoft:northside_main",)
        assert caught.value.retry_after == seconds
        assert pace.pauses == [(account, seconds)]
        assert pace.turns == [(account, "background")] * 2

    async def test_lets_people_go_first(self, inksoft: InkSoftDesk) -> None:
        pace = RecordingPace()
        async with HttpDoor(inksoft.sandbox.url) as door:
            platform = InkSoft(door, pace)
            await platform.verify(NORTHSIDE)
            await platform.get_store(NORTHSIDE, store_uri="northside_main")
        assert {lane for _, lane in pace.turns} == {"interactive"}


class TestATransaction:
    async def test_that_is_open_forbids_the_call(self, inksoft: InkSoftDesk) -> None:
        with transaction_marked(), pytest.raises(CalledInsideTransactionError):
            await inksoft.platform.verify(NORTHSIDE)
        assert inksoft.calls() == {}


@asynccontextmanager
async def eavesdropper() -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that keeps each whole request and answers that nothing was found."""
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        body = await reader.readexactly(int(lengths[0].split(b":")[1])) if lengths else b""
        heard.append(head + body)
        said = b'{"OK":true,"Data":{"Token":"T"}}' if b"SignIn" in head else b'{"OK":true,"Data":null}'
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + f"Content-Length: {len(said)}\r\n\r\n".encode()
            + said
        )
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", heard


class TestSecretsOnTheWire:
    @pytest.mark.rule("L4")
    async def test_a_password_travels_in_a_body_and_reaches_no_log(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            async with eavesdropper() as (url, heard), HttpDoor(url) as door:
                credentials = await InkSoft(door, Unpaced()).sign_in(
                    store_uri="shop", email="owner@shop.example", password="canary-password"
                )
        (request,) = heard
        head, _, body = request.partition(b"\r\n\r\n")
        assert head.startswith(b"POST /shop/Api2/SignIn HTTP/1.1\r\n")
        assert body == b"Email=owner%40shop.example&Password=canary-password&Format=JSON"
        assert credentials.session_token == "T"
        assert "canary" not in caplog.text
        assert "canary" not in repr(credentials)

    @pytest.mark.rule("L4")
    async def test_a_key_goes_only_where_it_is_needed_and_reaches_no_log_and_no_repr(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        credentials = PlatformCredentials("shop", "canary-key")
        with caplog.at_level(logging.DEBUG):
            async with eavesdropper() as (url, heard), HttpDoor(url) as door:
                found = await InkSoft(door, Unpaced()).get_orders(credentials, [("7", "dana@shop.example")])
        assert found == []
        package, single = heard
        assert package.startswith(b"GET /shop/Api2/GetOrderPackage?")
        assert b"ApiKey=canary-key" in package.splitlines()[0]
        assert single.startswith(b"GET /shop/Api2/GetOrder?")
        assert b"canary" not in single
        assert all(b"Format=JSON" in request.splitlines()[0] for request in heard)
        assert "canary" not in caplog.text
        assert "canary" not in repr(credentials)
