"""Sorts what came back over HTTP into an envelope or one of the five vendor errors. No secret gets into an error."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from api.connectors.answers import read_moment, read_pause, redact
from api.connectors.inksoft.refusals import Reason, blame, speaks_of_a_plan
from api.connectors.inksoft.wire.envelope import Envelope, NotJson, read_envelope
from api.connectors.inksoft.wire.lenient import Unreadable
from api.connectors.vendor_errors import LinkBroken, Refused, SlowDown, Unexpected, Unreachable, VendorError
from api.core.http import Answer, HttpFailure

_LONGEST_PAUSE: Final = 3600.0
_BLAMED: Final[dict[Reason, str]] = {
    "credentials": "the credentials were not accepted",
    "plan": "the plan does not include the API",
}


class TooLarge(Unreachable):
    """The answer passed the byte limit: asking for less at a time may help."""


def sort_failure(failure: HttpFailure) -> VendorError:
    """No whole answer came: what cannot have arrived was not applied."""
    kind = TooLarge if failure.kind == "AnswerTooLarge" else Unreachable
    return kind("inksoft", failure.kind, applied="no" if failure.sent == "no" else "unknown")


def sort_answer(answer: Answer, *, secrets: Sequence[str], keyed: bool) -> Envelope:
    """The envelope of a success. `keyed` says whether credentials went along, so whether they can be to blame.

    Raises one of the five vendor errors for everything else.
    """
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise SlowDown("inksoft", "too many requests", retry_after=read_pause(answer, longest=_LONGEST_PAUSE))
    if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
        raise SlowDown(
            "inksoft",
            "unavailable for a while",
            applied="unknown",
            retry_after=read_pause(answer, longest=_LONGEST_PAUSE),
        )
    try:
        envelope = read_envelope(answer.body)
    except NotJson:
        raise _sort_page(answer, keyed=keyed) from None
    except Unreadable as error:
        raise _sort_strange(answer, str(error), keyed=keyed) from None
    if envelope.ok and answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return envelope.model_copy(update={"told_at": read_moment(answer.headers.get("date", ""))})
    raise _sort_refusal(answer.status, envelope, secrets=secrets, keyed=keyed)


def _sort_refusal(status: int, envelope: Envelope, *, secrets: Sequence[str], keyed: bool) -> VendorError:
    word = envelope.status_code
    reason = blame(status, word, envelope.complaint)
    if reason == "plan" or (reason == "credentials" and keyed):
        return LinkBroken("inksoft", _BLAMED[reason], reason=reason)
    detail = redact(envelope.complaint, secrets) or redact(word, secrets) or f"status {status}"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or word.lower() == "internalservererror":
        return Unreachable("inksoft", detail)
    if status >= HTTPStatus.BAD_REQUEST or word.lower() in {"badrequest", "notfound"}:
        return Refused("inksoft", detail)
    return Unexpected("inksoft", detail)


def _sort_page(answer: Answer, *, keyed: bool) -> VendorError:
    """Not JSON: a page of the web server, of a proxy or of the admin site, XML, or half an answer."""
    status = answer.status
    text = answer.body.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if status < HTTPStatus.INTERNAL_SERVER_ERROR and speaks_of_a_plan(text):
        return LinkBroken("inksoft", _BLAMED["plan"], reason="plan")
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return _sort_bare_refusal(status, keyed=keyed)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return Unexpected("inksoft", "a redirect, which is not followed")
    if text.startswith("<?xml"):
        return Unexpected("inksoft", "XML instead of JSON")
    return Unreachable("inksoft", f"status {status} without JSON")


def _sort_bare_refusal(status: int, *, keyed: bool) -> VendorError:
    """A 4xx without an envelope, so without a reason."""
    if status == HTTPStatus.UNAUTHORIZED and keyed:
        return LinkBroken("inksoft", _BLAMED["credentials"], reason="credentials")
    if status == HTTPStatus.NOT_FOUND:
        return Refused("inksoft", "no such store or method")
    if status == HTTPStatus.FORBIDDEN:
        # A firewall's page, which a new key would not open; the API itself answers with an envelope.
        return Unreachable("inksoft", "forbidden by something in front of the API", applied="no")
    return Unexpected("inksoft", f"status {status} without an envelope", applied="no")


def _sort_strange(answer: Answer, problem: str, *, keyed: bool) -> VendorError:
    """JSON, but no envelope: at 5xx it is an outage, at 4xx a refusal, else a change of their format."""
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Unreachable("inksoft", f"status {answer.status}")
    if answer.status >= HTTPStatus.BAD_REQUEST:
        return _sort_bare_refusal(answer.status, keyed=keyed)
    return Unexpected("inksoft", problem)
