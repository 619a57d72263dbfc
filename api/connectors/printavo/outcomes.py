"""Sorts what came back over HTTP into the data asked for or one of the five vendor errors. No secret gets into an error."""

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Final

from api.connectors.answers import read_pause, redact
from api.connectors.printavo.documents import Document
from api.connectors.printavo.refusals import speaks_of_a_plan, topic
from api.connectors.vendor_errors import LinkBroken, Refused, SlowDown, Unexpected, Unreachable, VendorError
from api.core.http import Answer, HttpFailure

_LONGEST_PAUSE: Final = 600.0
_READ_AT_MOST: Final = 20_000
_MARKUP: Final = re.compile(r"<[^>]{0,500}>")
_JSON_TYPES: Final = frozenset({"application/json", "application/graphql-response+json"})


def sort_failure(failure: HttpFailure) -> VendorError:
    """No whole answer came: what cannot have arrived was not applied."""
    return Unreachable("printavo", failure.kind, applied="no" if failure.sent == "no" else "unknown")


def sort_answer(
    answer: Answer, document: Document, *, secrets: Sequence[str], atomic: bool = True
) -> dict[str, Any]:
    """The `data` of a whole success, numbers as int and Decimal. Raises one of the five vendor errors for anything else.

    `atomic` says that the document does one thing, so that an error about its field means that nothing was done. Whether
    Printavo's batches are all-or-nothing is not published.
    """
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise SlowDown(
            "printavo", "too many requests", retry_after=read_pause(answer, longest=_LONGEST_PAUSE)
        )
    body = _read(answer)
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN):
        raise _sort_closed_door(answer, body)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or body is None:
        raise Unreachable("printavo", f"status {answer.status}" + ("" if body else " without JSON"))
    errors, data = body.get("errors"), body.get("data")
    if errors:
        raise _sort_errors(errors, data, document, secrets=secrets, atomic=atomic)
    if (
        answer.status >= HTTPStatus.MULTIPLE_CHOICES
        or not isinstance(data, dict)
        or not data.keys() >= set(document.fields)
    ):
        raise Unexpected("printavo", f"status {answer.status} without data")
    return data


def _read(answer: Answer) -> dict[str, Any] | None:
    """The JSON object of the body; None for HTML, for half an answer and for any other JSON."""
    if answer.content_type not in _JSON_TYPES:
        return None
    try:
        body = json.loads(answer.body, parse_float=Decimal)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _sort_closed_door(answer: Answer, body: dict[str, Any] | None) -> VendorError:
    """401, 402 and 403: the plan where the text speaks of it, else the credentials."""
    text = " ".join(_MARKUP.sub(" ", answer.body[:_READ_AT_MOST].decode("utf-8", "replace")).split())
    if answer.status == HTTPStatus.PAYMENT_REQUIRED or speaks_of_a_plan(text):
        return _broken_by_plan()
    if answer.status == HTTPStatus.FORBIDDEN and answer.content_type == "text/html" and body is None:
        # A firewall's page, which another token would not open; the API itself answers in JSON.
        return Unreachable("printavo", "forbidden by something in front of the API", applied="no")
    return LinkBroken("printavo", "the credentials were not accepted")


def _sort_errors(
    errors: Any, data: Any, document: Document, *, secrets: Sequence[str], atomic: bool
) -> VendorError:
    """`errors` beside or instead of `data`. Only what is known not to have run, or to have failed whole, is a refusal."""
    if not isinstance(errors, list) or not all(isinstance(error, dict) for error in errors):
        return Unexpected("printavo", "errors in an unknown form")
    messages = [str(error.get("message", "")) for error in errors]
    topics = {topic(message) for message in messages}
    nothing = data is None or (isinstance(data, dict) and all(value is None for value in data.values()))
    if nothing and "plan" in topics:
        return _broken_by_plan()
    if nothing and "credentials" in topics:
        return LinkBroken("printavo", "the credentials were not accepted")
    detail = redact("; ".join(messages), secrets)
    if "passing" in topics:
        return Unreachable("printavo", detail)
    # A document that was not even begun is answered without data; the field of one that ran is there, and null.
    paths = [[field] for field in document.fields]
    not_begun = data is None and topics == {"document"}
    failed_whole = nothing and all(error.get("path") in paths for error in errors)
    if not_begun or (failed_whole and (atomic or not document.is_write)):
        return Refused("printavo", detail)
    return Unexpected("printavo", detail)


def _broken_by_plan() -> LinkBroken:
    return LinkBroken("printavo", "the plan does not include the API", reason="plan")
