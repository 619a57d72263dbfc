"""Every way an answer can go wrong, sorted into the five vendor errors."""

import json
from typing import Any

import pytest

from api.connectors.answers import redact
from api.connectors.inksoft.outcomes import TooLarge, sort_answer, sort_failure
from api.connectors.vendor_errors import LinkBroken, Refused, SlowDown, Unexpected, Unreachable, VendorError
from api.core.http import Answer, HttpFailure

KEY = "SECRET/key+1"


def answer(status: int, body: bytes | str | dict[str, Any], retry_after: str = "") -> Answer:
    if isinstance(body, dict):
        body = json.dumps(body)
    raw = body.encode() if isinstance(body, str) else body
    return Answer(status=status, headers={"retry-after": retry_after} if retry_after else {}, body=raw)


def failure(word: str, text: str = "") -> dict[str, Any]:
    messages = [{"Content": text, "Title": None, "Severity": "Error"}] if text else []
    return {"OK": False, "StatusCode": word, "Data": False, "Pagination": None, "Messages": messages}


def sort(
    status: int, body: bytes | str | dict[str, Any], *, keyed: bool = True, retry_after: str = ""
) -> VendorError:
    with pytest.raises(VendorError) as caught:
        sort_answer(answer(status, body, retry_after), secrets=(KEY,), keyed=keyed)
    assert caught.value.side == "inksoft"
    return caught.value


