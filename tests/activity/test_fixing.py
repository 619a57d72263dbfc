"""Each fix removes its cause: driven over HTTP against both simulated vendors, to the end that a person wants."""

import asyncio

import pytest

from api.activity.jobs.remake import remake_invoices
from tests.make.clock import SteerableClock
from tests.make.exceptions import exceptions, reread, resolve, retry, the_only
from tests.make.linking import inksoft
from tests.make.pushing import PushDesk, assert_exact, make_order, make_tees, sizes_in
from tests.make.reading import Shop
from tests.make.tabs import choose, choose_contact


@pytest.mark.rule("E2")
class TestAnUnknownSize:
    async def test_is_known_after_it_was_chosen_and_the_invoice_made_anew(self, desk: PushDesk) -> None:
        order = make_order(1, items=[make_tees(1, style="G500", size="OSFA")])
        invoice = await desk.new_invoice(order)
        await desk.push()
        found = await the_only(desk.browser, "unknown_size")
        assert "in the size “OSFA”" in found["sentence"]
        assert [record["type"] for record in found["records"]] == ["order", "invoice", "store"]
        await choose(desk.browser, size_map={"OSFA": "size_l"})
        answer = await retry(desk.browser, found)
        assert (answer.status_code, answer.json()["resolution"]["code"]) == (202, "known_now")
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, [order])
        assert sizes_in(record) == {"size_l": 1}
        assert (await desk.show(invoice))["push_state"] == "in_printavo"

    async def test_is_taught_once_for_every_invoice_that_has_it(self, desk: PushDesk) -> None:
        orders = [make_order(each, items=[make_tees(each, style="G500", size="OSFA")]) for each in (1, 2, 3)]
        ids = await desk.take_in(*orders)
        await desk.choose_contact()
        invoices = [await desk.invoice([id_]) for id_ in ids]
        await desk.push()
        found = await exceptions(desk.browser, code="unknown_size")
        answer = await resolve(desk.browser, found[0], fix="map_size", size="size_l")
        assert answer.status_code == 200, answer.text
        ended = answer.json()
        assert (ended["resolution"]["code"], ended["resolution"]["reason"]) == ("taught", "osfa is L")
        assert ended["resolution"]["resolved_by"]["name"] == "Dana Reyes"
        path = f"/v1/operations/{ended['operation_id']}"
        queued = (await desk.browser.get(path)).json()
        assert (queued["status"], queued["progress"]["total_count"]) == ("queued", 2)
        await remake_invoices(desk.tools, workspace_id=str(desk.workspace_id))
        done = (await desk.browser.get(path)).json()
        assert (done["status"], done["result"]) == ("done", {"invoices": 2})
        assert await exceptions(desk.browser, code="unknown_size") == []
        await desk.push()
        records = await desk.records()
        assert [sizes_in(record) for record in records] == [{"size_l": 1}] * 3
        assert [(await desk.show(each))["push_state"] for each in invoices] == ["in_printavo"] * 3
        settings = (await desk.browser.get("/v1/storefront-settings/inksoft")).json()
        assert settings["size_map"] == {"osfa": "size_l"}
        (later,) = await desk.take_in(make_order(4, items=[make_tees(4, style="G500", size="Osfa")]))
        await desk.invoice([later])
        assert await exceptions(desk.browser, code="unknown_size") == []

    async def test_that_is_taught_while_the_link_is_broken_changes_nothing(self, desk: PushDesk) -> None:
        await desk.new_invoice(make_order(1, items=[make_tees(1, style="G500", size="OSFA")]))
        found = await the_only(desk.browser, "unknown_size")
        await desk.fault("unauthorized", "quoteCreate")
        await desk.push()
        refused = await resolve(desk.browser, found, fix="map_size", size="size_l")
        assert (refused.status_code, refused.json()["code"]) == (409, "link_needs_reauth")
        settings = (await desk.browser.get("/v1/storefront-settings/inksoft")).json()
        assert (settings["size_map"], await reread(desk.browser, found)) == ({}, found)

    async def test_is_none_of_printavos_sizes_is_refused(self, desk: PushDesk) -> None:
        await desk.new_invoice(make_order(1, items=[make_tees(1, style="G500", size="OSFA")]))
        found = await the_only(desk.browser, "unknown_size")
        answer = await resolve(desk.browser, found, fix="map_size", size="size_huge")
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")

    async def test_two_people_who_teach_two_words_at_once_lose_neither(self, desk: PushDesk) -> None:
        items = [make_tees(1, style="G500", size=size) for size in ("OSFA", "Jumbo")]
        await desk.new_invoice(make_order(1, items=items))
        found = await exceptions(desk.browser, code="unknown_size")
        answers = await asyncio.gather(*(
            resolve(desk.browser, each, fix="map_size", size=size)
            for each, size in zip(found, ("size_l", "size_6xl"), strict=True)
        ))  # fmt: skip
        assert [answer.status_code for answer in answers] == [200, 200], [answer.text for answer in answers]
        settings = (await desk.browser.get("/v1/storefront-settings/inksoft")).json()
        assert set(settings["size_map"]) == {"osfa", "jumbo"}
        assert await exceptions(desk.browser, code="unknown_size") == []

    async def test_stays_open_as_long_as_nobody_chose_it(self, desk: PushDesk) -> None:
        await desk.new_invoice(make_order(1, items=[make_tees(1, style="G500", size="OSFA")]))
        found = await the_only(desk.browser, "unknown_size")
        again = (await retry(desk.browser, found)).json()
        assert (again["resolution"], again["tried_at"] is not None) == (None, True)

    async def test_that_was_left_as_it_is_is_not_noted_again(self, desk: PushDesk) -> None:
        first, second = await desk.take_in(
            make_order(1, items=[make_tees(1, style="G500", size="OSFA")]), make_order(2)
        )
        await desk.choose_contact()
        invoice = await desk.invoice([first])
        found = await the_only(desk.browser, "unknown_size")
        await resolve(desk.browser, found, fix="dismiss", reason="Hats have one size.")
        await desk.attach(invoice, [second])
        assert await exceptions(desk.browser, code="unknown_size") == []


