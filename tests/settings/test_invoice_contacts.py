"""Who a store's invoices are made out to, over HTTP: chosen knowing who it was, and told with who it was."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.make.browser import Browser
from tests.make.orders import make_store
from tests.make.tabs import choose_contact

FALCONS = {"contact_id": "501", "contact_name": "Falcons Boosters"}
LIONS = {"contact_id": "502", "contact_name": "Lions Club"}


@pytest.fixture
async def path(browser: Browser, app: Any) -> str:
    """Where the contact of a store of this workspace is."""
    store = await make_store(app.state.database, UUID(browser.workspace_id), "Alder Team Store")
    return f"/v1/stores/{store}/invoice-contact"


@pytest.mark.rule("T9")
class TestAContact:
    async def test_is_chosen_for_a_store_of_ones_own_only(self, browser: Browser) -> None:
        path = "/v1/stores/0192f0c4-7a10-7000-8000-000000000009/invoice-contact"
        answer = await browser.send("PUT", path, FALCONS, headers={"If-Match": '"v0"'})
        assert answer.status_code == 404
        assert (await browser.get(path)).status_code == 404

    async def test_is_nobody_until_somebody_chooses(self, browser: Browser, path: str) -> None:
        seen = await browser.get(path)
        assert (seen.headers["ETag"], seen.json()["contact_id"]) == ('"v0"', None)
        chosen = await browser.send("PUT", path, FALCONS, headers={"If-Match": '"v0"'})
        assert (chosen.status_code, chosen.headers["ETag"]) == (200, '"v1"')
        kept = await browser.get(path)
        assert (kept.json(), kept.headers["ETag"]) == (chosen.json(), '"v1"')
        assert {**kept.json(), **FALCONS} == kept.json()

    async def test_is_never_overwritten_by_who_saw_another_one(self, browser: Browser, path: str) -> None:
        await choose_contact(browser, path.split("/")[3], *FALCONS.values())
        late = await browser.send("PUT", path, LIONS, headers={"If-Match": '"v0"'})
        assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
        assert (late.json()["current"], late.headers["ETag"]) == ((await browser.get(path)).json(), '"v1"')
        bare = await browser.send("PUT", path, LIONS)
        assert (bare.status_code, bare.json()["code"]) == (428, "precondition_required")
        assert (await browser.get(path)).json()["contact_id"] == "501"

    @pytest.mark.parametrize("version", [0, 1], ids=["the first choice", "a later one"])
    async def test_is_one_of_many_that_are_chosen_at_once(
        self, browser: Browser, path: str, version: int
    ) -> None:
        for _ in range(version):
            await choose_contact(browser, path.split("/")[3], *FALCONS.values())
        tag = {"If-Match": f'"v{version}"'}
        answers = await asyncio.gather(
            *(
                browser.send(
                    "PUT", path, {"contact_id": str(each), "contact_name": "Lions Club"}, headers=tag
                )
                for each in range(8)
            )
        )
        assert sorted(each.status_code for each in answers) == [200, *[412] * 7]
        won = next(each.json() for each in answers if each.status_code == 200)
        assert (await browser.get(path)).json() == won

    async def test_is_held_before_it_is_read(self, browser: Browser, app: Any, path: str) -> None:
        """Somebody else's choice is under way: this one waits, and is told that it comes too late."""
        await choose_contact(browser, path.split("/")[3], *FALCONS.values())
        async with app.state.database.transaction(UUID(browser.workspace_id)) as session:
            await session.execute(text("SELECT 1 FROM store_settings FOR UPDATE"))
            choice = browser.send("PUT", path, LIONS, headers={"If-Match": '"v1"'})
            waiting = asyncio.create_task(choice)
            await asyncio.wait([waiting], timeout=0.3)
            assert not waiting.done()
            await session.execute(text("UPDATE store_settings SET contact_id = '503', version = version + 1"))
        late = await waiting
        assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
        assert (await browser.get(path)).json()["contact_id"] == "503"

    @pytest.mark.rule("E1")
    async def test_is_told_with_the_one_before(self, browser: Browser, app: Any, path: str) -> None:
        for chosen in (FALCONS, LIONS):
            await choose_contact(browser, path.split("/")[3], *chosen.values())
        async with app.state.database.transaction(UUID(browser.workspace_id)) as session:
            told = text("SELECT data FROM event WHERE type = 'store.contact_chosen' ORDER BY id")
            data = list(await session.scalars(told))
        nobody = {"contact_id": None, "contact_name": None}
        assert data == [{**FALCONS, "before": nobody}, {**LIONS, "before": FALCONS}]
