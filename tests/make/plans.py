"""How PostgreSQL finds what a request asks for: its own statements, explained and run under row-level security."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

import asyncpg
from sqlalchemy import event

from api.core.db import Database
from tests.make.browser import Browser
from tests.make.database import TestDatabase

if TYPE_CHECKING:
    from tests.stores.conftest import Shop

# A statement that was prepared long ago, and one that is planned for its parameters.
Mode = Literal["force_generic_plan", "force_custom_plan"]
MODES: tuple[Mode, ...] = ("force_generic_plan", "force_custom_plan")
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Explainer:
    """Asks as one browser; explains in the transaction that the app itself would open."""

    browser: Browser
    database: Database
    workspace_id: UUID
    app: Any

    async def plans(self, path: str, about: str, mode: Mode, **params: Any) -> list[list[Node]]:
        """The nodes of each statement of this GET that names the table `about`, run with its own parameters."""
        with self._statements(about) as sent:
            answer = await self.browser.get(path, **params)
            assert answer.status_code == 200, answer.text
        assert sent, f"no statement of {path} names {about}"
        return [await self._explain(statement, values, mode) for statement, values in sent]

    @contextmanager
    def _statements(self, about: str) -> Iterator[list[tuple[str, tuple[Any, ...]]]]:
        engine = self.app.state.database.engine.sync_engine
        sent: list[tuple[str, tuple[Any, ...]]] = []

        def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            if about in statement:
                sent.append((statement, tuple(parameters)))

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(engine, "before_cursor_execute", note)

    async def _explain(self, statement: str, values: tuple[Any, ...], mode: Mode) -> list[Node]:
        async with self.database.transaction(self.workspace_id) as session:
            raw = (await (await session.connection()).get_raw_connection()).driver_connection
            assert raw is not None
            assert await raw.fetchval("SELECT row_security_active('store_order')"), (
                "explained past the policies"
            )
            await raw.execute(f"SET LOCAL plan_cache_mode = {mode}")
            await raw.execute(f"PREPARE explained AS {statement}")
            given = ", ".join(_literal(value) for value in values)
            (row,) = await raw.fetch(f"EXPLAIN (FORMAT JSON, ANALYZE, TIMING OFF) EXECUTE explained({given})")
            await raw.execute("DEALLOCATE explained")
        return list(_nodes(row["QUERY PLAN"][0]["Plan"]))


async def fill(urls: TestDatabase, shop: "Shop", script: str, *, analyze: Iterable[str]) -> Explainer:
    """Explains as this shop, after `script` (SQL; `:shop` is the shop) has made its rows and those of others.

    The others' workspaces do not exist, which no constraint is asked about: nothing of theirs is ever shown.
    """
    admin = await asyncpg.connect(urls.admin)
    try:
        async with admin.transaction():
            await admin.execute("SET LOCAL session_replication_role = replica")
            await admin.execute(script.replace(":shop", f"'{shop.id}'"))
        await admin.execute(f"ANALYZE {', '.join(analyze)}")
    finally:
        await admin.close()
    return Explainer(shop.browser, shop.database, shop.id, shop.app)


def rows_read(nodes: list[Node], index: str) -> int:
    """Rows that the scans of this index gave up or threw away; fails when the plan does not use it."""
    scans = [node for node in nodes if node.get("Index Name") == index]
    assert scans, f"{index} is not used"
    return sum(_rows(scan) for scan in scans)


def rows_of(nodes: list[Node], table: str) -> int:
    """Rows of this table that the plan reads, thrown away or not."""
    return sum(_rows(node) for node in nodes if node.get("Relation Name") == table)


def tables(nodes: list[Node]) -> set[str]:
    """Every table that the plan touches."""
    return {node["Relation Name"] for node in nodes if "Relation Name" in node}


def read_whole(nodes: list[Node]) -> set[str]:
    """Tables that are read from end to end."""
    return {node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"}


def _rows(node: Node) -> int:
    a_loop: float = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    loops: int = node["Actual Loops"]
    return round(a_loop * loops)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, list | tuple):
        value = "{" + ", ".join(f'"{each}"' for each in value) + "}"
    shown = value.isoformat() if isinstance(value, date | datetime) else str(value)
    return "'" + shown.replace("'", "''") + "'"
