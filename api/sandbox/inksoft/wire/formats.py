"""Bodies: JSON with Pascal-case keys, JSON with camel-case keys, XML for those who forget the Format parameter."""

from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import orjson
from starlette.responses import Response


def write(envelope: dict[str, Any], format_name: str | None, status: int) -> Response:
    """The envelope in the wanted format; anything but the two JSON names means XML."""
    match (format_name or "").lower():
        case "json":
            return Response(orjson.dumps(envelope), status, media_type="application/json; charset=utf-8")
        case "jsoncamelcase":
            return Response(
                orjson.dumps(camel(envelope)), status, media_type="application/json; charset=utf-8"
            )
        case _:
            body = f'<?xml version="1.0" encoding="utf-8"?>{_xml("ApiResponse", envelope)}'
            return Response(body, status, media_type="text/xml; charset=utf-8")


def camel(value: Any) -> Any:
    """The same value with camel-case keys all the way down."""
    if isinstance(value, dict):
        return {camel_key(key): camel(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [camel(inner) for inner in value]
    return value


@cache
def camel_key(key: str) -> str:
    """As .NET serializers do it: ``ID`` → ``id``, ``POBox`` → ``poBox``, ``StoreId`` → ``storeId``."""
    letters = list(key)
    for index, letter in enumerate(letters):
        next_is_lower = index + 1 < len(letters) and not letters[index + 1].isupper()
        if not letter.isupper() or (index > 0 and next_is_lower):
            break
        letters[index] = letter.lower()
    return "".join(letters)


def _xml(name: str, value: Any) -> str:
    if value is None:
        return f"<{name} />"
    if isinstance(value, dict):
        inner = "".join(_xml(_tag(key), part) for key, part in value.items())
    elif isinstance(value, list):
        inner = "".join(_xml("Item", part) for part in value)
    elif isinstance(value, bool):
        inner = "true" if value else "false"
    else:
        inner = escape(str(value))
    return f"<{name}>{inner}</{name}>"


def _tag(key: str) -> str:
    """Free dictionaries have keys that no tag can carry."""
    return key if key.isidentifier() else "Entry"
