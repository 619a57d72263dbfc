"""The picker (A1) and the invoice itself: newest first, of one store, searchable, and few statements."""

from uuid import UUID

import pytest

from tests.make.browser import make_browser
from tests.make.clock import SteerableClock
from tests.make.linked import CLUB, Json, Office, make_order, office
from tests.make.orders import end_link, make_link
from tests.make.queries import queries
from tests.make.wanted import custom, tee

__all__ = ["office"]


async def pick(office: Office, store: str | None = None, **params: object) -> Json:
    store_id = store or await office.store_id()
    answer = await office.browser.get("/v1/invoices", store_id=store_id, **params)
    assert answer.status_code == 200, answer.text
    shown: Json = answer.json()
    return shown


def names(page: Json) -> list[str]:
    return [row["nickname"] for row in page["data"]]


async def open_with(office: Office, clock: SteerableClock, *nicknames: str) -> list[str]:
    """An invoice each, made a minute apart; their ids."""
    orders = [make_order(str(870001 + n)) for n in range(len(nicknames))]
    await office.open(*orders, make_order("990001", store=CLUB))
    ids = []
    for order, nickname in zip(orders, nicknames, strict=True):
        ids.append((await office.make(order.number, nickname=nickname))["id"])
        clock.move(minutes=1)
    return ids


@pytest.mark.rule("A1")
class TestThePicker:
    async def test_lists_the_most_recently_created_first(self, office: Office, clock: SteerableClock) -> None:
        await open_with(office, clock, "one", "two", "three")
        assert names(await pick(office)) == ["three", "two", "one"]

    async def test_stays_in_that_order_when_an_older_one_grows(
        self, office: Office, clock: SteerableClock
    ) -> None:
        ids = await open_with(office, clock, "one", "two")
        await office.take_in(make_order("870050"))
        assert (await office.attach(ids[0], "870050")).status_code == 201
        assert names(await pick(office)) == ["two", "one"]

    async def test_lists_only_invoices_of_the_store(self, office: Office, clock: SteerableClock) -> None:
        await open_with(office, clock, "school")
        await office.make("990001", nickname="club")
        assert names(await pick(office)) == ["school"]
        assert names(await pick(office, await office.store_id(CLUB))) == ["club"]

    async def test_lists_nothing_before_the_first_one(self, office: Office) -> None:
        await office.open(make_order("870001"))
        assert await pick(office) == {
            "data": [], "has_more": False, "next_cursor": None, "prev_cursor": None, "total_count": None, "hidden_count": 0,
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("q", "found"),
        [
            ("home", ["Homecoming"]),
            ("HOME", ["Homecoming"]),
            ("104", ["Homecoming"]),
            ("1043", []),
            ("boosters", ["Band", "Homecoming"]),
            ("%", []),
            ("_", []),
        ],
    )
    async def test_searches_number_nickname_and_customer(
        self, office: Office, clock: SteerableClock, q: str, found: list[str]
    ) -> None:
        await open_with(office, clock, "Homecoming", "Band")
        await office.change("UPDATE invoice SET visual_id = '1042' WHERE nickname = 'Homecoming'")
        assert names(await pick(office, q=q)) == found

    @pytest.mark.rule("T8")
    async def test_hides_what_is_final_or_closed_and_says_how_many(
        self, office: Office, clock: SteerableClock
    ) -> None:
        await open_with(office, clock, "open", "final", "closed", "other status")
        await office.change("UPDATE invoice SET remote_status_id = '322' WHERE nickname = 'final'")
        await office.change("UPDATE invoice SET remote_status_id = '323' WHERE nickname = 'other status'")
        await office.change("UPDATE invoice SET closed = true WHERE nickname = 'closed'")
        settings = await office.browser.get("/v1/storefront-settings/inksoft")
        changed = await office.browser.send(
            "PATCH", "/v1/storefront-settings/inksoft", {"final_status_ids": ["322"]},
            headers={"If-Match": settings.headers["ETag"]},
        )  # fmt: skip
        assert changed.status_code == 200
        page = await pick(office)
        assert names(page) == ["other status", "open"]
        assert page["hidden_count"] == 2

    async def test_pages_both_ways_without_gap_or_repeat(self, office: Office, clock: SteerableClock) -> None:
        await open_with(office, clock, *(f"n{n}" for n in range(7)))
        seen, cursor = [], None
        while True:
            page = await pick(office, limit=3, cursor=cursor)
            seen += names(page)
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert seen == [f"n{n}" for n in reversed(range(7))]
        back = await pick(office, limit=3, cursor=page["prev_cursor"])
        assert names(back) == seen[3:6]

    async def test_takes_a_cursor_for_its_own_search_only(
        self, office: Office, clock: SteerableClock
    ) -> None:
        await open_with(office, clock, "one", "two")
        cursor = (await pick(office, limit=1))["next_cursor"]
        store = await office.store_id()
        answer = await office.browser.get("/v1/invoices", store_id=store, limit=1, q="one", cursor=cursor)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")

    async def test_needs_a_store(self, office: Office) -> None:
        await office.open(make_order("870001"))
        assert (await office.browser.get("/v1/invoices")).status_code == 422

    @pytest.mark.rule("L5")
    async def test_shows_nothing_of_an_earlier_printavo_account(
        self, office: Office, clock: SteerableClock
    ) -> None:
        await open_with(office, clock, "old")
        await office.change("UPDATE invoice SET printavo_account = 'an earlier one'")
        assert names(await pick(office)) == []

    async def test_shows_nothing_of_another_workspace(self, office: Office, clock: SteerableClock) -> None:
        await open_with(office, clock, "ours")
        store = await office.store_id()
        async with make_browser(office.app) as other:
            await other.sign_up(workspace="Harbor Stitch")
            await make_link(office.database, UUID(other.workspace_id), account="9002")
            assert (await other.get("/v1/invoices", store_id=store)).json()["data"] == []

    @pytest.mark.rule("L5")
    async def test_shows_nothing_of_a_store_of_an_earlier_inksoft_account(
        self, office: Office, clock: SteerableClock
    ) -> None:
        """The same Printavo account, linked with another InkSoft account now."""
        await open_with(office, clock, "ours")
        store = await office.store_id()
        await office.change("UPDATE invoice SET closed = true")
        assert (await pick(office, store))["hidden_count"] == 1
        await end_link(office.database, office.workspace_id)
        await make_link(office.database, office.workspace_id, account="9002")
        page = await pick(office, store)
        assert (page["data"], page["hidden_count"]) == ([], 0)
        await office.change("UPDATE invoice SET closed = false")
        assert (await pick(office, store))["data"] == []

    async def test_asks_four_statements_however_many_rows(
        self, office: Office, clock: SteerableClock
    ) -> None:
        await open_with(office, clock, *(f"n{n}" for n in range(6)))
        store = await office.store_id()
        with queries(office.app, 4):
            await office.browser.get("/v1/invoices", store_id=store)


