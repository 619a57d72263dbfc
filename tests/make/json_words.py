"""Puts a word into every text inside JSON that a workspace keeps; `words.py` does the same for columns of text."""

import json
import re
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

import asyncpg
from pydantic import TypeAdapter

from api.connectors.store_platform import OrderSnapshot
from api.core.operations import OperationProblem
from api.invoices.rules.steps import Difference
from api.invoices.rules.wanted import InvoiceTerms, WantedInvoice
from api.invoices.schemas.reading import PushProblem
from api.orders.schemas import OrderFacts, OrderLine
from api.sync.schemas import ReconciliationFinding, SyncProblem
from tests.make.words import CLOSED, OF_PEOPLE, READY_JSON

# What the code reads a column as. Texts, lists and objects that the story left empty are made by it: a member that
# is added to one of these types has its word without a line here. Other columns are filled as they stand.
SHAPES: Final[dict[str, Any]] = {
    "invoice.differences": list[Difference],
    "invoice.push_problem": PushProblem,
    "invoice.terms": InvoiceTerms,
    "invoice_revision.wanted": WantedInvoice,
    "operation.problem": OperationProblem,
    "order_copy.snapshot": OrderSnapshot,
    "order_document.lines": list[OrderLine],
    "order_document.summary": OrderFacts,
    "order_version.snapshot": OrderSnapshot,
    "reconciliation.findings": list[ReconciliationFinding],
    "reconciliation.problem": SyncProblem,
    "sync_run.problem": SyncProblem,
}
# Columns without a type of their own that stay empty in the story: the shape their one writer gives them.
EXAMPLES: Final[dict[str, Any]] = {
    "line_item.inksoft": [{"texts": ["waiting for Bob"], "pieces": 2}],
}
# What a constraint asks of the row that has such a value.
ALSO: Final = {"operation.problem": ", status = 'needs_you', finished_at = NULL"}
# Members whose texts are a closed set of words, an id, a code, a sign-in that has to work, or too short for a word, beside
# those of columns. The maps' free texts are their keys: whoever chooses them in the story puts the word there.
CLOSED_MEMBERS: Final = CLOSED | {
    "about_id", "access", "content_hash", "enabled_sizes", "method_map", "order_number_prefix", "proposal_id",
    "purchasing_map", "selected_store_ids", "size_code", "size_map", "sizes", "store_external_id", "store_uri",
    "time_zone", "type_of_work_id", "unique_id", "user_email",
}  # fmt: skip
_OURS: Final = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?"
)
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_COLUMNS: Final = """
SELECT c.table_name || '.' || c.column_name AS place, c.table_name AS table, c.column_name AS column, c.udt_name AS type,
       EXISTS (SELECT FROM information_schema.columns w WHERE w.table_schema = 'public'
               AND w.table_name = c.table_name AND w.column_name = 'workspace_id') AS has_workspace
FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
  AND (c.udt_name IN ('json', 'jsonb') OR c.table_name || '.' || c.column_name = ANY ($1))
ORDER BY place
"""


def word_of(word: str, place: str) -> str:
    """What stands in every text of this column: whoever finds it knows where it came from."""
    return f"{word}.{place}"


async def fill_json_with_words(admin_url: str, workspace_id: str, word: str) -> dict[str, int]:
    """Put a word into every free text inside the workspace's JSON; how many texts that were, by `table.column`.

    As a superuser and past triggers, as `fill_with_words`. A value keeps its shape: what read it before reads it still.
    """
    admin = await asyncpg.connect(admin_url)
    try:
        await admin.execute("SET session_replication_role = replica")
        found: dict[str, int] = {}
        for row in await admin.fetch(_COLUMNS, sorted(READY_JSON)):
            found[row["place"]] = await _fill_column(admin, row, UUID(workspace_id), word)
        return found
    finally:
        await admin.close()