@pytest.mark.rule("E2")
class TestAnUnknownMethod:
    async def test_is_known_after_it_was_chosen_and_the_invoice_made_anew(self, desk: PushDesk) -> None:
        await desk.new_invoice(make_order(1))
        await desk.push()
        found = await the_only(desk.browser, "unknown_method")
        chosen = (await desk.browser.get("/v1/printavo/types-of-work")).json()[0]
        await choose(desk.browser, method_map={"screen print": chosen["id"]})
        answer = await retry(desk.browser, found)
        assert answer.json()["resolution"]["code"] == "known_now"
        await desk.push()
        (record,) = await desk.records()
        works = {imprint["type_of_work"] for group in record["groups"] for imprint in group["imprints"]}
        assert works == {chosen["name"]}

    async def test_is_taught_from_the_board(self, desk: PushDesk) -> None:
        await desk.new_invoice(make_order(1))
        found = await the_only(desk.browser, "unknown_method")
        chosen = (await desk.browser.get("/v1/printavo/types-of-work")).json()[1]
        answer = await resolve(desk.browser, found, fix="map_method", type_of_work_id=chosen["id"])
        assert answer.json()["resolution"]["code"] == "taught", answer.text
        await desk.push()
        (record,) = await desk.records()
        works = {imprint["type_of_work"] for group in record["groups"] for imprint in group["imprints"]}
        assert works == {chosen["name"]}


@pytest.mark.rule("E2")
class TestAStoppedPush:
    async def test_that_was_refused_is_over_when_it_is_tried_again(self, desk: PushDesk) -> None:
        order = make_order(1)
        await desk.new_invoice(order)
        await desk.fault("schema_drift", "lineItemGroupCreate")
        await desk.push()
        found = await the_only(desk.browser, "push_stopped")
        assert "Printavo refused a group of lines" in found["sentence"]
        assert (await retry(desk.browser, found)).status_code == 202
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, [order])
        ended = await reread(desk.browser, found)
        assert (ended["resolution"]["code"], ended["resolution"]["resolved_by"]) == ("pushed", None)

    @pytest.mark.rule("A6")
    async def test_for_its_contact_goes_on_with_another_one(self, desk: PushDesk) -> None:
        order = make_order(1)
        ids = await desk.take_in(order)
        await choose_contact(desk.browser, desk.store_id, "999999", "Gone Boosters")
        await desk.invoice(ids)
        await desk.push()
        found = await the_only(desk.browser, "push_stopped")
        assert (found["fact"], found["fixes"][0]["kind"]) == ("contact_refused", "choose_contact")
        there = (await desk.browser.get("/v1/printavo/contacts")).json()["data"][0]
        chosen = {"contact_id": there["id"], "contact_name": there["full_name"]}
        answer = await resolve(desk.browser, found, fix="choose_contact", **chosen)
        assert answer.status_code == 200, answer.text
        assert answer.json()["resolution"]["reason"] == there["full_name"]
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, [order])
        assert record["contact_id"] == there["id"]
        kept = (await desk.browser.get(f"/v1/stores/{desk.store_id}/invoice-contact")).json()
        assert (kept["contact_id"], await exceptions(desk.browser, code="push_stopped")) == (there["id"], [])

    async def test_for_another_reason_closes_the_first(self, desk: PushDesk) -> None:
        await desk.new_invoice(make_order(1))
        await desk.fault("schema_drift", "quoteCreate")
        await desk.push()
        first = await the_only(desk.browser, "push_stopped")
        await retry(desk.browser, first)
        await desk.fault("schema_drift", "lineItemGroupCreate")
        await desk.push()
        second = await the_only(desk.browser, "push_stopped")
        assert (first["fact"], second["fact"]) == ("contact_refused", "refused")
        assert (await reread(desk.browser, first))["resolution"]["code"] == "stopped_elsewhere"

    async def test_for_an_invoice_that_was_deleted_there_can_only_be_seen_to(self, desk: PushDesk) -> None:
        ids = await desk.take_in(make_order(1), make_order(2))
        await desk.choose_contact()
        invoice = await desk.invoice(ids[:1])
        await desk.push()
        external = (await desk.show(invoice))["external_id"]
        await desk.person("delete_order", order_id=external)
        await desk.attach(invoice, ids[1:])
        await desk.push()
        found = await the_only(desk.browser, "push_stopped")
        assert (found["fact"], [fix["kind"] for fix in found["fixes"]]) == ("removed_in_shop", ["dismiss"])


