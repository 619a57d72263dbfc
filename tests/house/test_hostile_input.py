"""Hostile input on every field of every operation is a declared 4xx, never a 5xx; nothing is echoed back."""

import copy
import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from api.contract import build
from api.linking.queries.credentials import secret_place
from tests.make.browser import Browser
from tests.make.orders import make_link

DOCUMENT = build()
OPERATIONS = [
    (method, path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
# Ending the session would end the test.
SKIPPED = {"sign_out"}
# Moments that have a place in no calendar once they are told in UTC, and the one that the database calls infinity.
NEVER = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59.999999Z")
VALUES: list[Any] = [
    None, True, 0, -1, 2**31, 2**63, 10**400, 1.5, "", " ", "\u0000", "a\u0007b", "'; DROP TABLE store_order; --", "a" * 5000,
    "\u202egnirts", "😀" * 300, "../../etc/passwd", "http://127.0.0.1:9/", "{store.__class__}", "%s%n", [], {}, [[]], ["x"] * 300,
    {"$ne": 1}, "00000000-0000-0000-0000-000000000000", "2026-13-45", "NaN", *NEVER,
]  # fmt: skip
CANARY = "canary-7f3a-hostile"


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        found: dict[str, Any] = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        return found
    return schema


def example_body(operation: dict[str, Any]) -> dict[str, Any] | None:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return None
    examples = resolve(content["schema"]).get("examples")
    assert examples, f"{operation['operationId']}: its body has no example"
    found: dict[str, Any] = examples[0]
    return found


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every member and element of a body, and the body itself."""
    yield path
    if isinstance(value, dict):
        for name, child in value.items():
            yield from places(child, (*path, name))
    elif isinstance(value, list):
        for index, child in enumerate(value[:1]):
            yield from places(child, (*path, index))


def with_value(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    changed = copy.deepcopy(body)
    target = changed
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return changed


def requests_of(path: str, operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """(path, query, body) of every hostile request to one operation."""
    plain = re.sub(r"\{\w+\}", str(uuid4()), path)
    body = example_body(operation)
    for value in ("x", "%00", "..%2f..", "0", "é", "9" * 400):
        if "{" in path:
            yield re.sub(r"\{\w+\}", value, path), {}, body
    required = {
        one["name"]: str(uuid4())
        for one in operation.get("parameters", [])
        if one["in"] == "query" and one.get("required")
    }
    for one in operation.get("parameters", []):
        if one["in"] == "query":
            for value in ("", "\x00", "-1", "9" * 30, "a" * 2000, "'; --", CANARY, "%", "\\", "_", *NEVER):
                yield plain, {**required, one["name"]: value}, body
    yield plain, {**required, CANARY: "1"}, body
    if body is not None:
        for place in places(body):
            for value in (*VALUES, *NEVER):
                if not (place and place[-1] == "password" and isinstance(value, str) and len(value) >= 10):
                    yield plain, required, with_value(body, place, value)
        yield plain, required, {**body, CANARY: 1}


async def link(app: Any, workspace_id: UUID) -> None:
    """Without one most operations say so before they look at what was sent. Neither vendor is there to answer."""
    await make_link(app.state.database, workspace_id)
    details = {
        "access": "api_key",
        "store_uri": "shop",
        "is_main_store": True,
        "user_email": "office@shop.example",
        "time_zone": "UTC",
    }
    async with app.state.database.transaction(workspace_id) as session:
        for connection_id in (await session.execute(text("SELECT id FROM connection"))).scalars().all():
            sealed = await app.state.tools.sealer.seal(
                session, secret_place(workspace_id, connection_id), "a key"
            )
            await session.execute(
                text(
                    "UPDATE connection SET sealed = :sealed, details = CAST(:details AS jsonb) WHERE id = :id"
                ),
                {"id": connection_id, "sealed": sealed, "details": json.dumps(details)},
            )


@pytest.mark.parametrize(
    ("method", "path", "operation"),
    OPERATIONS,
    ids=[operation["operationId"] for _, _, operation in OPERATIONS],
)
async def test_is_refused_as_declared(
    app: Any, browser: Browser, method: str, path: str, operation: dict[str, Any]
) -> None:
    if operation["operationId"] in SKIPPED:
        pytest.skip("ending the session would end the test")
    await link(app, UUID(browser.workspace_id))
    declared = {int(status) for status in operation["responses"]}
    seen = 0
    for where, query, body in requests_of(path, operation):
        headers = {
            "Idempotency-Key": uuid4().hex,
            "If-Match": '"v0"',
            "Platen-Workspace": browser.workspace_id,
        }
        content = None if body is None else dumps(body)
        if content is not None:
            headers["Content-Type"] = "application/json"
        answer = await browser.http.request(
            method.upper(), where, params=query, content=content, headers=headers
        )
        seen += 1
        about = f"{method} {where} {query} {body!r:.300} → {answer.status_code} {answer.text[:300]}"
        assert answer.status_code in declared | {404, 405}, about
        assert answer.status_code not in {500, 502}, about
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json", about
            assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert seen > 0


def dumps(body: Any) -> bytes:
    """As a hostile client writes it: huge numbers and all."""
    return json.dumps(body).encode()
