"""One to one in the whole service (L3, I1), whoever races."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from api.core.db import Database
from api.linking.actions.connections import lock_workspace
from tests.make.browser import Browser, make_browser
from tests.make.database import TestDatabase
from tests.make.linking import attempt, inksoft, link, printavo

ROUNDS = 5


async def _confirm(browser: Browser, made: dict[str, Any]) -> Any:
    return await browser.effect("POST", f"/v1/link/attempts/{made['id']}/confirmation", {})


async def _active(database_urls: TestDatabase) -> tuple[int, int]:
    """Active links and claims of the whole service."""
    connection = await asyncpg.connect(database_urls.admin)
    try:
        links = await connection.fetchval("SELECT count(*) FROM link WHERE ended_at IS NULL")
        return links, await connection.fetchval("SELECT count(*) FROM account_claim")
    finally:
        await connection.close()


class TestASecondLink:
    @pytest.mark.rule("L3")
    @pytest.mark.parametrize(
        ("store_side", "shop_side", "taken"),
        [("northside", "harbor", "inksoft"), ("harbor", "northside", "printavo")],
    )
    async def test_to_an_account_of_another_workspace_is_refused(
        self, vendor_browser: Browser, other_browser: Browser, store_side: str, shop_side: str, taken: str
    ) -> None:
        await link(vendor_browser)
        body = {"inksoft": inksoft(store_side), "printavo": printavo(shop_side)}
        answer = await other_browser.send("POST", "/v1/link/attempts", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "already_linked"), answer.text
        assert answer.json()["side"] == taken
        assert "Northside" not in answer.text
        assert vendor_browser.workspace_id not in answer.text

    @pytest.mark.rule("L3")
    async def test_in_one_workspace_is_refused(self, vendor_browser: Browser) -> None:
        first, second = await attempt(vendor_browser), await attempt(vendor_browser, "harbor", "harbor")
        assert (await _confirm(vendor_browser, first)).status_code == 201
        late = await _confirm(vendor_browser, second)
        assert (late.status_code, late.json()["code"]) == (409, "workspace_linked")
        body = {"inksoft": inksoft("harbor"), "printavo": printavo("harbor")}
        again = await vendor_browser.send("POST", "/v1/link/attempts", body)
        assert (again.status_code, again.json()["code"]) == (409, "workspace_linked")

    @pytest.mark.rule("L3")
    async def test_can_be_made_once_the_first_has_ended(
        self, vendor_browser: Browser, other_browser: Browser
    ) -> None:
        await link(vendor_browser)
        await vendor_browser.effect("DELETE", "/v1/link")
        assert (await link(other_browser))["state"] == "linked"


class TestTheRace:
    async def test_that_takes_too_long_is_an_invitation_to_come_back(
        self, vendor_browser: Browser, database: Database
    ) -> None:
        made = await attempt(vendor_browser)
        workspace = UUID(vendor_browser.workspace_id)
        async with database.transaction(workspace) as session:
            await lock_workspace(session, workspace)
            answer = await _confirm(vendor_browser, made)
        assert (answer.status_code, answer.json()["code"]) == (503, "busy"), answer.text
        assert answer.headers["retry-after"] == "2"
        assert (await _confirm(vendor_browser, made)).status_code == 201

    @pytest.mark.rule("L3", "I1")
    async def test_of_20_clients_in_2_workspaces_never_leaves_two_active(
        self, vendor_browser: Browser, other_browser: Browser, database_urls: TestDatabase
    ) -> None:
        shops = (vendor_browser, other_browser)
        for _ in range(ROUNDS):
            made = [(shop, await attempt(shop)) for _ in range(10) for shop in shops]
            answers = await asyncio.gather(*(_confirm(shop, each) for shop, each in made))
            outcomes = sorted((each.status_code, each.json().get("code")) for each in answers)
            assert [status for status, _ in outcomes] == [201] + [409] * 19, outcomes
            assert {code for _, code in outcomes[1:]} == {"already_linked", "workspace_linked"}
            assert await _active(database_urls) == (1, 2)
            ended = [await shop.effect("DELETE", "/v1/link") for shop in shops]
            assert sorted(each.status_code for each in ended) == [204, 409]
            assert await _active(database_urls) == (0, 0)

    @pytest.mark.rule("L3", "I1")
    async def test_for_crossed_pairs_ends_without_a_deadlock(
        self, vendor_app: object, vendor_browser: Browser, other_browser: Browser, database_urls: TestDatabase
    ) -> None:
        async with make_browser(vendor_app) as third:
            await third.sign_up(workspace="Third")
            pairs = {
                vendor_browser: ("northside", "harbor"),
                other_browser: ("harbor", "northside"),
                third: ("northside", "northside"),
            }
            for _ in range(ROUNDS):
                made = [(shop, await attempt(shop, *pair)) for shop, pair in pairs.items()]
                answers = await asyncio.gather(*(_confirm(shop, each) for shop, each in made))
                assert {each.status_code for each in answers} <= {201, 409}
                links, claims = await _active(database_urls)
                assert (links, claims) in {(1, 2), (2, 4)}
                assert links == sum(each.status_code == 201 for each in answers)
                for shop in pairs:
                    await shop.effect("DELETE", "/v1/link")

    async def test_of_linking_and_unlinking_leaves_claims_and_links_equal(
        self, vendor_browser: Browser, other_browser: Browser, database_urls: TestDatabase
    ) -> None:
        for _ in range(ROUNDS):
            made = [(shop, await attempt(shop)) for shop in (vendor_browser, other_browser)]
            await asyncio.gather(
                *(_confirm(shop, each) for shop, each in made),
                *(shop.effect("DELETE", "/v1/link") for shop, _ in made),
            )
            links, claims = await _active(database_urls)
            assert claims == 2 * links
            for shop, _ in made:
                await shop.effect("DELETE", "/v1/link")
