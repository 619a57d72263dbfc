"""A status set from Platen: written to Printavo once, read back, refusals and people's own choices shown."""

import asyncio

import httpx
import pytest

from tests.make.goods import MORE_TEES, STORE, TEES, GoodsDesk

WRITE = "lineItemUpdate"


async def chosen(desk: GoodsDesk, status: str) -> str:
    """Ask for it; the address of the operation."""
    asked = await desk.set_status(status)
    assert asked.status_code == 202, asked.text
    assert asked.json()["status"] == "queued"
    address: str = asked.headers["Location"]
    return address


class TestSettingAStatus:
    @pytest.mark.rule("B4")
    async def test_writes_it_to_printavo_once_and_reads_it_back(self, desk: GoodsDesk) -> None:
        await desk.open()
        before = (await desk.books())["groups"]
        await desk.sandboxes.printavo("DELETE", "/calls")
        operation = await chosen(desk, "received")
        await desk.work()
        assert (await desk.operation(operation))["status"] == "done"
        calls = await desk.sandboxes.printavo("GET", "/calls")
        assert (calls[WRITE], calls["lineItem"], calls["requests"]) == (1, 2, 3)
        record = await desk.books()
        assert record["groups"][0]["lines"][0]["product_status"] == "received"
        before[0]["lines"][0]["product_status"] = "received"
        assert record["groups"] == before, "nothing else of the line was touched"
        assert (await desk.line())["printavo_status"] == "received"

    @pytest.mark.rule("B4")
    async def test_tells_who_chose_it_and_what_changed(self, desk: GoodsDesk) -> None:
        await desk.open()
        await chosen(desk, "ordered")
        await desk.work()
        (changed,) = await desk.events()
        assert changed["printavo"] == {"before": None, "after": "ordered"}
        assert changed["actor"]["name"] == "Dana Reyes"
        told = (await desk.shop.browser.get("/v1/audit-events", type="purchasing.status_chosen")).json()[
            "data"
        ]
        assert len(told) == 1

    async def test_sends_nothing_when_printavo_shows_it_already(self, desk: GoodsDesk) -> None:
        await desk.open()
        await desk.say("in")
        await desk.sandboxes.printavo("DELETE", "/calls")
        operation = await chosen(desk, "in")
        await desk.work()
        assert (await desk.operation(operation))["status"] == "done"
        assert WRITE not in await desk.sandboxes.printavo("GET", "/calls")
        assert (await desk.line())["printavo_status"] == "in"

    @pytest.mark.rule("B4")
    async def test_shows_that_printavo_refused_it(self, desk: GoodsDesk) -> None:
        await desk.open()
        await desk.say("received")
        await desk.read_printavo()
        await desk.sandboxes.printavo("PUT", "/switches", {"line_status_moves": "forward_only"})
        operation = await chosen(desk, "ordered")
        await desk.work()
        shown = await desk.operation(operation)
        assert (shown["status"], shown["problem"]["code"]) == ("failed", "refused")
        assert "Printavo did not take this status" in shown["problem"]["detail"]
        assert (await desk.line())["printavo_status"] == "received"

    async def test_of_a_line_that_was_removed_there_says_so(self, desk: GoodsDesk) -> None:
        await desk.open()
        line_id = (await desk.books())["groups"][0]["lines"][0]["id"]
        operation = await chosen(desk, "ordered")
        await desk.sandboxes.printavo("POST", "/delete_line", {"line_id": line_id})
        await desk.work()
        assert (await desk.operation(operation))["problem"]["code"] == "line_removed"

    async def test_is_the_same_once_when_asked_twice(self, desk: GoodsDesk) -> None:
        await desk.open()
        line = (await desk.line())["line_item_id"]
        path, body = f"/v1/line-items/{line}/purchasing-status", {"status": "ordered"}
        answers = [await desk.shop.browser.effect("PUT", path, body, key="twice-the-same") for _ in range(2)]
        assert {answer.json()["id"] for answer in answers} == {answers[0].json()["id"]}
        rows = await desk.shop.rows("SELECT state FROM purchasing_write")
        assert [row.state for row in rows] == ["queued"]


