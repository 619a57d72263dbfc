"""Planned mishaps that only GraphQL knows: they answer 200, and are wrong."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from api.sandbox.faults import Fault
from api.sandbox.printavo.documents import Document
from api.sandbox.printavo.resolvers.caller import Caller

Execute = Callable[[], Awaitable[dict[str, Any]]]

# The kinds, and whether a write is applied first (``params.applied`` overrides it).
KINDS: Mapping[str, bool] = {
    "timeout_error": True,
    "unauthorized": False,
    "schema_drift": False,
    "empty_page": True,
    "partial_data": True,
    "bare_record": True,
}
PARAMS: Mapping[str, type] = {"field": str, "record": str}


async def befall(fault: Fault, document: Document, caller: Caller, execute: Execute) -> dict[str, Any]:
    """The body of the spoiled answer. ``partial_data`` takes the last root field away, after it was done;
    ``bare_record`` leaves nothing but its id of the record with this one (``params.record``), and other records whole.
    """
    caller.silent = caller.silent or fault.kind == "empty_page"
    applied = fault.params.get("applied", KINDS[fault.kind])
    body = await execute() if applied else {"data": None}
    root = "Mutation" if document.changes else "Query"
    match fault.kind:
        case "timeout_error":
            return {"data": None, "errors": [{"message": f"Timeout on {root}.{document.roots[0]}"}]}
        case "unauthorized":
            return {"data": None, "errors": [{"message": "Unauthorized"}]}
        case "schema_drift":
            field = fault.params.get("field", document.roots[-1])
            return {"errors": [{"message": f"Field '{field}' doesn't exist on type '{root}'"}]}
        case "partial_data":
            return _without_last(body)
        case "bare_record":
            return _bared(body, fault.params.get("record"))
        case _:
            return body


def _without_last(body: dict[str, Any]) -> dict[str, Any]:
    data = body.get("data")
    if not data:
        return body
    name = list(data)[-1]
    error = {"message": "Record could not be saved", "path": [name]}
    return {"data": {**data, name: None}, "errors": [*body.get("errors", []), error]}


def _bared(body: dict[str, Any], record_id: str | None) -> dict[str, Any]:
    """The body, with root records that lack what the schema promises: the one of this id, or all of them."""

    def bare(value: Any) -> Any:
        is_meant = isinstance(value, dict) and "id" in value and record_id in (None, value["id"])
        return {"id": value["id"]} if is_meant else value

    data = body.get("data")
    return {**body, "data": {name: bare(value) for name, value in data.items()}} if data else body
