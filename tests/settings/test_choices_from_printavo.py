"""What a shop chooses from, read from Printavo now: all of it, searched, and what is said when Printavo does not answer."""

import pytest

from tests.make.pushing import PushDesk

LISTS = ("/v1/printavo/statuses", "/v1/printavo/types-of-work", "/v1/printavo/contacts")


class TestTheChoices:
    async def test_are_all_statuses_of_the_shop(self, desk: PushDesk) -> None:
        words = await desk.books(f"/state/accounts/{await desk.account()}")
        shown = (await desk.browser.get("/v1/printavo/statuses")).json()
        assert {status["id"] for status in shown} == {status["id"] for status in words["statuses"]}
        kinds = [status["kind"] for status in shown]
        assert kinds == sorted(kinds)
        assert set(kinds) == {"invoice", "quote"}

    async def test_are_all_types_of_work_by_name(self, desk: PushDesk) -> None:
        words = await desk.books(f"/state/accounts/{await desk.account()}")
        names = [work["name"] for work in (await desk.browser.get("/v1/printavo/types-of-work")).json()]
        assert names == sorted(names)
        assert set(names) <= {work["name"] for work in words["types_of_work"]}
        assert names

    async def test_are_contacts_found_by_a_part_of_their_name(self, desk: PushDesk) -> None:
        everybody = (await desk.browser.get("/v1/printavo/contacts")).json()
        wanted = everybody[-1]
        found = (await desk.browser.get("/v1/printavo/contacts", q=wanted["full_name"])).json()
        assert wanted in found
        assert len(found) < len(everybody)
        assert (await desk.browser.get("/v1/printavo/contacts", q="nobody of that name")).json() == []


class TestPrintavoInTrouble:
    @pytest.mark.parametrize(
        ("path", "kind"),
        [*((path, "status_502_html") for path in LISTS), (LISTS[2], "reset"), (LISTS[2], "status_429")],
    )
    async def test_is_named_and_nothing_it_said_is_repeated(
        self, desk: PushDesk, path: str, kind: str
    ) -> None:
        await desk.fault(kind, times=20)
        answer = await desk.browser.get(path)
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem["side"]) == (
            503, "partner_unavailable", "printavo",
        )  # fmt: skip
        assert problem["detail"].startswith("Printavo does not answer")
        assert int(answer.headers["Retry-After"]) > 0

    @pytest.mark.parametrize("path", LISTS)
    async def test_that_refuses_the_sign_in_says_so(self, desk: PushDesk, path: str) -> None:
        await desk.fault("unauthorized", times=20)
        answer = await desk.browser.get(path)
        assert (answer.status_code, answer.json()["code"]) == (409, "link_needs_reauth")
        assert answer.json()["side"] == "printavo"