class TestAskingForWhatCannotBe:
    async def test_of_an_unknown_line_is_refused(self, desk: GoodsDesk) -> None:
        await desk.open()
        path = "/v1/line-items/0192f0c4-7a10-7000-8000-00000000dead/purchasing-status"
        answer = await desk.shop.browser.effect("PUT", path, {"status": "ordered"})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    async def test_of_a_line_that_is_not_in_printavo_yet_is_refused(self, desk: GoodsDesk) -> None:
        await desk.open()
        await desk.shop.sql("DELETE FROM remote_object WHERE kind = 'line'")
        answer = await desk.set_status("ordered")
        assert (answer.status_code, answer.json()["code"]) == (409, "line_not_in_printavo")

    @pytest.mark.parametrize("status", ["Ordered", "unknown", "", None, 1])
    async def test_a_status_that_printavo_does_not_have_is_refused(
        self, desk: GoodsDesk, status: object
    ) -> None:
        path = "/v1/line-items/0192f0c4-7a10-7000-8000-00000000dead/purchasing-status"
        answer = await desk.shop.browser.effect("PUT", path, {"status": status})
        assert answer.status_code == 422


class TestManyAtOnce:
    @pytest.mark.rule("B4")
    async def test_choose_one_after_the_other_and_the_last_one_is_written(self, desk: GoodsDesk) -> None:
        await desk.open()
        line = (await desk.line())["line_item_id"]
        path = f"/v1/line-items/{line}/purchasing-status"
        wanted = ["need_ordering", "ordered", "arrived", "received", "in"] * 4
        asked = await asyncio.gather(
            *(desk.shop.browser.effect("PUT", path, {"status": status}) for status in wanted)
        )
        assert {answer.status_code for answer in asked} == {202}
        (last,) = await desk.shop.rows("SELECT status FROM purchasing_write WHERE state = 'queued'")
        await desk.work()
        assert (await desk.books())["groups"][0]["lines"][0]["product_status"] == last.status
        shown = [await desk.operation(answer.headers["Location"]) for answer in asked]
        assert sorted(one["status"] for one in shown) == ["done"] + ["failed"] * (len(wanted) - 1)
        assert {one["problem"]["code"] for one in shown if one["problem"]} == {"replaced"}
        calls = await desk.sandboxes.printavo("GET", "/calls")
        assert calls[WRITE] == 1

    @pytest.mark.rule("B4")
    async def test_choose_while_it_is_settled_and_nobody_waits_for_ever(self, desk: GoodsDesk) -> None:
        """Chosen over and over while the worker settles: every answer is one of the two, and the last one holds."""
        await desk.open()
        line = (await desk.line())["line_item_id"]
        path = f"/v1/line-items/{line}/purchasing-status"

        async def choose() -> list[httpx.Response]:
            wanted = ["ordered", "received"] * 15
            return [await desk.shop.browser.effect("PUT", path, {"status": status}) for status in wanted]

        choosing = asyncio.gather(choose(), choose())
        while not choosing.done():
            await desk.shop.sql("UPDATE workspace_work SET due_at = now() WHERE kind = 'purchasing_writes'")
            await desk.work_once()
        answers = [answer for each in await choosing for answer in each]
        assert {answer.status_code for answer in answers} <= {202, 409}
        await desk.later(minutes=5)
        shown = [await desk.operation(one.headers["Location"]) for one in answers if one.status_code == 202]
        assert {one["status"] for one in shown} <= {"done", "failed"}
        (last,) = await desk.shop.rows(
            "SELECT status FROM purchasing_write WHERE state = 'done' ORDER BY id DESC LIMIT 1"
        )
        assert (await desk.books())["groups"][0]["lines"][0]["product_status"] == last.status