@pytest.mark.rule("E2")
class TestReading:
    async def test_an_order_that_could_not_be_read_is_read_when_it_is_tried_again(
        self, reading: Shop
    ) -> None:
        await reading.link()
        await reading.read()
        (number,) = await reading.place("shapes_test_shop", approval_required=False)
        for method in ("GetOrderPackage", "GetOrder"):
            await reading.fault(method, "schema_drift", times=1000)
        await reading.read()
        found = await the_only(reading.browser, "order_unreadable")
        assert f"InkSoft lists order {number} and does not give it in full" in found["sentence"]
        await reading.sandboxes.inksoft("DELETE", "/faults")
        assert (await retry(reading.browser, found)).status_code == 202
        await reading.run_jobs()
        assert (await reading.order(number)).open
        assert (await reread(reading.browser, found))["resolution"]["code"] == "read"

    async def test_orders_that_were_counted_and_not_listed_are_found_when_it_is_tried_again(
        self, reading: Shop
    ) -> None:
        await reading.link()
        await reading.fault("GetOrderSummaries", "missing_rows", times=40)
        await reading.read()
        found = await the_only(reading.browser, "orders_missing")
        await reading.sandboxes.inksoft("DELETE", "/faults")
        assert (await retry(reading.browser, found)).status_code == 202
        await reading.run_jobs()
        assert (await reread(reading.browser, found))["resolution"]["code"] == "found"
        assert len(await reading.ours()) == len([one for one in await reading.theirs() if not one["pending"]])


@pytest.mark.rule("E2", "L6")
class TestALink:
    async def test_that_needs_a_sign_in_is_told_until_somebody_signs_in(
        self, reading: Shop, clock: SteerableClock
    ) -> None:
        await reading.link()
        await reading.read()
        await reading.person("revoke_key", account="northside")
        clock.move(minutes=6)
        await reading.run_jobs()
        found = await the_only(reading.browser, "sign_in_needed")
        assert found["sentence"].startswith("InkSoft no longer accepts the sign-in of Northside Print Co.")
        assert [fix["kind"] for fix in found["fixes"]] == ["sign_in"]
        refused = await retry(reading.browser, found)
        assert (refused.status_code, refused.json()["code"]) == (409, "fix_not_offered")
        await reading.person("restore_key", account="northside")
        renewed = await reading.browser.effect("POST", "/v1/link/reauthentication", {"inksoft": inksoft()})
        assert renewed.status_code == 200, renewed.text
        assert (await reread(reading.browser, found))["resolution"]["code"] == "works"

    async def test_of_a_plan_that_is_too_low_is_told_until_it_is_back(
        self, reading: Shop, clock: SteerableClock
    ) -> None:
        await reading.link()
        await reading.read()
        await reading.person("downgrade_plan", account="northside")
        clock.move(minutes=6)
        await reading.run_jobs()
        found = await the_only(reading.browser, "plan_too_low")
        await reading.person("upgrade_plan", account="northside")
        clock.move(minutes=16)
        await reading.run_jobs()
        assert (await reread(reading.browser, found))["resolution"]["code"] == "works"

    @pytest.mark.rule("L5")
    async def test_that_ends_takes_its_troubles_with_it(self, reading: Shop, clock: SteerableClock) -> None:
        await reading.link()
        await reading.person("revoke_key", account="northside")
        clock.move(minutes=6)
        await reading.run_jobs()
        found = await the_only(reading.browser, "sign_in_needed")
        assert (await reading.browser.effect("DELETE", "/v1/link")).status_code == 204
        assert (await reread(reading.browser, found))["resolution"]["code"] == "disconnected"
