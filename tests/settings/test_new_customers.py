"""New customers made in Printavo: told with who made them, made once, and looked for where an answer was lost."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.make.programs import make_api_key, make_program
from tests.make.pushing import PushDesk

PATH = "/v1/printavo/contacts"
OTTERS = {
    "company_name": "Otters Rowing", "first_name": "Ada", "last_name": "Moss", "email": "ada@otters.club",
}  # fmt: skip


async def ask(desk: PushDesk, *, key: str | None = None, **changes: Any) -> httpx.Response:
    return await desk.browser.effect("POST", PATH, {**OTTERS, **changes}, key=key)


async def made(desk: PushDesk) -> list[str]:
    """Ids of all contacts of the new customer that Printavo has: one if it was made once."""
    known = (await desk.books(f"/state/accounts/{await desk.account()}"))["contacts"]
    return [each["id"] for each in known if each["company_name"] == OTTERS["company_name"]]


async def told(desk: PushDesk) -> list[Any]:
    """(who, whether it is certain) of each time that a new customer was told."""
    rows = await desk.rows("SELECT actor, data FROM event WHERE type = 'contact.created' ORDER BY id")
    return [(row.actor["name"], row.data["is_certain"]) for row in rows]


@pytest.mark.rule("I10")
class TestANewCustomer:
    @pytest.mark.rule("E1")
    async def test_is_in_printavo_and_told_with_who_made_it(self, desk: PushDesk) -> None:
        answer = await ask(desk)
        assert answer.status_code == 201, answer.text
        assert await made(desk) == [answer.json()["id"]]
        assert answer.json() == {
            "id": answer.json()["id"], "full_name": "Ada Moss", "email": "ada@otters.club",
            "company_name": "Otters Rowing",
        }  # fmt: skip
        (row,) = await desk.rows("SELECT actor, data FROM event WHERE type = 'contact.created'")
        assert (row.actor["name"], "person_id" in row.actor) == ("Dana Reyes", True)
        assert row.data == {
            "contact_id": answer.json()["id"], "contact_name": "Ada Moss", "company_name": "Otters Rowing",
            "is_certain": True,
        }  # fmt: skip
        assert (await desk.browser.get(PATH, q="Otters")).json()["data"] == [answer.json()]

    async def test_is_told_with_the_key_that_made_it(self, desk: PushDesk, vendor_app: Any) -> None:
        key = await make_api_key(desk.browser, ["settings:write"], name="Intake form")
        async with make_program(vendor_app, key["key"]) as program:
            answer = await program.post(PATH, json=OTTERS, headers={"Idempotency-Key": uuid4().hex})
        assert answer.status_code == 201, answer.text
        (row,) = await desk.rows("SELECT actor FROM event WHERE type = 'contact.created'")
        assert row.actor == {"key_id": key["id"], "name": "Intake form"}

    async def test_is_made_once_however_often_it_is_asked_for(self, desk: PushDesk) -> None:
        first, again = [await ask(desk, key="customer-1") for _ in range(2)]
        assert (first.status_code, again.content) == (201, first.content)
        assert again.headers["Idempotency-Replayed"] == "true"
        other = await ask(desk, key="customer-1", last_name="Mossberg")
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
        bare = await desk.browser.send("POST", PATH, OTTERS)
        assert (bare.status_code, bare.json()["code"]) == (400, "idempotency_key_missing")
        assert (len(await made(desk)), await told(desk)) == (1, [("Dana Reyes", True)])

    async def test_that_is_there_already_is_the_answer(self, desk: PushDesk) -> None:
        """Case and spacing make no other customer; another name or e-mail does."""
        first = await ask(desk)
        again = await ask(desk, company_name="otters  rowing", email="Ada@otters.club")
        assert (again.status_code, again.json()) == (200, first.json())
        assert (len(await made(desk)), len(await told(desk))) == (1, 1)
        other = await ask(desk, first_name="Bea")
        assert (other.status_code, len(await made(desk))) == (201, 2)

    async def test_asked_for_eight_times_at_once_is_made_once(self, desk: PushDesk) -> None:
        answers = await asyncio.gather(*(ask(desk, key="customer-2") for _ in range(8)))
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert 201 in {answer.status_code for answer in answers}
        assert {each.json()["code"] for each in answers if each.status_code == 409} <= {
            "idempotency_key_in_flight"
        }
        assert (len(await made(desk)), len(await told(desk))) == (1, 1)


@pytest.mark.rule("I10")
class TestALostAnswer:
    @pytest.mark.parametrize("kind", ["lost_answer", "status_500_after", "truncated"])
    async def test_is_looked_for_at_once(self, desk: PushDesk, kind: str) -> None:
        await desk.fault(kind, "customerCreate")
        answer = await ask(desk)
        assert answer.status_code == 201, answer.text
        assert (await made(desk), await told(desk)) == ([answer.json()["id"]], [("Dana Reyes", True)])

    async def test_that_cannot_be_looked_for_is_said_and_found_by_the_repeat(self, desk: PushDesk) -> None:
        await desk.fault("lost_answer", "customerCreate")
        await desk.fault("status_503", "contacts", nth=2, times=50)
        lost = await ask(desk, key="customer-3")
        assert (lost.status_code, lost.json()["code"], lost.json()["retryable"]) == (
            503,
            "customer_uncertain",
            True,
        )
        assert await told(desk) == [("Dana Reyes", False)]
        await desk.sandboxes.printavo("DELETE", "/faults")
        found, again = [await ask(desk, key="customer-3") for _ in range(2)]
        assert (found.status_code, again.content) == (201, found.content)
        assert await made(desk) == [found.json()["id"]]
        assert await told(desk) == [("Dana Reyes", False), ("Dana Reyes", True)]

    async def test_of_a_request_that_never_arrived_makes_it_when_it_is_repeated(self, desk: PushDesk) -> None:
        await desk.fault("status_500_before", "customerCreate")
        lost = await ask(desk, key="customer-4")
        assert (lost.status_code, await made(desk)) == (503, [])
        answer = await ask(desk, key="customer-4")
        assert (answer.status_code, await made(desk)) == (201, [answer.json()["id"]])

    async def test_of_a_process_that_died_is_found_once_it_cannot_be_at_work_any_more(
        self, desk: PushDesk
    ) -> None:
        """What it left: the customer, and a key without an answer."""
        answer = await ask(desk, key="customer-5")
        await desk.sql("UPDATE idempotency_key SET status = NULL, body = NULL WHERE key = 'customer-5'")
        early = await ask(desk, key="customer-5")
        assert (early.status_code, early.json()["code"]) == (409, "idempotency_key_in_flight")
        await desk.sql("UPDATE idempotency_key SET created_at = now() - interval '3 minutes'")
        later = await ask(desk, key="customer-5")
        assert (later.status_code, later.json()) == (201, answer.json())
        assert (len(await made(desk)), len(await told(desk))) == (1, 2)


class TestPrintavoInTrouble:
    @pytest.mark.parametrize("operation", ["contacts", "customerCreate"])
    async def test_makes_nothing_and_the_same_request_may_be_asked_again(
        self, desk: PushDesk, operation: str
    ) -> None:
        await desk.fault("status_429", operation, retry_after=1)
        refused = await ask(desk, key="customer-6")
        assert (refused.status_code, refused.json()["code"]) == (503, "partner_unavailable")
        assert (await made(desk), await told(desk)) == ([], [])
        assert await desk.rows("SELECT key FROM idempotency_key WHERE key = 'customer-6'") == []

    async def test_that_refuses_the_customer_says_so(self, desk: PushDesk) -> None:
        await desk.fault("schema_drift", "customerCreate")
        refused = await ask(desk)
        assert (refused.status_code, refused.json()["code"]) == (422, "customer_refused")
        assert (await made(desk), await told(desk)) == ([], [])

    async def test_that_refuses_the_sign_in_says_so(self, desk: PushDesk) -> None:
        await desk.fault("unauthorized", times=20)
        answer = await ask(desk)
        assert (answer.status_code, answer.json()["code"]) == (409, "link_needs_reauth")
        assert await told(desk) == []
