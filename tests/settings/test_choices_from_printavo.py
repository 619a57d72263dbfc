"""What a shop chooses from, read from Printavo now: all of it, searched, and what is said when Printavo does not answer."""

from typing import Any

import pytest

from tests.make.pushing import PushDesk

LISTS = ("/v1/printavo/statuses", "/v1/printavo/types-of-work", "/v1/printavo/contacts")


async def contacts(desk: PushDesk, **params: Any) -> dict[str, Any]:
    answer = await desk.browser.get("/v1/printavo/contacts", **params)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


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
        everybody = (await contacts(desk))["data"]
        wanted = everybody[-1]
        found = (await contacts(desk, q=wanted["full_name"]))["data"]
        assert wanted in found
        assert len(found) < len(everybody)
        assert (await contacts(desk, q="nobody of that name"))["data"] == []


@pytest.mark.rule("T3")
class TestContacts:
    """The sandbox's shop has 60 customers, more than two of Printavo's pages; each has one primary contact."""

    @pytest.mark.parametrize("limit", [25, 7])
    async def test_are_all_found_page_by_page_with_one_call_each(self, desk: PushDesk, limit: int) -> None:
        known = (await desk.books(f"/state/accounts/{await desk.account()}"))["contacts"]
        first_of_each = {each["company_name"]: each["id"] for each in reversed(known)}
        assert len(first_of_each) > 2 * 25
        before = (await desk.calls())["requests"]
        pages = [await contacts(desk, limit=limit)]
        while pages[-1]["has_more"]:
            pages.append(await contacts(desk, limit=limit, cursor=pages[-1]["next_cursor"]))
        shown = [contact["id"] for page in pages for contact in page["data"]]
        assert sorted(shown) == sorted(first_of_each.values())
        assert [len(page["data"]) for page in pages[:-1]] == [limit] * (len(pages) - 1)
        assert (pages[-1]["next_cursor"], {page["prev_cursor"] for page in pages}) == (None, {None})
        assert (await desk.calls())["requests"] - before == len(pages)

    async def test_that_one_search_finds_are_more_than_a_page(self, desk: PushDesk) -> None:
        first = await contacts(desk, q="example")
        second = await contacts(desk, q="example", cursor=first["next_cursor"])
        ids = [{contact["id"] for contact in page["data"]} for page in (first, second)]
        assert (len(ids[0]), first["has_more"], ids[0] & ids[1]) == (25, True, set())
        assert ids[1]

    async def test_have_cursors_that_belong_to_their_search(self, desk: PushDesk) -> None:
        cursor = (await contacts(desk))["next_cursor"]
        for params in ({"q": "example", "cursor": cursor}, {"cursor": "MjU"}):
            answer = await desk.browser.get("/v1/printavo/contacts", **params)
            assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
        assert (await desk.browser.get("/v1/printavo/contacts", limit=26)).status_code == 422


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