class TestAnInvoice:
    async def test_is_read_in_few_statements_however_large(self, office: Office) -> None:
        orders = [make_order(str(870001 + n), tee("L", 1 + n), tee("2XL", price=2200 + n)) for n in range(40)]
        await office.open(*orders)
        made = await office.make(*(order.number for order in orders))
        with queries(
            office.app, 4
        ):  # the invoice, its orders, what was read of its goods, and the choices about them
            shown = await office.invoice(made["id"])
        assert len(shown["orders"]) == 40
        assert len(shown["content"]["groups"][0]["lines"]) == 41

    async def test_adds_up_line_by_line(self, office: Office) -> None:
        await office.open(make_order("870001", tee("L", 3, total_amount=1000), tee("S", 2)))
        shown = await office.make("870001")
        lines = [line for group in shown["content"]["groups"] for line in group["lines"]]
        for line in lines:
            assert line["piece_count"] == sum(size["count"] for size in line["sizes"])
            assert line["total_amount"] == line["piece_count"] * line["unit_price_amount"]
        assert (
            sum(line["total_amount"] for line in lines) == shown["content"]["proof"]["lines_amount"] == 5000
        )

    async def test_names_products_and_the_platforms_own_sizes(self, office: Office) -> None:
        await office.open(make_order("870001", tee("XXL", 2), tee("2XL"), tee("OSFA", 4), custom()))
        shown = await office.make("870001")
        lines = [line for group in shown["content"]["groups"] for line in group["lines"]]
        sizes = {
            (line["name"], size["size"]): (size["count"], size["texts"])
            for line in lines
            for size in line["sizes"]
        }
        assert sizes == {
            (tee().name, "size_2xl"): (3, ["XXL", "2XL"]),
            (tee().name, "size_other"): (4, ["OSFA"]),
            ("Screen set-up", "size_other"): (1, []),
        }
        (order,) = (await office.browser.get("/v1/orders")).json()["data"]
        assert order["piece_count"] == shown["piece_count"] == shown["orders"][0]["piece_count"] == 8
        # A revision from before names were kept shows what its description begins with.
        await office.change(
            "UPDATE invoice_revision SET wanted = regexp_replace(wanted::text, :kept, :gone, 'g')::jsonb",
            kept='"name": "Heavy[^"]*"', gone='"name": ""',
        )  # fmt: skip
        again = await office.invoice(shown["id"])
        assert again["content"]["groups"] == shown["content"]["groups"]

    async def test_that_is_not_there_is_not_found(self, office: Office) -> None:
        await office.open(make_order("870001"))
        answer = await office.browser.get("/v1/invoices/0192f0c4-7a10-7000-8000-000000000301")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


class TestTryingAgain:
    async def test_queues_a_push_that_had_stopped(self, office: Office) -> None:
        await office.open(make_order("870001"))
        made = await office.make("870001")
        await office.change(
            'UPDATE invoice SET push_state = \'refused\', push_problem = \'{"code": "status_refused", "detail": "No."}\''
        )
        await office.change("DELETE FROM workspace_work WHERE kind = 'push'")
        assert (await office.invoice(made["id"]))["push_problem"] == {
            "code": "status_refused",
            "detail": "No.",
        }
        answer = await office.browser.effect("POST", f"/v1/invoices/{made['id']}/push")
        assert answer.status_code == 202
        assert (answer.json()["push_state"], answer.json()["push_problem"]) == ("queued", None)
        assert await office.intake.rows("SELECT 1 FROM workspace_work WHERE kind = 'push'")

    async def test_says_when_there_is_nothing_to_write(self, office: Office) -> None:
        await office.open(make_order("870001"))
        made = await office.make("870001")
        await office.change("UPDATE invoice SET push_state = 'in_printavo', pushed_revision = revision")
        answer = await office.browser.effect("POST", f"/v1/invoices/{made['id']}/push")
        assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_push")
