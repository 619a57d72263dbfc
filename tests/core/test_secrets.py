"""Sealed secrets open only in their place, and survive the rotation of the master keys (I13)."""

import os
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from api.core.db import Database
from api.core.secrets import CannotUnsealError, Place, Sealer

SECRET = "canary-7f3a-token"
OLD, NEW = os.urandom(32), os.urandom(32)


@pytest.fixture
def database(app: FastAPI) -> Database:
    """The app role's database."""
    made: Database = app.state.database
    return made


@pytest.mark.rule("I13")
class TestASealedSecret:
    async def test_opens_in_its_place(self, database: Database) -> None:
        place = Place(uuid4(), "connection", uuid4(), "sealed")
        async with database.transaction(place.workspace_id) as session:
            sealed = await Sealer({"a": OLD}).seal(session, place, SECRET)
            assert SECRET.encode() not in sealed
            assert await Sealer({"a": OLD}).unseal(session, place, sealed) == SECRET

    @pytest.mark.parametrize("part", ["workspace_id", "table", "row_id", "column"])
    async def test_does_not_open_anywhere_else(self, database: Database, part: str) -> None:
        place = Place(uuid4(), "connection", uuid4(), "sealed")
        parts = {
            "workspace_id": place.workspace_id,
            "table": "connection",
            "row_id": place.row_id,
            "column": "sealed",
        }
        moved = Place(**{**parts, part: "other" if part in {"table", "column"} else uuid4()})  # type: ignore[arg-type] # mixed on purpose
        async with database.transaction(place.workspace_id) as session:
            sealer = Sealer({"a": OLD})
            sealed = await sealer.seal(session, place, SECRET)
            with pytest.raises(CannotUnsealError):
                await sealer.unseal(session, moved, sealed)

    async def test_does_not_open_when_a_bit_was_changed(self, database: Database) -> None:
        place = Place(uuid4(), "connection", uuid4(), "sealed")
        async with database.transaction(place.workspace_id) as session:
            sealer = Sealer({"a": OLD})
            sealed = bytearray(await sealer.seal(session, place, SECRET))
            for position in (0, 5, 20, len(sealed) - 1):
                broken = (
                    bytes(sealed[:position]) + bytes([sealed[position] ^ 1]) + bytes(sealed[position + 1 :])
                )
                with pytest.raises(CannotUnsealError):
                    await sealer.unseal(session, place, broken)


class TestRotation:
    async def test_old_secrets_open_under_the_new_key_and_the_old_key_can_go(
        self, database: Database
    ) -> None:
        place = Place(uuid4(), "connection", uuid4(), "sealed")
        async with database.transaction(place.workspace_id) as session:
            sealed = await Sealer({"old": OLD}).seal(session, place, SECRET)
            both = Sealer({"new": NEW, "old": OLD})
            assert await both.rewrap(session, place.workspace_id) == 1
            assert await both.rewrap(session, place.workspace_id) == 0
            assert await Sealer({"new": NEW}).unseal(session, place, sealed) == SECRET
            with pytest.raises(CannotUnsealError):
                await Sealer({"old": OLD}).unseal(session, place, sealed)
            names = await session.scalars(text("SELECT DISTINCT master_key_id FROM data_key"))
            assert list(names) == ["new"]

    async def test_happens_by_use_so_that_the_old_key_can_go(self, database: Database) -> None:
        place = Place(uuid4(), "connection", uuid4(), "sealed")
        async with database.transaction(place.workspace_id) as session:
            sealed = await Sealer({"old": OLD}).seal(session, place, SECRET)
            assert await Sealer({"new": NEW, "old": OLD}).unseal(session, place, sealed) == SECRET
            assert await Sealer({"new": NEW}).unseal(session, place, sealed) == SECRET
