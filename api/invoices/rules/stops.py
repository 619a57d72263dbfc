"""Why a push stops until a person acts, in plain words: a code, and the sentence that is shown. Never the vendor's own text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from api.invoices.rules.intents import Verb


@dataclass(frozen=True, slots=True)
class Stop:
    """`state` is the invoice's push state from now on; `closes` says that no order can join it any more."""

    state: Literal["refused", "needs_human"]
    code: str
    detail: str
    closes: bool = False


_WHAT: Final[Mapping[Verb, str]] = {
    "create_quote": "the new quote",
    "create_group": "a group of lines",
    "create_lines": "further lines",
    "create_imprint": "an imprint",
    "create_fees": "further fees",
    "create_payment": "the payment",
    "change_lines": "changed lines",
    "change_columns": "the sizes of groups",
    "change_imprint": "a changed imprint",
    "change_fees": "changed fees",
    "change_payment": "a changed payment",
    "change_header": "the discount",
    "delete_lines": "the removal of lines",
    "delete_group": "the removal of a group",
    "delete_fee": "the removal of a fee",
    "delete_payment": "the removal of the payment",
    "write_together": "the fees, the payment, the discount or an imprint",
    "set_status": "the move to an invoice status",
}
_CURE: Final[Mapping[Verb, str]] = {
    "create_quote": "Check that the store's invoice contact is still there in Printavo, then try again.",
    "create_imprint": "Check the types of work in the settings, then try again.",
    "change_imprint": "Check the types of work in the settings, then try again.",
}

# A quote is refused for whom it is made out to: another contact is the cure.
CONTACT_REFUSED: Final = "contact_refused"
STATUS_REFUSED: Final = Stop(
    "refused",
    "status_refused",
    "Everything was written, but Printavo does not move the quote to the status for new invoices. It stays a quote. "
    "Move it in Printavo, or choose another status in the settings, then try again.",
)
REMOVED_IN_SHOP: Final = Stop(
    "needs_human",
    "removed_in_shop",
    "This invoice was deleted in Printavo. It is not made again; put its orders on another one.",
    closes=True,
)
NOT_ALL_WRITTEN: Final = Stop(
    "needs_human",
    "not_all_written",
    "A part of this invoice was removed in Printavo, so that what is new for it has no place there. "
    "See the differences, and enter what is missing by hand or on another invoice.",
)
DOES_NOT_SETTLE: Final = Stop(
    "needs_human",
    "does_not_settle",
    "Printavo takes what is written, and then shows something else. See the differences, then try again.",
)


def refused(verb: Verb) -> Stop:
    """Printavo understood and said no; nothing of this write was applied."""
    cure = _CURE.get(verb, "Compare the invoice with Printavo, then try again.")
    code = CONTACT_REFUSED if verb == "create_quote" else "refused"
    return Stop("refused", code, f"Printavo refused {_WHAT[verb]}; nothing of it was written. {cure}")


def unclear(verb: Verb) -> Stop:
    """It was sent and never seen: sending it once more could write it twice."""
    detail = (
        f"Printavo did not confirm {_WHAT[verb]}, and does not show it clearly either. Look at the invoice in Printavo: "
        "if it is there, nothing is to be done before you try again; if not, trying again writes it."
    )
    return Stop("needs_human", "unclear", detail)
