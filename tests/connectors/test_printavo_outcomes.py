"""What each kind of answer from Printavo counts as, and whether a write can have taken effect. Pure."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from api.connectors.printavo.documents import DOCUMENTS, FurtherPage, join_pages
from api.connectors.printavo.outcomes import sort_answer, sort_failure
from api.connectors.vendor_errors import LinkBroken, Refused, SlowDown, Unexpected, Unreachable, VendorError
from api.core.http import Answer, HttpFailure

READ = DOCUMENTS["order"]
WRITE = DOCUMENTS["quote_create"]
BATCH = DOCUMENTS["line_item_creates"]
SECRET = "s3cret-token"
PAGE = b"<!DOCTYPE html><html><body><h1>We are sorry</h1></body></html>"
PLAN = "API access is not included in your plan. Please upgrade to Premium."


def answer(body: object, status: int = 200, **headers: str) -> Answer:
    """An answer in JSON; bytes are sent as they are, as HTML."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    kind = "text/html" if isinstance(body, bytes) else "application/json; charset=utf-8"
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status=status, headers={"content-type": kind, **names}, body=raw)


def errors(*messages: str, path: list[str] | None = None, data: Any = ...) -> dict[str, Any]:
    """A GraphQL answer of errors; `data` is left out unless given."""
    entries = [{"message": message} | ({"path": path} if path else {}) for message in messages]
    return {"errors": entries} if data is ... else {"errors": entries, "data": data}


def sort(given: Answer, *, document: Any = WRITE, atomic: bool = True) -> VendorError:
    with pytest.raises(VendorError) as caught:
        sort_answer(given, document, secrets=(SECRET,), atomic=atomic)
    assert caught.value.side == "printavo"
    return caught.value


class TestASuccess:
    def test_is_the_data(self) -> None:
        data = sort_answer(answer({"data": {"quoteCreate": {"id": "1"}}}), WRITE, secrets=())
        assert data == {"quoteCreate": {"id": "1"}}

    def test_reads_no_number_as_a_float(self) -> None:
        data = sort_answer(
            answer({"data": {"quoteCreate": {"amount": 12.37, "quantity": 1}}}), WRITE, secrets=()
        )
        assert "float" not in {type(value).__name__ for value in data["quoteCreate"].values()}

    def test_may_hold_null_for_a_record_that_is_gone(self) -> None:
        assert sort_answer(answer({"data": {"order": None}}), READ, secrets=()) == {"order": None}

    def test_with_an_empty_list_of_errors_is_one(self) -> None:
        assert sort_answer(answer(errors(data={"order": None})), READ, secrets=()) == {"order": None}


class TestNoWholeAnswer:
    @pytest.mark.rule("A6")
    @pytest.mark.parametrize(("sent", "applied"), [("no", "no"), ("maybe", "unknown")])
    def test_is_unreachable_and_applied_only_if_it_was_sent(self, sent: Any, applied: str) -> None:
        error = sort_failure(HttpFailure("ReadTimeout", sent=sent))
        assert isinstance(error, Unreachable)
        assert error.applied == applied


class TestAnswersOutsideGraphql:
    @pytest.mark.rule("A6")
    @pytest.mark.parametrize(
        ("given", "kind", "applied"),
        [
            (answer(PAGE), Unreachable, "unknown"),
            (answer(PAGE, 500), Unreachable, "unknown"),
            (answer(PAGE, 502), Unreachable, "unknown"),
            (answer(PAGE, 404), Unreachable, "unknown"),
            (answer({"error": "down"}, 503, retry_after="30"), Unreachable, "unknown"),
            (answer(errors("boom"), 500), Unreachable, "unknown"),
            (answer({"data": {"quoteCreate": {"id": "1"}}}, 500), Unreachable, "unknown"),
            (answer([]), Unreachable, "unknown"),
            (answer("text"), Unreachable, "unknown"),
            (
                Answer(200, {"content-type": "application/json"}, b'{"data": {"quoteCreate"'),
                Unreachable,
                "unknown",
            ),
            (Answer(200, {"content-type": "application/json"}, b""), Unreachable, "unknown"),
            (Answer(200, {"content-type": "application/json"}, b"[" * 100_000), Unreachable, "unknown"),
            (Answer(200, {"content-type": "application/json"}, b"\xff\xfe{"), Unreachable, "unknown"),
            (Answer(200, {}, b"{}"), Unreachable, "unknown"),
            (answer(PAGE, 302, location="http://127.0.0.1/"), Unreachable, "unknown"),
            (answer({}, 302), Unexpected, "unknown"),
            (answer({}), Unexpected, "unknown"),
            (answer({"data": None}), Unexpected, "unknown"),
            (answer({"data": {}}), Unexpected, "unknown"),
            (answer({"data": {"other": {}}}), Unexpected, "unknown"),
            (answer({"data": []}), Unexpected, "unknown"),
            (answer({"data": {"quoteCreate": {"id": "1"}}}, 418), Unexpected, "unknown"),
            (answer(PAGE, 403), Unreachable, "no"),
        ],
        ids=lambda value: (
            value.body[:20].decode("latin-1") + str(value.status) if isinstance(value, Answer) else None
        ),
    )
    def test_are_told_apart(self, given: Answer, kind: type[VendorError], applied: str) -> None:
        error = sort(given)
        assert type(error) is kind
        assert error.applied == applied


