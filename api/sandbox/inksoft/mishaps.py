"""InkSoft's own faults: answers that arrive well-formed and say something wrong."""

from typing import Any

from api.sandbox.inksoft.wire.envelope import Problem

# Whether the call is carried out before its answer is spoiled.
KINDS: dict[str, bool] = {
    "empty_page": True,
    "duplicate_rows": True,
    "missing_rows": True,
    "schema_drift": True,
    "partial_data": True,
    "timeout_error": True,
    "ok_false_200": False,
}
PARAMS = {"field": str, "times": int}
_TIMEOUT = "Execution Timeout Expired. The timeout period elapsed prior to completion of the operation."


def problem_of(kind: str) -> Problem | None:
    """The failure that a mishap answers with, or None when it distorts a success instead."""
    match kind:
        case "timeout_error":
            return Problem("InternalServerError", _TIMEOUT)
        case "ok_false_200":
            return Problem("InternalServerError", "An error has occurred", http=200)
        case _:
            return None


def distort(envelope: dict[str, Any], kind: str, field: str) -> dict[str, Any]:
    """The envelope of a success after a mishap; ``field`` is what schema drift renames."""
    data = envelope["Data"]
    match kind:
        case "empty_page":
            return _with_rows(envelope, []) if isinstance(data, list) else {**envelope, "Data": None}
        case "duplicate_rows" if isinstance(data, list):
            return _with_rows(envelope, [row for row in data for _ in range(2)])
        case "missing_rows" if isinstance(data, list):
            return _with_rows(envelope, data[::2])
        case "schema_drift":
            return {**envelope, "Data": _renamed(data, field)}
        case "partial_data":
            return {**envelope, "Data": _holey(data)}
        case _:
            return envelope


def _with_rows(envelope: dict[str, Any], rows: list[Any]) -> dict[str, Any]:
    page = envelope["Pagination"]
    return {**envelope, "Data": rows, "Pagination": page and {**page, "IncludedResults": len(rows)}}


def _renamed(data: Any, field: str) -> Any:
    if isinstance(data, list):
        return [_renamed(row, field) for row in data]
    if isinstance(data, dict):
        return {f"{key}V2" if key == field else key: _renamed(value, field) for key, value in data.items()}
    return data


def _holey(data: Any) -> Any:
    """Every second row of a list has lost its contents; of an object, its lists are null."""
    if isinstance(data, list):
        return [
            {key: row[key] if key == "ID" else None for key in row} if number % 2 else row
            for number, row in enumerate(data)
        ]
    if isinstance(data, dict):
        return {key: None if isinstance(value, list) else value for key, value in data.items()}
    return data
