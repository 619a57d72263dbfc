"""Linking two accounts over HTTP, both sandboxes behind the app."""

import pytest

from tests.make.browser import Browser
from tests.make.linking import attempt, link


class TestAnAttempt:
    @pytest.mark.rule("L1")
    async def test_shows_both_accounts_by_name_and_links_nothing(self, vendor_browser: Browser) -> None:
        made = await attempt(vendor_browser)
        assert made["inksoft"]["external_id"] == "41001"
        assert made["printavo"]["account_name"] == "Northside Print Co"
        assert (made["inksoft"]["plan"], made["printavo"]["plan"]) == ("unlimited", "premium")
        assert made["linked_before"] is False
        assert (await vendor_browser.get(f"/v1/link/attempts/{made['id']}")).json() == made
        assert (await vendor_browser.get("/v1/link")).json()["state"] == "unlinked"
        assert (await vendor_browser.get("/v1/connections")).json() == []


class TestLinking:
    @pytest.mark.rule("L1")
    async def test_a_confirmation_links(self, vendor_browser: Browser) -> None:
        linked = await link(vendor_browser)
        assert linked["state"] == "linked"
        assert linked["health"]["ok"] is True
        answer = await vendor_browser.get("/v1/link")
        assert answer.json() == linked
        assert linked["linked_by"] == "Dana Reyes"
        assert [each["in_link"] for each in (await vendor_browser.get("/v1/connections")).json()] == [
            True,
            True,
        ]