async def _fill_column(admin: asyncpg.Connection, row: Any, workspace_id: UUID, word: str) -> int:
    place, column, table = row["place"], f'"{row["column"]}"', f'"{row["table"]}"'
    where = "workspace_id = $1" if row["has_workspace"] else OF_PEOPLE.get(row["table"])
    assert where, f"{place}: say in tests/make/words.py whose rows these are"
    planter = Planter(word_of(word, place), _schema(place))
    cast = "jsonb" if row["type"].startswith("json") else "text"
    # A summary is kept without its braces, ready to be put between others.
    bare = place == "order_document.summary"
    rows = f"SELECT ctid::text, {column}::text FROM {table} WHERE {where}"  # noqa: S608 - names of the catalogue
    for at, kept in await admin.fetch(rows, workspace_id):
        value = json.loads(f"{{{kept}}}" if bare else kept or "null")
        filled = json.dumps(planter.fill(value or EXAMPLES.get(place), planter.schema), ensure_ascii=False)
        if filled != "null":
            await admin.execute(
                f"UPDATE {table} SET {column} = $1::{cast}{ALSO.get(place, '')} WHERE ctid = $2::text::tid",  # noqa: S608 - as above
                filled[1:-1] if bare else filled, at,
            )  # fmt: skip
    return planter.planted


def _schema(place: str) -> dict[str, Any]:
    return TypeAdapter(SHAPES[place]).json_schema(mode="serialization") if place in SHAPES else {}


@dataclass(slots=True)
class Planter:
    """Fills values by the JSON schema of their type; without one (`{}`) as they stand."""

    word: str
    schema: dict[str, Any]
    planted: int = 0

    def fill(self, value: Any, schema: dict[str, Any], name: str = "") -> Any:
        """The value with the word in every free text; what is missing or empty in it is made by the schema."""
        schema = self._resolve(schema)
        if name in CLOSED_MEMBERS and value is not None:
            return value
        if isinstance(value, dict) or schema.get("properties"):
            members = {**dict.fromkeys(schema.get("properties", ())), **(value or {})}
            of = schema.get("properties", {})
            return {key: self.fill(each, of.get(key, {}), key) for key, each in members.items()}
        if isinstance(value, list) or schema.get("type") == "array":
            return self._fill_list(value or [], schema, name)
        if value is None or isinstance(value, str):
            return self._fill_text(value, schema, name)
        return value

    def _fill_list(self, value: list[Any], schema: dict[str, Any], name: str) -> list[Any]:
        if "prefixItems" in schema:
            kinds = schema["prefixItems"]
            return [
                self.fill(each, kind, name)
                for each, kind in zip(value or [None] * len(kinds), kinds, strict=True)
            ]
        items = schema.get("items", {})
        return [
            self.fill(each, items, name)
            for each in value or ([None] if items and name not in CLOSED_MEMBERS else [])
        ]

    def _fill_text(self, value: str | None, schema: dict[str, Any], name: str) -> Any:
        kind = schema.get("type", "string" if value is not None else "")
        if value is None and kind != "string":
            return {"integer": 1, "number": 1, "boolean": False}.get(kind)
        if (
            name in CLOSED_MEMBERS
            or set(schema) & {"enum", "const", "format"}
            or _OURS.fullmatch(value or "")
        ):
            return _made(schema, name) if value is None else value
        self.planted += 1
        if _EMAIL.fullmatch(value or ""):
            return f"{self.word}.{value}"
        return f"{value or ''} {self.word}".strip()

    def _resolve(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Past references, and past the null of what may be missing."""
        while "$ref" in schema or "anyOf" in schema:
            if "$ref" in schema:
                schema = self.schema["$defs"][schema["$ref"].rpartition("/")[2]]
            else:
                schema = next(each for each in schema["anyOf"] if each.get("type") != "null")
        return schema


def _made(schema: dict[str, Any], name: str) -> Any:
    """A value for a closed text that is missing."""
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [""])[0])
    samples = {"uuid": str(uuid4()), "date": "2026-11-20", "date-time": "2026-11-20T12:00:00Z"}
    return samples.get(schema.get("format", ""), f"a-{name}")