class TestTooManyRequests:
    @pytest.mark.parametrize(
        ("header", "seconds"),
        [
            ({}, 5),
            ({"retry_after": "7"}, 7),
            ({"retry_after": "0"}, 0),
            ({"retry_after": "soon"}, 5),
            ({"retry_after": "-3"}, 5),
            ({"retry_after": "1e9"}, 5),
            ({"retry_after": "99999999"}, 600),
            ({"retry_after": "Wed, 01 Jan 2020 00:00:00 GMT"}, 0),
            ({"retry_after": "Fri, 31 Dec 9999 23:59:59 -1200"}, 5),
            ({"retry_after": "Mon, 20 Nov 99999999999 10:00:00 GMT"}, 5),
        ],
        ids=str,
    )
    def test_say_how_long_to_wait(self, header: dict[str, str], seconds: float) -> None:
        for body in (b"Retry later", errors("too many")):
            error = sort(answer(body, 429, **header))
            assert isinstance(error, SlowDown)
            assert (error.retry_after, error.applied) == (seconds, "no")

    def test_may_name_a_moment(self) -> None:
        moment = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
        error = sort(answer(b"", 429, retry_after=moment))
        assert isinstance(error, SlowDown)
        assert 55 < error.retry_after <= 60


class TestCredentials:
    @pytest.mark.rule("L6")
    @pytest.mark.parametrize(
        "given",
        [
            answer(errors("Unauthorized"), 401),
            answer(errors("Unauthorized"), 403),
            answer(b"", 401),
            answer(PAGE, 401),
            answer({}, 403),
            answer(errors("Unauthorized", data=None)),
            answer(errors("Unauthorized")),
            answer(errors("unauthorised.", data={"quoteCreate": None})),
            answer(errors("Not authenticated", data=None)),
            answer(errors("Invalid email or password", path=["quoteCreate"], data={"quoteCreate": None})),
            answer(errors("Your session has expired", data=None)),
        ],
    )
    def test_that_are_not_accepted_break_the_link(self, given: Answer) -> None:
        error = sort(given)
        assert isinstance(error, LinkBroken)
        assert (error.reason, error.applied) == ("credentials", "no")

    @pytest.mark.rule("L2")
    @pytest.mark.parametrize(
        "given",
        [
            answer(errors(PLAN), 403),
            answer(errors(PLAN), 401),
            answer(errors(PLAN, data=None)),
            answer(errors("Your subscription does not include API access", data=None)),
            answer(errors("The API is only available on Premium", data=None)),
            answer(errors("This feature requires the Premium tier", data=None)),
            answer(errors("Please upgrade your plan"), 403),
            answer(b"<html><body>API access is <b>not included</b> in your plan</body></html>", 403),
            answer(b"", 402),
        ],
    )
    def test_of_a_lower_plan_are_told_from_bad_ones(self, given: Answer) -> None:
        error = sort(given)
        assert isinstance(error, LinkBroken)
        assert (error.reason, error.applied) == ("plan", "no")

    @pytest.mark.parametrize("message", ["Unauthorized", PLAN])
    def test_are_not_blamed_when_part_of_the_work_was_done(self, message: str) -> None:
        given = answer(errors(message, path=["a"], data={"quoteCreate": {"id": "1"}, "a": None}))
        assert isinstance(sort(given), Unexpected)


