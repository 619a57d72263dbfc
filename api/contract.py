"""Writes the contract: what FastAPI knows of the routes, cleaned so that every generator accepts it."""

import json
import re
from collections.abc import Iterator
from typing import Any

from fastapi.openapi.utils import get_openapi

from api.core.auth import COOKIE, Permission
from api.core.problems import MEDIA_TYPE
from api.core.schema import Wire
from api.permissions import PERMISSIONS
from api.rooms import ROUTERS

TAGS = {
    "Identity": "People, workspaces and signing in.",
    "Linking": "Connecting an InkSoft account with a Printavo account.",
    "Stores": "Online stores and which of them are shared.",
    "Orders": "The Order Manager and the order feed.",
    "Storefronts": "The shop side's overview of shared stores.",
    "Invoices": "Putting orders on invoices in the shop's books.",
    "Purchasing": "What both sides say of the goods, and Printavo's status of a line.",
    "Settings": "What a shop chooses once.",
    "Sync": "Reading orders from the store platform.",
    "Activity": "What happened, what is under way, and what waits for a person.",
}


def render() -> str:
    """The contract as text: sorted nowhere by chance, one line end, the same every time."""
    return json.dumps(build(), indent=1, ensure_ascii=False, sort_keys=False) + "\n"


def build() -> dict[str, Any]:
    """The contract as a document (OpenAPI 3.1.0)."""
    routes = [route for router in ROUTERS for route in router.routes]
    document = get_openapi(
        title="Platen",
        version="1.0.0",
        openapi_version="3.1.0",
        summary="Store orders on print-shop invoices.",
        routes=routes,
        tags=[{"name": name, "description": text} for name, text in TAGS.items()],
        servers=[{"url": "/"}],
    )
    components = document.setdefault("components", {})
    components["securitySchemes"] = {
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": COOKIE,
            "description": "The cookie of a signed-in browser. Unsafe methods also need an Origin of this service.",
        },
        "key": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "pk_live_…",
            "description": "An API key of one workspace. It runs the operations of its scopes, whatever anybody's role is.",
        },
    }
    for path in document["paths"].values():
        for operation in path.values():
            _clean(operation)
    document = _name_pages(document)
    components = document["components"]
    _restore_examples(components.get("schemas", {}))
    _drop_unused(components.get("schemas", {}), document)
    return document


def _clean(operation: dict[str, Any]) -> None:
    """Security, the workspace header, problems under their own media type; FastAPI's own 422 gives way to ours."""
    permission = PERMISSIONS[operation["operationId"]]
    operation["security"] = _ways_in(permission)
    if permission.kind == "workspace":
        operation.setdefault("parameters", []).append(
            {
                "name": "Platen-Workspace",
                "in": "header",
                "required": permission.scope is None,
                "description": "The workspace that is meant. With a session it must be sent; a key knows its own.",
                "schema": {"type": "string", "format": "uuid", "title": "Platen-Workspace"},
            }
        )
        if permission.scope is not None:
            operation["x-scope"] = permission.scope
        operation["x-least-role"] = permission.least_role
    for status, response in operation["responses"].items():
        if int(status) >= 400:  # noqa: PLR2004 - problems
            content = response.get("content", {})
            if "application/json" in content:
                response["content"] = {MEDIA_TYPE: content["application/json"]}


def _ways_in(permission: Permission) -> list[dict[str, list[str]]]:
    """A session or a key: either is enough. Where there is no scope, there is no way in for a key."""
    if permission.kind == "public":
        return []
    session: dict[str, list[str]] = {"session": []}
    return [session] if permission.scope is None else [session, {"key": [permission.scope]}]


def _name_pages(document: dict[str, Any]) -> dict[str, Any]:
    """`Page_StoreRead_` is what generics are called inside; a client says `StoreReadPage`."""
    renamed: dict[str, Any] = json.loads(re.sub(r'Page_(\w+?)_(?=")', r"\1Page", json.dumps(document)))
    for name, schema in renamed["components"]["schemas"].items():
        if name.endswith("Page"):
            schema.setdefault("description", "One page of a list; a cursor is null at its end of the list.")
    return renamed


def _restore_examples(schemas: dict[str, Any]) -> None:
    """FastAPI drops every null on its way; in an example a null is said on purpose, and a required member."""
    for model in _below(Wire):
        extra = model.model_config.get("json_schema_extra")
        if isinstance(extra, dict) and "examples" in schemas.get(model.__name__, {}):
            schemas[model.__name__]["examples"] = extra["examples"]


def _below(kind: type[Wire]) -> Iterator[type[Wire]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def _drop_unused(schemas: dict[str, Any], document: dict[str, Any]) -> None:
    """Components that nothing refers to (FastAPI's own validation error)."""
    while True:
        text = json.dumps(document)
        unused = [name for name in schemas if f'"#/components/schemas/{name}"' not in text]
        if not unused:
            return
        for name in unused:
            del schemas[name]
