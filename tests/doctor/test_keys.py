"""What the doctor says of the keys: those that are missing, those that were exchanged, and how far it looked."""

import base64
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from api.connectors.registry import Toolbox
from api.core.clock import SystemClock
from api.core.config import Settings
from api.core.db import Database
from api.doctor.examination import check_databases
from api.doctor.findings import Finding
from api.doctor.keys import check_keys
from api.linking.actions.health import mark_needs_reauth
from api.linking.queries import get_active_link
from tests.make.browser import Browser
from tests.make.linking import link

ANOTHER = base64.b64encode(b"another-master-key-of-32-bytes!!").decode()


async def look(settings: Settings) -> dict[str, Finding]:
    """The database's findings by key."""
    return {found.key: found for found in await check_databases(settings, SystemClock())}


def wrong_ones(found: dict[str, Finding]) -> list[str]:
    return [key for key, one in found.items() if one.level == "wrong"]


class TestTheSealingKeys:
    @pytest.mark.rule("I13")
    async def test_that_are_others_say_which_is_missing(
        self, vendor_browser: Browser, vendor_settings: Settings
    ) -> None:
        await link(vendor_browser)
        assert (await look(vendor_settings))["keys"].sentence == "2 stored credentials open."
        changed = vendor_settings.model_copy(update={"platen_master_keys": SecretStr(f"other:{ANOTHER}")})
        found = await look(changed)
        assert wrong_ones(found) == ["keys"]
        assert (
            found["keys"].sentence
            == "Stored credentials cannot be opened: master key test is not configured."
        )
        both = SecretStr(f"other:{ANOTHER},{vendor_settings.platen_master_keys.get_secret_value()}")
        with_both = vendor_settings.model_copy(update={"platen_master_keys": both})
        assert (await look(with_both))["keys"].level == "ok"
        assert (await look(vendor_settings))["keys"].level == "ok", "examining must write nothing"

    @pytest.mark.rule("I13")
    async def test_are_tried_also_where_no_work_is_due(
        self, vendor_browser: Browser, vendor_settings: Settings, tools: Toolbox
    ) -> None:
        """A link that waits for a sign-in has no work; neither has an account that was never linked."""
        await link(vendor_browser)
        workspace = UUID(vendor_browser.workspace_id)
        async with tools.database.transaction(workspace) as session:
            seen = await get_active_link(session, workspace)
            await mark_needs_reauth(session, workspace, "printavo", seen=seen, now=tools.clock.now())
            await session.execute(text("DELETE FROM workspace_work"))
        assert (await look(vendor_settings))["keys"].sentence == "2 stored credentials open."
        changed = vendor_settings.model_copy(update={"platen_master_keys": SecretStr(f"other:{ANOTHER}")})
        assert wrong_ones(await look(changed)) == ["keys"]


class TestTheHashKey:
    async def test_that_was_exchanged_is_noticed(
        self, vendor_browser: Browser, vendor_settings: Settings
    ) -> None:
        nothing = (await look(vendor_settings))["hash_key"]
        assert (nothing.level, nothing.sentence) == (
            "ok",
            "No account is linked that PLATEN_HMAC_KEY could be tried on.",
        )
        await link(vendor_browser)
        known = (await look(vendor_settings))["hash_key"]
        assert (known.level, known.sentence) == ("ok", "2 linked accounts are recognised.")
        changed = vendor_settings.model_copy(
            update={"platen_hmac_key": SecretStr("another-hmac-key-of-more-than-32-characters")}
        )
        found = await look(changed)
        assert wrong_ones(found) == ["hash_key"]
        told = found["hash_key"]
        assert told.sentence.startswith("PLATEN_HMAC_KEY is not the key that 2 linked accounts were recorded")
        assert "API keys" in told.sentence
        assert "another-hmac" not in told.sentence + told.cure


class TestASample:
    async def test_is_admitted(self, vendor_browser: Browser, tools: Toolbox, database: Database) -> None:
        await link(vendor_browser)
        for name in ("Second Street Shirts", "Third Street Shirts"):
            made = await vendor_browser.send("POST", "/v1/workspaces", {"name": name})
            assert made.status_code == 201, made.text
        whole = await check_keys(database, tools.sealer, tools.hashes, most=3)
        assert [one.sentence for one in whole] == [
            "2 stored credentials open.",
            "2 linked accounts are recognised.",
        ]
        some = await check_keys(database, tools.sealer, tools.hashes, most=2)
        assert [one.sentence for one in some] == [
            "2 stored credentials open. Only the first 2 workspaces were looked at.",
            "2 linked accounts are recognised. Only the first 2 workspaces were looked at.",
        ]
