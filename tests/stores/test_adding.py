"""Adding a store by its address, against the simulated platform over HTTP (S5)."""

from typing import Any

import pytest

from tests.make.browser import Browser
from tests.make.linking import link
from tests.make.sandboxes import Sandboxes


@pytest.fixture
async def linked(vendor_browser: Browser) -> Browser:
    await link(vendor_browser)
    return vendor_browser


@pytest.fixture
async def known(sandboxes: Sandboxes) -> dict[str, Any]:
    """A store of the linked account, as the platform knows it."""
    stores = await sandboxes.inksoft("GET", "/state/stores?account=northside")
    return next(store for store in stores if store["uri"] and store["uri"] != "northside_main")


async def add(browser: Browser, address: str) -> tuple[int, dict[str, Any]]:
    answer = await browser.effect("POST", "/v1/stores", {"store_uri": address})
    return answer.status_code, answer.json()


@pytest.mark.rule("S5")
class TestAddingAStore:
    async def test_by_its_pasted_address_lists_it_unshared(
        self, linked: Browser, known: dict[str, Any]
    ) -> None:
        status, store = await add(linked, f"https://stores.inksoft.com/{known['uri']}/shop/home")
        assert (status, store["name"], store["store_uri"]) == (201, known["name"], known["uri"])
        assert (store["external_id"], store["shared"]) == (str(known["store_id"]), False)
        listed = (await linked.get("/v1/stores")).json()["data"]
        assert [each["id"] for each in listed] == [store["id"]]

    async def test_twice_answers_with_the_store_that_is_there(
        self, linked: Browser, known: dict[str, Any]
    ) -> None:
        assert await add(linked, known["uri"]) == await add(linked, known["uri"])

    @pytest.mark.parametrize("address", ["nowhere", "https://stores.inksoft.com/", "../admin", "a?b=c"])
    async def test_that_the_platform_does_not_know_says_so(self, linked: Browser, address: str) -> None:
        status, problem = await add(linked, address)
        assert (status, problem["code"]) == (422, "store_not_found")

    async def test_of_another_account_is_refused_and_leaves_the_link_alone(self, linked: Browser) -> None:
        status, problem = await add(linked, "harbor_main")
        assert (status, problem["code"]) == (409, "store_of_another_account")
        assert (await linked.get("/v1/link")).json()["state"] == "linked"
        assert (await linked.get("/v1/stores")).json()["data"] == []

    @pytest.mark.rule("L6")
    async def test_with_revoked_credentials_says_so_once_for_all(
        self, linked: Browser, known: dict[str, Any], sandboxes: Sandboxes
    ) -> None:
        await sandboxes.inksoft("POST", "/revoke_key", {"account": "northside"})
        status, problem = await add(linked, known["uri"])
        assert (status, problem["code"], problem["side"]) == (409, "link_needs_reauth", "inksoft")
        assert (await linked.get("/v1/link")).json()["state"] == "needs_reauth"

    async def test_while_the_platform_is_down_can_be_repeated(
        self, linked: Browser, known: dict[str, Any], sandboxes: Sandboxes
    ) -> None:
        fault = {"match": {"method": "GetStoreData"}, "kind": "status_502_html", "times": 50}
        await sandboxes.inksoft("POST", "/faults", fault)
        status, problem = await add(linked, known["uri"])
        assert (status, problem["code"], problem["retryable"]) == (503, "partner_unavailable", True)
        await sandboxes.inksoft("DELETE", "/faults")
        assert (await add(linked, known["uri"]))[0] == 201

    async def test_needs_a_link(self, vendor_browser: Browser) -> None:
        status, problem = await add(vendor_browser, "northside_main")
        assert (status, problem["code"]) == (409, "not_linked")