class TestAnAnswerThatIsLost:
    @pytest.mark.rule("B4")
    @pytest.mark.parametrize("kind", ["lost_answer", "status_500_after", "truncated"])
    async def test_is_found_by_reading_the_line_and_not_sent_again(self, desk: GoodsDesk, kind: str) -> None:
        await desk.open()
        operation = await chosen(desk, "received")
        await desk.fault(WRITE, kind)
        await desk.work()
        assert (await desk.operation(operation))["status"] == "running"
        await desk.later()
        assert (await desk.operation(operation))["status"] == "done"
        assert (await desk.sandboxes.printavo("GET", "/calls"))[WRITE] == 1

    @pytest.mark.rule("B4")
    async def test_and_never_arrived_is_sent_again_after_the_quarantine(self, desk: GoodsDesk) -> None:
        await desk.open()
        operation = await chosen(desk, "received")
        await desk.fault(WRITE, "lost_answer", applied=False)
        await desk.work()
        await desk.later()
        assert (await desk.sandboxes.printavo("GET", "/calls"))[WRITE] == 1
        await desk.later(minutes=3)
        assert (await desk.operation(operation))["status"] == "done"
        assert (await desk.sandboxes.printavo("GET", "/calls"))[WRITE] == 2

    @pytest.mark.rule("B4")
    async def test_never_undoes_what_a_person_chose_meanwhile(self, desk: GoodsDesk) -> None:
        await desk.open()
        operation = await chosen(desk, "ordered")
        await desk.fault(WRITE, "lost_answer", applied=False)
        await desk.work()
        await desk.say("received")
        await desk.later(minutes=3)
        shown = await desk.operation(operation)
        assert (shown["status"], shown["problem"]["code"]) == ("failed", "overruled")
        assert (await desk.books())["groups"][0]["lines"][0]["product_status"] == "received"
        assert (await desk.line())["printavo_status"] == "received"

    async def test_that_certainly_did_not_leave_is_sent_when_printavo_answers_again(
        self, desk: GoodsDesk
    ) -> None:
        await desk.open()
        operation = await chosen(desk, "received")
        await desk.fault(WRITE, "status_429", retry_after=2)
        await desk.work()
        assert (await desk.operation(operation))["status"] == "running"
        await desk.later()
        assert (await desk.operation(operation))["status"] == "done"


class TestManyLines:
    @pytest.mark.rule("B4")
    async def test_let_one_wait_that_printavo_cannot_tell_of(self, desk: GoodsDesk) -> None:
        """First in line again at every turn, it would keep all of them from being written."""
        await desk.open(TEES, MORE_TEES)
        for line in (0, 1):
            assert (await desk.set_status("received", line=line)).status_code == 202
        await desk.fault("lineItem", "html_200")
        await desk.work()
        await desk.later()
        rows = await desk.shop.rows("SELECT line_item_id, state FROM purchasing_write ORDER BY settled_at")
        assert [row.state for row in rows] == ["done", "done"]
        ids = [line["line_item_id"] for line in (await desk.group())["lines"]]
        assert [str(row.line_item_id) for row in rows] == ids[::-1]


class TestBesideAPush:
    @pytest.mark.rule("B4")
    async def test_it_waits_until_the_invoice_is_not_pushed(self, desk: GoodsDesk) -> None:
        await desk.open()
        (more,) = await desk.shop.place(STORE, seed=None, goods=[TEES], approval_required=False)
        await desk.shop.read()
        ids = [str((await desk.shop.order(more)).id)]
        path = f"/v1/invoices/{desk.invoice_id}/attachments"
        assert (await desk.shop.browser.effect("POST", path, {"order_ids": ids})).status_code == 201
        await desk.fault("feeUpdates", "slow", seconds=4)
        pushing = asyncio.create_task(desk.work_once())
        sending = "SELECT count(*) AS pushed FROM remote_operation WHERE state = 'sending' AND verb = 'write_together'"
        while not (await desk.shop.rows(sending))[0].pushed:  # noqa: ASYNC110 - another process writes
            await asyncio.sleep(0.02)
        operation = await chosen(desk, "received")
        await desk.work_once()
        assert (await desk.shop.rows(sending))[0].pushed, "the push was over too soon to show anything"
        assert (await desk.operation(operation))["status"] == "queued"
        await pushing
        await desk.later()
        assert (await desk.operation(operation))["status"] == "done"
        assert (await desk.invoice())["push_state"] == "in_printavo"


