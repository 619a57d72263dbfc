"""The HTTP door where something is amiss: addresses that no file can have, a database that went away."""

from pathlib import Path

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from api.core.asgi import Edge
from api.main import serve_frontend
from tests.make.browser import Browser
from tests.make.database import TestDatabase


class TestThePage:
    @pytest.mark.parametrize(
        "path", ["/%00", "/" + "a" * 300, "/assets/..%2f..%2f..%2fsecret", "/stores/..%00%2f"]
    )
    async def test_is_shown_for_any_address_that_is_no_file(self, tmp_path: Path, path: str) -> None:
        root = tmp_path / "dist"
        root.mkdir()
        (root / "index.html").write_text("the page")
        (tmp_path / "secret").write_text("not for anybody")
        app = FastAPI()
        serve_frontend(app, root)
        app.add_middleware(Edge, origins=frozenset())
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://platen.test"
        ) as http:
            answer = await http.get(path)
        assert (answer.status_code, answer.text) == (200, "the page")


class TestADatabaseThatWentAway:
    async def test_is_an_invitation_to_come_back(
        self, app: FastAPI, browser: Browser, database_urls: TestDatabase
    ) -> None:
        """A restart of the server cuts every connection of the pool; the next request is told, later ones go through."""
        del app
        admin = await asyncpg.connect(database_urls.admin)
        await admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'platen-api'"
        )
        await admin.close()
        answers = [await browser.get("/v1/me") for _ in range(3)]
        first = answers[0]
        assert (first.status_code, first.json()["code"], first.json()["retryable"]) == (503, "busy", True)
        assert [each.status_code for each in answers[1:]] == [200, 200]
