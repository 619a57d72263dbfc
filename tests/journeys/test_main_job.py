"""The whole job over HTTP, with both doors as real processes: what people are promised, from the account to the books."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.journeys.conftest import SignUp
from tests.make.linking import inksoft, printavo
from tests.make.owner import Owner
from tests.make.service import Service, open_browser

SHOP = "shapes_test_shop"
CLIENTS = 50


async def goods_of(owner: Owner, *numbers: int) -> tuple[int, int]:
    """Pieces and cents of these orders, as InkSoft has them."""
    told = [await owner.sandboxes.inksoft("GET", f"/state/orders/{number}") for number in numbers]
    return sum(one["pieces"] for one in told), sum(one["total_cents"] for one in told)


class TestTheMainJob:
    @pytest.mark.rule("L1", "A1", "A5", "A6", "I15")
    async def test_takes_orders_to_a_new_and_an_existing_invoice_in_the_books_to_the_cent(
        self, owner: Owner
    ) -> None:
        await owner.begin()
        first, second, third = [await owner.place(SHOP, seed=seed) for seed in (7, 8, 9)]
        orders = [await owner.until_in_feed(number) for number in (first, second, third)]
        store_id = orders[0]["store"]["id"]
        await owner.choose_contact(store_id)

        made = await owner.invoice(orders[0]["id"], orders[1]["id"])
        assert made.status_code == 201, made.text
        shown, record = await owner.until_in_books(made.json()["id"])
        assert (record["totals"]["pieces"], record["totals"]["total_cents"]) == await goods_of(
            owner, first, second
        )
        assert (shown["piece_count"], shown["total_amount"]) == await goods_of(owner, first, second)
        assert record["kind"] == "invoice"

        (listed,) = (await owner.show("/v1/invoices", store_id=store_id))["data"]
        assert (listed["id"], listed["number"]) == (shown["id"], record["visual_id"])
        assert (await owner.attach(shown["id"], orders[2]["id"])).status_code == 201
        shown, record = await owner.until_in_books(shown["id"])
        everything = await goods_of(owner, first, second, third)
        assert (record["totals"]["pieces"], record["totals"]["total_cents"]) == everything
        assert (shown["piece_count"], shown["differences"]) == (everything[0], [])


class TestSharing:
    @pytest.mark.rule("S1", "S5")
    async def test_of_all_stores_includes_one_that_is_created_later(self, owner: Owner) -> None:
        await owner.begin()
        made = await owner.person(
            "create_store", account="northside", name="Opened Later", uri="opened_later"
        )
        number = await owner.place("opened_later")
        order = await owner.until_in_feed(number)
        assert order["store"]["name"] == made["name"] == "Opened Later"
        assert (await owner.show(f"/v1/stores/{order['store']['id']}"))["shared"] is True

    @pytest.mark.rule("S4")
    async def test_hides_an_order_until_it_is_approved(self, owner: Owner) -> None:
        await owner.sandboxes.inksoft("PUT", "/switches", {"pending_in_summaries": True})
        await owner.begin()
        number = await owner.place(SHOP, approval_required=True)
        await owner.until(
            "/v1/orders",
            lambda page: [order["integration_state"] for order in page["data"]] == ["pending_approval"],
            q=str(number),
        )
        await owner.cycles(2)
        for view in ("new", "all"):
            assert (await owner.show("/v1/order-feed", view=view, q=str(number)))["data"] == []
        await owner.person("approve", order=number)
        assert (await owner.until_in_feed(number))["in_printavo"] is True


class TestLinking:
    @pytest.mark.rule("L2")
    @pytest.mark.parametrize(
        ("side", "sides"),
        [
            ("inksoft", {"inksoft": inksoft("smalltown"), "printavo": printavo()}),
            ("printavo", {"inksoft": inksoft(), "printavo": printavo("smalltown")}),
        ],
    )
    async def test_a_lower_plan_on_either_side_is_refused_and_nothing_is_kept(
        self, owner: Owner, side: str, sides: dict[str, Any]
    ) -> None:
        refused = await owner.browser.send("POST", "/v1/link/attempts", sides)
        assert (refused.status_code, refused.json()["code"]) == (409, "plan_not_eligible"), refused.text
        assert refused.json()["side"] == side
        assert (await owner.show("/v1/link"))["state"] == "unlinked"
        assert (await owner.browser.get("/v1/connections")).json() == []

    @pytest.mark.rule("L3")
    async def test_an_account_is_linked_once_in_the_whole_service(
        self, owner: Owner, sign_up: SignUp
    ) -> None:
        linked = await owner.link()
        late = await sign_up("Northside Again")
        refused = await late.browser.send(
            "POST", "/v1/link/attempts", {"inksoft": inksoft(), "printavo": printavo("harbor")}
        )
        assert (refused.status_code, refused.json()["code"]) == (409, "already_linked"), refused.text
        assert (await late.show("/v1/link"))["state"] == "unlinked"
        assert (await owner.show("/v1/link"))["id"] == linked["id"]


class TestARace:
    @pytest.mark.rule("A2")
    async def test_of_fifty_clients_for_one_order_has_one_winner(
        self, owner: Owner, service: Service
    ) -> None:
        await owner.begin()
        numbers = [await owner.place(SHOP, seed=seed) for seed in range(11, 15)]
        orders = [await owner.until_in_feed(number) for number in numbers]
        await owner.choose_contact(orders[0]["store"]["id"])
        wanted, *others = [order["id"] for order in orders]
        invoices = [(await owner.invoice(order_id)).json()["id"] for order_id in others]
        async with AsyncExitStack() as stack:
            clients = [await _beside(stack, service, owner) for _ in range(CLIENTS)]
            answers = await asyncio.gather(
                *(client.attach(invoices[number % 3], wanted) for number, client in enumerate(clients))
            )
        won = {answer.json()["id"] for answer in answers if answer.status_code == 201}
        lost = [answer.json() for answer in answers if answer.status_code == 409]
        assert len([answer for answer in answers if answer.status_code == 201]) == 1
        assert len(lost) == CLIENTS - 1
        assert {problem["code"] for problem in lost} == {"order_already_attached"}
        assert {order["invoice_id"] for problem in lost for order in problem["orders"]} == won


class TestRevokedCredentials:
    @pytest.mark.rule("L6")
    async def test_stop_the_asking_until_somebody_reconnects_the_same_link(self, owner: Owner) -> None:
        linked = await owner.begin()
        await owner.person("revoke_key", account="northside")
        await owner.until("/v1/link", lambda shown: shown["state"] == "needs_reauth")
        before = await owner.sandboxes.inksoft("GET", "/calls")
        await asyncio.sleep(4)  # several cycles of reading
        assert await owner.sandboxes.inksoft("GET", "/calls") == before
        await owner.person("restore_key", account="northside")
        renewed = await owner.browser.effect("POST", "/v1/link/reauthentication", {"inksoft": inksoft()})
        assert renewed.status_code == 200, renewed.text
        assert (renewed.json()["id"], renewed.json()["state"]) == (linked["id"], "linked")
        await owner.until_in_feed(await owner.place(SHOP))


async def _beside(stack: AsyncExitStack, service: Service, owner: Owner) -> Owner:
    """The same person in another browser window, with a connection of its own."""
    browser = await stack.enter_async_context(open_browser(service))
    browser.http.cookies.update(owner.browser.http.cookies)
    browser.workspace_id = owner.browser.workspace_id
    return Owner(browser, owner.sandboxes)
