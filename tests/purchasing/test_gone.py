"""An invoice that Printavo does not show any more when its goods are read: looked for, said once, never made again."""

import pytest

from tests.make.goods import STORE, TEES, Facts, GoodsDesk

# What a push says when it wrote nothing, and asked for nothing but the record.
READINGS = {"requests", "order", "orders", "statuses"}


async def noted(desk: GoodsDesk) -> list[tuple[str, bool]]:
    """What stopped pushes of the invoice, and whether that is still open."""
    rows = await desk.shop.rows(
        "SELECT fact, resolved_at IS NULL AS is_open FROM attention WHERE code = 'push_stopped'"
    )
    return [(row.fact, row.is_open) for row in rows]


async def told(desk: GoodsDesk, type_: str) -> int:
    rows = await desk.shop.rows("SELECT id FROM event WHERE type = :type", type=type_)
    return len(rows)


async def all_records(desk: GoodsDesk) -> set[str]:
    records: list[Facts] = await desk.sandboxes.printavo("GET", "/state/orders")
    return {record["id"] for record in records}


@pytest.mark.rule("B6")
class TestAnInvoiceThatWasDeletedThere:
    async def test_is_said_once_and_never_made_again(self, desk: GoodsDesk) -> None:
        await desk.open()
        external_id = (await desk.invoice())["external_id"]
        before = await all_records(desk)
        await desk.sandboxes.printavo("POST", "/delete_order", {"order_id": external_id})
        await desk.sandboxes.printavo("DELETE", "/calls")
        await desk.read_printavo()
        shown = await desk.invoice()
        assert (shown["push_state"], shown["closed"]) == ("needs_human", True)
        assert shown["push_problem"]["code"] == "removed_in_shop"
        calls = await desk.sandboxes.printavo("GET", "/calls")
        for _ in range(3):
            await desk.read_printavo()
        assert await noted(desk) == [("removed_in_shop", True)]
        assert await told(desk, "invoice.push_stopped") == 1
        assert await desk.sandboxes.printavo("GET", "/calls") == calls, "closed, it is not read any more"
        assert calls.keys() <= READINGS, "nothing was written"
        assert await all_records(desk) == before - {external_id}

    async def test_is_not_said_while_printavo_cannot_be_asked(self, desk: GoodsDesk) -> None:
        await desk.open()
        external_id = (await desk.invoice())["external_id"]
        await desk.sandboxes.printavo("POST", "/delete_order", {"order_id": external_id})
        await desk.fault("orders", "status_503", times=1000)
        await desk.read_printavo()
        shown = await desk.invoice()
        assert (shown["push_state"], shown["closed"], await noted(desk)) == ("checking", False, [])
        await desk.sandboxes.printavo("DELETE", "/faults")
        await desk.later()
        assert await noted(desk) == [("removed_in_shop", True)]


@pytest.mark.rule("B6")
class TestAnInvoiceThatGotAnotherId:
    async def test_is_found_by_its_mark_and_goes_on(self, desk: GoodsDesk) -> None:
        """One reading that does not show it is no proof: what is known of its goods stays."""
        await desk.open()
        await desk.say("ordered")
        await desk.read_printavo()
        told_before = await desk.events()
        external_id = (await desk.invoice())["external_id"]
        await move_away_and_back(desk)
        before = await all_records(desk)
        assert external_id not in before
        await desk.read_printavo()
        shown = await desk.invoice()
        assert (shown["push_state"], shown["closed"], shown["push_problem"]) == ("in_printavo", False, None)
        assert shown["external_id"] != external_id
        assert await all_records(desk) == before
        assert (await noted(desk), await desk.events()) == ([], told_before)
        await desk.say("received")
        await desk.read_printavo()
        assert (await desk.line())["printavo_status"] == "received"

    async def test_is_not_doubted_when_a_push_found_it_since(self, desk: GoodsDesk) -> None:
        """Of the id that it had, which was asked for before and is answered afterwards."""
        await desk.open()
        (more,) = await desk.shop.place(STORE, seed=None, goods=[TEES], approval_required=False)
        await desk.shop.read()
        ids = [str((await desk.shop.order(more)).id)]
        await move_away_and_back(desk)
        reading = await desk.begin_slow_reading()
        path = f"/v1/invoices/{desk.invoice_id}/attachments"
        assert (await desk.shop.browser.effect("POST", path, {"order_ids": ids})).status_code == 201
        while (await desk.invoice())["push_state"] != "in_printavo":
            await desk.work_once()
        found, pushes = await desk.invoice(), await told(desk, "invoice.pushed")
        assert not reading.done(), "the reading was over too soon to show anything"
        await reading
        assert (await desk.invoice(), await told(desk, "invoice.pushed")) == (found, pushes)


async def move_away_and_back(desk: GoodsDesk) -> None:
    """Somebody makes a quote of it and an invoice again, in a shop whose records change their ids with that."""
    await desk.sandboxes.printavo("PUT", "/switches", {"conversion_keeps_id": "no"})
    record = await desk.books()
    words = await desk.sandboxes.printavo("GET", f"/state/accounts/{record['account_id']}")
    quoted = next(each["id"] for each in words["statuses"] if each["type"] == "QUOTE")
    await desk.sandboxes.printavo("POST", "/change_status", {"order_id": record["id"], "status_id": quoted})
    (moved,) = await desk.sandboxes.printavo("GET", f"/state/orders?tag={record['tags'][0]}")
    back = {"order_id": moved["id"], "status_id": record["status"]["id"]}
    await desk.sandboxes.printavo("POST", "/change_status", back)