class TestALinkThatBreaks:
    @pytest.mark.rule("B1", "B4", "L6")
    async def test_goes_on_reading_and_writing_when_it_works_again(self, desk: GoodsDesk) -> None:
        """The status waits, nothing is started in vain meanwhile, and nobody has to choose it again."""
        await desk.open()
        operation = await chosen(desk, "received")
        await desk.fault("lineItem", "unauthorized")
        await desk.work()
        assert (await desk.shop.browser.get("/v1/link")).json()["state"] == "needs_reauth"
        due = "SELECT kind FROM workspace_work WHERE kind LIKE 'purchasing%' ORDER BY kind"
        assert await desk.shop.rows(due) == []
        again = {"printavo": {"email": "office@northside.example", "password": "northside-print"}}
        renewed = await desk.shop.browser.effect("POST", "/v1/link/reauthentication", again)
        assert renewed.is_success, renewed.text
        assert [row.kind for row in await desk.shop.rows(due)] == ["purchasing", "purchasing_writes"]
        await desk.work()
        assert (await desk.operation(operation))["status"] == "done"


class TestUnlinking:
    @pytest.mark.rule("B4", "I8")
    async def test_ends_what_was_not_written(self, desk: GoodsDesk) -> None:
        await desk.open()
        operation = await chosen(desk, "received")
        preview = (await desk.shop.browser.get("/v1/link/disconnection-preview")).json()
        assert preview["operations_in_flight"] == 1
        ended = await desk.shop.browser.effect("DELETE", "/v1/link")
        assert ended.is_success, ended.text
        shown = await desk.operation(operation)
        assert (shown["status"], shown["problem"]["code"]) == ("failed", "unlinked")
        await desk.work()
        assert WRITE not in await desk.sandboxes.printavo("GET", "/calls")


class TestBesideAReading:
    """Of a whole invoice, which was asked for before and is answered afterwards."""

    @pytest.mark.rule("B1", "B4")
    async def test_it_is_not_undone_by_what_was_read_before(self, desk: GoodsDesk) -> None:
        await desk.open()
        await desk.say("ordered")
        await desk.read_printavo()
        reading = await desk.begin_slow_reading()
        operation = await chosen(desk, "received")
        while (await desk.operation(operation))["status"] != "done":
            await desk.work_once()
        assert not reading.done(), "the reading was over too soon to show anything"
        await reading
        assert (await desk.line())["printavo_status"] == "received"
        assert [each["printavo"]["after"] for each in await desk.events()] == ["ordered", "received"]

    @pytest.mark.rule("B1")
    async def test_the_invoice_keeps_the_status_that_a_push_found_since(self, desk: GoodsDesk) -> None:
        await desk.open()
        (more,) = await desk.shop.place(STORE, seed=None, goods=[TEES], approval_required=False)
        await desk.shop.read()
        ids = [str((await desk.shop.order(more)).id)]
        reading = await desk.begin_slow_reading()
        record = await desk.books()
        words = await desk.sandboxes.printavo("GET", f"/state/accounts/{record['account_id']}")
        invoiced = [each for each in words["statuses"] if each["type"] == "INVOICE"]
        (other, *_) = [each for each in invoiced if each["id"] != record["status"]["id"]]
        moved = {"order_id": record["id"], "status_id": other["id"]}
        await desk.sandboxes.printavo("POST", "/change_status", moved)
        path = f"/v1/invoices/{desk.invoice_id}/attachments"
        assert (await desk.shop.browser.effect("POST", path, {"order_ids": ids})).status_code == 201
        while (await desk.invoice())["push_state"] != "in_printavo":
            await desk.work_once()
        assert not reading.done(), "the reading was over too soon to show anything"
        await reading
        assert (await desk.invoice())["status_name"] == other["name"]

    async def test_another_link_made_meanwhile_is_read_for(self, desk: GoodsDesk) -> None:
        """What is due next is asked for the link of now: nobody else would say it for the new one."""
        await desk.open()
        reading = await desk.begin_slow_reading()
        for table in ("link", "invoice"):
            await desk.shop.sql(f"UPDATE {table} SET printavo_account = 'another'")  # noqa: S608 - constants
        assert not reading.done(), "the reading was over too soon to show anything"
        await reading
        assert await desk.shop.rows("SELECT due_at FROM workspace_work WHERE kind = 'purchasing'")