class TestAnAnswer:
    def test_that_is_ok_is_its_envelope(self) -> None:
        assert sort_answer(answer(200, {"OK": True, "Data": False}), secrets=(), keyed=True).data is False

    @pytest.mark.rule("L6")
    @pytest.mark.parametrize(
        ("status", "body"),
        [
            (400, failure("BadRequest", "API key is not valid")),
            (400, failure("BadRequest", "Invalid ApiKey")),
            (400, failure("BadRequest")),
            (400, failure("BadRequest", "Session token has expired")),
            (401, failure("Unauthorized", "who are you?")),
            (401, "Unauthorized"),
            (401, {"message": "no"}),
            (403, failure("Forbidden")),
            (200, failure("BadRequest", "The API key is not valid.")),
            (200, failure("Unauthorized")),
            (200, failure("BadRequest", "You are not authorized to do that")),
            (400, {"ok": False, "statusCode": "BadRequest", "messages": [{"content": "Please sign in"}]}),
        ],
    )
    def test_about_the_key_breaks_the_link(self, status: int, body: Any) -> None:
        error = sort(status, body)
        assert isinstance(error, LinkBroken)
        assert (error.reason, error.applied) == ("credentials", "no")

    @pytest.mark.rule("L2")
    @pytest.mark.parametrize(
        ("status", "body"),
        [
            (403, failure("Forbidden", "API access is not included in your plan.")),
            (400, failure("BadRequest", "Your subscription does not include the API")),
            (200, failure("BadRequest", "This feature requires InkSoft Unlimited")),
            (200, failure("PlanNotEligible")),
            (402, failure("BadRequest")),
            (403, "<html><h1>Upgrade your plan</h1></html>"),
            (200, "<html><p>API access is <b>not available</b> on your licence</p></html>"),
            (400, failure("BadRequest", "The API is not enabled for this store")),
        ],
    )
    def test_about_the_plan_breaks_the_link_with_that_reason(self, status: int, body: Any) -> None:
        error = sort(status, body)
        assert isinstance(error, LinkBroken)
        assert (error.reason, error.applied) == ("plan", "no")

    @pytest.mark.rule("L2")
    @pytest.mark.parametrize(
        "text",
        ["We are upgrading our servers", "Plan your next order", "Unlimited colors", "No license plate"],
    )
    def test_that_only_sounds_like_a_plan_is_none(self, text: str) -> None:
        assert not isinstance(sort(200, f"<html>{text}</html>"), LinkBroken)
        assert isinstance(sort(404, failure("NotFound", text)), Refused)

    @pytest.mark.parametrize(
        ("status", "body", "kind", "applied"),
        [
            (404, failure("NotFound", "Order not found"), Refused, "no"),
            (404, "<html>Not found</html>", Refused, "no"),
            (404, failure("NotFound"), Refused, "no"),
            (400, failure("BadRequest", "OrderIds is not a list"), Refused, "no"),
            (405, failure("MethodNotAllowed"), Refused, "no"),
            (200, failure("NotFound", "Order not found"), Refused, "no"),
            (500, failure("InternalServerError", "Oops"), Unreachable, "unknown"),
            (200, failure("InternalServerError", "Oops"), Unreachable, "unknown"),
            (200, failure("Mystery", "Something"), Unexpected, "unknown"),
            (200, failure("OK"), Unexpected, "unknown"),
            (500, {"OK": True}, Unreachable, "unknown"),
            (502, "<html>Bad gateway</html>", Unreachable, "unknown"),
            (500, {"error": "x"}, Unreachable, "unknown"),
            (200, "<!DOCTYPE html><html>We will be right back</html>", Unreachable, "unknown"),
            (200, '{"OK": true, "Data": [{"ID"', Unreachable, "unknown"),
            (200, b"\xff\xff", Unreachable, "unknown"),
            (200, "", Unreachable, "unknown"),
            (200, '<?xml version="1.0"?><ApiResponse/>', Unexpected, "unknown"),
            (200, "\ufeff <?xml version='1.0'?><ApiResponse/>", Unexpected, "unknown"),
            (200, {"Success": True}, Unexpected, "unknown"),
            (200, "[]", Unexpected, "unknown"),
            (302, "", Unexpected, "unknown"),
            (403, "<html>Access denied by the firewall</html>", Unreachable, "no"),
            (418, "short and stout", Unexpected, "no"),
        ],
    )
    def test_of_another_kind_is_sorted(self, status: int, body: Any, kind: type, applied: str) -> None:
        error = sort(status, body)
        assert (type(error), error.applied) == (kind, applied)

    @pytest.mark.parametrize(
        ("status", "text", "seconds", "applied"),
        [
            (429, "", 5, "no"),
            (429, "12", 12, "no"),
            (503, "30", 30, "unknown"),
            (503, "", 5, "unknown"),
            (429, "999999", 3600, "no"),
            (429, "soon", 5, "no"),
            (429, "-3", 5, "no"),
            (429, "Wed, 21 Oct 2015 07:28:00 GMT", 0, "no"),
            (429, "Wed, 21 Oct 2115 07:28:00 GMT", 3600, "no"),
        ],
    )
    def test_that_asks_for_patience_says_how_long(
        self, status: int, text: str, seconds: float, applied: str
    ) -> None:
        error = sort(status, "Too many", retry_after=text)
        assert isinstance(error, SlowDown)
        assert (error.retry_after, error.applied) == (seconds, applied)

    @pytest.mark.parametrize("status", [400, 401, 403])
    def test_to_a_call_without_a_key_cannot_blame_the_key(self, status: int) -> None:
        assert not isinstance(sort(status, failure("BadRequest", "Sign in first"), keyed=False), LinkBroken)


class TestSecrets:
    @pytest.mark.parametrize(
        "said",
        ["no order for SECRET/key+1", "no order for secret%2Fkey%2B1", "no order for SECRET%2fkey%2b1"],
    )
    @pytest.mark.rule("L4")
    def test_do_not_come_back_in_an_error(self, said: str) -> None:
        error = sort(404, failure("NotFound", said))
        assert str(error) == "inksoft: no order for ***"

    def test_texts_stay_on_one_short_line(self) -> None:
        assert redact("a\r\nb" + "x" * 500, ()) == "a b" + "x" * 197


class TestNoAnswer:
    @pytest.mark.parametrize(
        ("kind", "sent", "applied"),
        [
            ("ConnectError", "no", "no"),
            ("ReadTimeout", "maybe", "unknown"),
            ("RemoteProtocolError", "maybe", "unknown"),
        ],
    )
    def test_is_unreachable(self, kind: str, sent: Any, applied: str) -> None:
        error = sort_failure(HttpFailure(kind, sent=sent))
        assert (type(error), error.applied, error.detail) == (Unreachable, applied, kind)

    def test_of_too_many_bytes_says_so(self) -> None:
        assert isinstance(sort_failure(HttpFailure("AnswerTooLarge", sent="maybe")), TooLarge)
