"""The InkSoft tab over HTTP: defaults, changes under If-Match, and what is refused."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from api.core.db import Database
from api.linking.rules import USUAL_SOURCES
from api.settings.actions.tabs import lock_tab
from tests.make.browser import Browser
from tests.make.orders import end_link, make_link
from tests.make.tabs import choose, try_to_choose

PATH = "/v1/storefront-settings/inksoft"
EVERYTHING: dict[str, Any] = {
    "default_feed_view": "all",
    "order_number_prefix": "W-",
    "nickname_pattern": "{date} {store}",
    "new_invoice_status_id": "322",
    "final_status_ids": ["330", "331"],
    "customer_due_days": 21,
    "production_due_days": 12,
    "grouping": "order",
    "tax": "recompute",
    "shipping": "fee_per_order",
    "discount": "in_prices",
    "record_payments": False,
    "personalization": "list",
    "size_map": {"osfa": "size_other"},
    "method_map": {"screen print": "11802"},
    "purchasing_precedence": "printavo_first",
    "purchasing_map": {"on order": "ordered"},
    "changes_after_attaching": "ignore",
    "sync_interval_minutes": 30,
    "alert_emails": ["dana@northside.example"],
    "alert_kinds": ["orders"],
}
# What is shared belongs to the link.
NOT_LINKED = {"share_orders_from": None, "sources": None, "skip_free_orders": None}


@pytest.mark.rule("T9")
class TestTheInkSoftTab:
    async def test_has_defaults_before_anybody_chose(self, browser: Browser) -> None:
        answer = await browser.get(PATH)
        assert answer.headers["etag"] == '"v0"'
        read = answer.json()
        assert (read["customer_due_days"], read["production_due_days"]) == (14, 10)
        assert (read["tax"], read["shipping"], read["discount"]) == ("carry", "fee", "on_invoice")
        assert read["record_payments"] is True
        assert (read["sync_interval_minutes"], read["alert_emails"]) == (5, [])
        assert {name: read[name] for name in NOT_LINKED} == NOT_LINKED

    async def test_keeps_everything_that_can_be_chosen(self, browser: Browser) -> None:
        """A setting that a change accepts and the tab forgets would be a button without an effect."""
        defaults = (await browser.get(PATH)).json()
        assert set(defaults) == {*EVERYTHING, *NOT_LINKED, "version"}
        assert [name for name, value in EVERYTHING.items() if defaults[name] == value] == []
        await choose(browser, **EVERYTHING)
        read = (await browser.get(PATH)).json()
        assert read == {**EVERYTHING, **NOT_LINKED, "version": 1}

    async def test_changes_what_is_sent_and_nothing_else(self, browser: Browser) -> None:
        body = {"customer_due_days": 21, "size_map": {" OSFA ": "size_other", "Wee": "size_yxs"}}
        changed = await browser.send("PATCH", PATH, body, headers={"If-Match": '"v0"'})
        assert changed.status_code == 200, changed.text
        assert changed.headers["etag"] == '"v1"'
        read = (await browser.get(PATH)).json()
        assert (read["customer_due_days"], read["production_due_days"]) == (21, 10)
        assert read["size_map"] == {"osfa": "size_other", "wee": "size_yxs"}

    async def test_null_takes_the_first_status_again_and_leaves_all_else(self, browser: Browser) -> None:
        await choose(browser, new_invoice_status_id="322", customer_due_days=21)
        read = await choose(browser, new_invoice_status_id=None, customer_due_days=None)
        assert (read["new_invoice_status_id"], read["customer_due_days"]) == (None, 21)

    async def test_never_overwrites_somebody_elses_change(self, browser: Browser) -> None:
        await browser.send("PATCH", PATH, {"customer_due_days": 21}, headers={"If-Match": '"v0"'})
        late = await browser.send("PATCH", PATH, {"customer_due_days": 7}, headers={"If-Match": '"v0"'})
        assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
        assert late.json()["current"]["customer_due_days"] == 21
        assert late.headers["etag"] == '"v1"'
        bare = await browser.send("PATCH", PATH, {"customer_due_days": 7})
        assert bare.status_code == 428

    @pytest.mark.parametrize("version", [0, 1], ids=["the first change", "a later one"])
    async def test_one_of_many_at_once_wins(self, browser: Browser, version: int) -> None:
        for _ in range(version):
            await choose(browser, customer_due_days=30)
        answers = await asyncio.gather(
            *(
                browser.send(
                    "PATCH", PATH, {"customer_due_days": days}, headers={"If-Match": f'"v{version}"'}
                )
                for days in range(1, 9)
            )
        )
        assert sorted(each.status_code for each in answers) == [200, *[412] * 7]
        won = next(each.json() for each in answers if each.status_code == 200)
        assert (await browser.get(PATH)).json() == won

    async def test_is_held_by_whoever_changes_it(self, browser: Browser, app: Any) -> None:
        """A second one, who read the same version, waits here and then reads what the first one wrote."""
        await choose(browser, customer_due_days=30)
        workspace_id, database = UUID(browser.workspace_id), app.state.database
        async with database.transaction(workspace_id) as first, database.transaction(workspace_id) as second:
            await lock_tab(first, workspace_id, "inksoft")
            waiting = asyncio.create_task(lock_tab(second, workspace_id, "inksoft"))
            await asyncio.wait([waiting], timeout=0.3)
            assert not waiting.done()
            await first.commit()
            await waiting

    @pytest.mark.parametrize(
        "body",
        [
            {"nickname_pattern": "{store.__class__}"},
            {"nickname_pattern": "{other}"},
            {"nickname_pattern": "{"},
            {"size_map": {"OSFA": "size_huge"}},
            {"size_map": {"OSFA": "size_other", "osfa": "size_m"}},
            {"customer_due_days": -1},
            {"order_number_prefix": "<b>"},
            {"sources": []},
            {"sources": ["store", "store"]},
            {"sources": ["fax"]},
            {"default_feed_view": "odd"},
            {"tax": "forget"},
            {"shipping": "free"},
            {"discount": "double"},
            {"purchasing_map": {"on order": "somewhere"}},
            {"purchasing_map": {"On order": "ordered", "on  order": "in"}},
            {"sync_interval_minutes": 4},
            {"sync_interval_minutes": 61},
            {"alert_emails": ["nobody"]},
            {"alert_kinds": ["gossip"]},
            {"share_orders_from": "1999-12-31"},
            {"unknown": 1},
        ],
    )
    async def test_refuses_what_makes_no_sense(self, browser: Browser, body: dict[str, Any]) -> None:
        answer = await browser.send("PATCH", PATH, body, headers={"If-Match": '"v0"'})
        assert answer.status_code == 422
        assert answer.json()["errors"]
        assert (await browser.get(PATH)).headers["etag"] == '"v0"'


class TestWhatIsShared:
    async def test_is_the_links(self, browser: Browser, app: Any) -> None:
        """It begins with a day of the shop: midnight in Chicago, not in Greenwich."""
        workspace_id = UUID(browser.workspace_id)
        await make_link(app.state.database, workspace_id)
        usual = (await browser.get(PATH)).json()
        assert (sorted(usual["sources"]), usual["skip_free_orders"]) == (sorted(USUAL_SOURCES), False)
        wanted: dict[str, Any] = {
            "share_orders_from": "2026-10-05",
            "sources": ["staff", "store"],
            "skip_free_orders": True,
        }
        read = await choose(browser, **wanted)
        assert {name: read[name] for name in wanted} == wanted
        assert (await browser.get(PATH)).json() == read
        async with app.state.database.transaction(workspace_id) as session:
            begins = await session.scalar(text("SELECT share_orders_from FROM link"))
            told = await session.scalar(
                text("SELECT data -> 'changed' FROM event WHERE type = 'settings.changed'")
            )
        assert begins == datetime(2026, 10, 5, 5, tzinfo=UTC)
        assert told == sorted(wanted)

    @pytest.mark.parametrize(
        "change", [{"share_orders_from": "2026-10-05"}, {"sources": ["store"]}, {"skip_free_orders": True}]
    )
    async def test_needs_a_link(self, browser: Browser, change: dict[str, Any]) -> None:
        refused = await try_to_choose(browser, **change, customer_due_days=7)
        assert (refused.status_code, refused.json()["code"]) == (409, "not_linked")
        read = await browser.get(PATH)
        assert (read.headers["etag"], read.json()["customer_due_days"]) == ('"v0"', 14)

    @pytest.mark.rule("T9")
    async def test_is_not_changed_by_who_saw_another_link(self, browser: Browser, app: Any) -> None:
        """The same accounts, linked anew, share what they shared: only the ETag tells one link from the other."""
        workspace_id, database = UUID(browser.workspace_id), app.state.database
        tags = [(await browser.get(PATH)).headers["ETag"]]
        for happen in (make_link, end_link, make_link):
            await happen(database, workspace_id)
            tags.append((await browser.get(PATH)).headers["ETag"])
        assert len(set(tags)) == len(tags)
        current = (await browser.get(PATH)).json()
        for old in tags[:-1]:
            for change in ({"skip_free_orders": True}, {"customer_due_days": 7}):
                late = await browser.send("PATCH", PATH, change, headers={"If-Match": old})
                assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
                assert (late.json()["current"], late.headers["ETag"]) == (current, tags[-1])
        changed = await browser.send(
            "PATCH", PATH, {"skip_free_orders": True}, headers={"If-Match": tags[-1]}
        )
        assert (changed.status_code, changed.json()["skip_free_orders"]) == (200, True)

    @pytest.mark.rule("T9")
    async def test_is_held_with_its_link_before_it_is_read(self, browser: Browser, app: Any) -> None:
        """A link that ends while somebody changes what it shares: they wait, and are told that theirs is over."""
        workspace_id, database = UUID(browser.workspace_id), app.state.database
        await make_link(database, workspace_id)
        tag = (await browser.get(PATH)).headers["ETag"]
        async with database.transaction(workspace_id) as session:
            await session.execute(text("UPDATE link SET ended_at = now()"))
            change = browser.send("PATCH", PATH, {"skip_free_orders": True}, headers={"If-Match": tag})
            waiting = asyncio.create_task(change)
            await asyncio.wait([waiting], timeout=0.3)
            assert not waiting.done()
        late = await waiting
        assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")


class TestAChange:
    @pytest.mark.rule("E1")
    async def test_is_told_with_what_was_and_what_is(self, browser: Browser, app: Any) -> None:
        workspace_id, database = UUID(browser.workspace_id), app.state.database
        await make_link(database, workspace_id)
        await choose(browser, size_map={"osfa": "size_other", "wee": "size_yxs"}, customer_due_days=21)
        await choose(
            browser, customer_due_days=21, grouping="order", size_map={"osfa": "size_other", "tot": "size_yxs"},
            skip_free_orders=True, new_invoice_status_id="322",
        )  # fmt: skip
        assert await _told(database, workspace_id) == {
            "tab": "inksoft",
            "changed": ["grouping", "new_invoice_status_id", "size_map", "skip_free_orders"],
            "before": {
                "grouping": "decoration", "new_invoice_status_id": None, "size_map": {"tot": None, "wee": "size_yxs"},
                "skip_free_orders": False,
            },
            "after": {
                "grouping": "order", "new_invoice_status_id": "322", "size_map": {"tot": "size_yxs", "wee": None},
                "skip_free_orders": True,
            },
        }  # fmt: skip

    async def test_that_changes_nothing_is_not_told(self, browser: Browser, app: Any) -> None:
        await choose(browser, customer_due_days=21)
        before = await _count_told(app.state.database, UUID(browser.workspace_id))
        await choose(browser, customer_due_days=21)
        await choose(browser, "merch", order_view="newest")
        assert await _count_told(app.state.database, UUID(browser.workspace_id)) == before == 1


async def _told(database: Database, workspace_id: UUID) -> Any:
    """The data of the newest change of settings."""
    async with database.transaction(workspace_id) as session:
        newest = text("SELECT data FROM event WHERE type = 'settings.changed' ORDER BY id DESC LIMIT 1")
        return await session.scalar(newest)


async def _count_told(database: Database, workspace_id: UUID) -> int:
    async with database.transaction(workspace_id) as session:
        return int(
            await session.scalar(text("SELECT count(*) FROM event WHERE type = 'settings.changed'")) or 0
        )