class TestRefusals:
    @pytest.mark.rule("A6")
    @pytest.mark.parametrize(
        "message",
        [
            "Query has complexity of 70386, which exceeds max complexity of 25000",
            "Query has depth of 15, which exceeds max depth of 13",
            "Field 'x' doesn't exist on type 'Fee'",
            "Field 'feeCreate' doesn't accept argument 'x'",
            "InputObject 'FeeInput' doesn't accept argument 'x'",
            "Argument 'position' on InputObject 'LineItemInput' is required. Expected type Int!",
            "Field 'feeCreate' is missing required arguments: parentId",
            "Variable $input was provided invalid value (expected a number)",
            "Variable $id of type ID! was provided invalid value",
            "Variable $tag is declared by TaggedOrders but not used",
            'Cannot query field "x" on type "Fee".',
            'Parse error on "}" (RCURLY) at [3, 1]',
            "`first` must not be greater than 25",
        ],
    )
    @pytest.mark.parametrize("atomic", [True, False])
    def test_of_a_document_did_nothing(self, message: str, atomic: bool) -> None:
        for given in (
            answer(errors(message)),
            answer(errors(message), 400),
            answer(errors(message, data=None)),
        ):
            error = sort(given, document=BATCH, atomic=atomic)
            assert isinstance(error, Refused)
            assert error.applied == "no"
            assert message[:30] in error.detail

    @pytest.mark.rule("A6")
    def test_of_one_write_did_nothing_when_its_field_is_null(self) -> None:
        error = sort(
            answer(errors("Amount can't be blank", path=["quoteCreate"], data={"quoteCreate": None}))
        )
        assert isinstance(error, Refused)
        assert error.applied == "no"

    def test_of_a_read_is_one_too(self) -> None:
        document, _ = join_pages([FurtherPage("group_lines", "71", "MjU")] * 2)
        given = answer(errors("LineItemGroup not found", path=["page1"], data=None))
        assert isinstance(sort(given, document=document), Refused)


class TestUncertainty:
    @pytest.mark.rule("A6")
    @pytest.mark.parametrize(
        ("given", "kind"),
        [
            (answer(errors("Timeout on FeeCreate.amount", data=None)), Unreachable),
            (
                answer(errors("Timeout on FeeCreate", path=["quoteCreate"], data={"quoteCreate": None})),
                Unreachable,
            ),
            (
                answer(errors("Internal server error", path=["quoteCreate"], data={"quoteCreate": None})),
                Unreachable,
            ),
            (answer(errors("Something went wrong, please try again", data=None)), Unreachable),
            (answer(errors("A new kind of message")), Unexpected),
            (answer(errors("A new kind of message", data=None)), Unexpected),
            (answer(errors("A new kind of message"), 400), Unexpected),
            (
                answer(errors("No such rate", path=["quoteCreate", "amount"], data={"quoteCreate": None})),
                Unexpected,
            ),
            (
                answer(errors("No such rate", path=["quoteCreate"], data={"quoteCreate": {"id": "1"}})),
                Unexpected,
            ),
            (
                answer(errors("Field 'x' doesn't exist on type 'Fee'", data={"quoteCreate": {"id": "1"}})),
                Unexpected,
            ),
            (answer({"errors": "boom"}), Unexpected),
            (answer({"errors": ["boom"]}), Unexpected),
            (answer({"errors": {"message": "boom"}}), Unexpected),
            (answer({"errors": [{}]}), Unexpected),
            (answer({"errors": [{"message": None}], "data": None}), Unexpected),
        ],
    )
    def test_is_never_taken_for_a_refusal(self, given: Answer, kind: type[VendorError]) -> None:
        error = sort(given)
        assert type(error) is kind
        assert error.applied == "unknown"

    @pytest.mark.rule("A6")
    @pytest.mark.parametrize(
        "data", [{"lineItemCreates": None}, {"lineItemCreates": [{"id": "1"}]}, {"lineItemCreates": [None]}]
    )
    def test_is_what_a_batch_leaves_that_failed_in_part(self, data: dict[str, Any]) -> None:
        given = answer(errors("Line item could not be saved", path=["lineItemCreates"], data=data))
        error = sort(given, document=BATCH, atomic=False)
        assert isinstance(error, Unexpected)
        assert error.applied == "unknown"

    def test_does_not_hold_for_a_batch_of_one(self) -> None:
        given = answer(
            errors("Line item could not be saved", path=["lineItemCreates"], data={"lineItemCreates": None})
        )
        assert isinstance(sort(given, document=BATCH, atomic=True), Refused)


class TestSecrets:
    @pytest.mark.rule("L4")
    def test_of_ours_are_cut_out_of_what_the_vendor_says(self) -> None:
        error = sort(
            answer(
                errors(
                    f"Value {SECRET} and {SECRET.upper()}\n is odd",
                    path=["quoteCreate"],
                    data={"quoteCreate": None},
                )
            )
        )
        assert error.detail == "Value *** and *** is odd"

    def test_and_long_sentences_are_cut_short(self) -> None:
        assert len(sort(answer(errors("x" * 5000))).detail) == 200
