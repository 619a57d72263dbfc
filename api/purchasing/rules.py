"""When an invoice's lines are read again, what a reading says of a status that was sent, and how that can end (B4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from api.connectors.print_shop import LineStatus
from api.core.operations import OperationProblem

# An invoice whose goods move is read every quarter of an hour, one where nothing moves ever more seldom.
_FIRST: Final = timedelta(minutes=15)
_LONGEST: Final = timedelta(hours=12)
_MOST_DOUBLINGS: Final = 6

MOST_SENDS: Final = 5
# Five minutes apart: whoever chose the status knows after an hour that nothing comes of it.
MOST_RIDDLES: Final = 12


def wait_after(quiet_reads: int) -> timedelta:
    """How long an invoice is left alone when so many readings in a row showed nothing new."""
    return min(_FIRST * (1 << min(quiet_reads, _MOST_DOUBLINGS)), _LONGEST)


@dataclass(frozen=True, slots=True)
class Sent:
    """A status on its way: `sends` so far, the last at `sent_at`; `before` is what Printavo showed before the first."""

    status: LineStatus
    before: LineStatus | None
    sends: int
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`done`: Printavo shows it. `overruled`: it shows a third status, which a person chose. `due_at`: when to read again."""

    decision: Literal["done", "send", "wait", "overruled", "give_up"]
    due_at: datetime | None = None


def judge_reading(
    sent: Sent, shown: LineStatus | None, *, read_at: datetime, quarantine: timedelta
) -> Verdict:
    """What a reading that began at `read_at` means for it.

    Writing a status twice does no harm by itself. But one that arrives late would undo what a person chose meanwhile: so
    it is sent again only after the quarantine, and never over a status that is neither the old nor the new one.
    """
    if shown == sent.status:
        return Verdict("done")
    if sent.sends == 0 or sent.sent_at is None:
        return Verdict("send")
    if shown != sent.before:
        return Verdict("overruled")
    if read_at < sent.sent_at + quarantine:
        return Verdict("wait", sent.sent_at + quarantine)
    return Verdict("send" if sent.sends < MOST_SENDS else "give_up")


Ending = Literal[
    "refused",
    "line_removed",
    "overruled",
    "not_confirmed",
    "not_understood",
    "not_sent",
    "replaced",
    "unlinked",
]
_TITLES: Final[Mapping[Ending, str]] = {
    "refused": "Refused by Printavo",
    "line_removed": "Line removed in Printavo",
    "overruled": "Changed in Printavo meanwhile",
    "not_confirmed": "Not confirmed by Printavo",
    "not_understood": "Printavo's answers not understood",
    "not_sent": "Not sent to Printavo",
    "replaced": "Replaced by another choice",
    "unlinked": "Unlinked",
}
_DETAILS: Final[Mapping[Ending, str]] = {
    "refused": "Printavo did not take this status; nothing was changed. It may want a purchase order first, or let a "
    "status move forward only: look at the line there.",
    "line_removed": "Somebody removed this line in Printavo, so its status cannot be set.",
    "overruled": "While this status was being written, somebody set another one in Printavo. Theirs was kept.",
    "not_confirmed": "This status was sent several times, and Printavo still shows the one before. Look at the line there.",
    "not_understood": "This status was sent, but what Printavo answers about this line cannot be understood, time and again. "
    "So nobody here knows whether it has the status now: look at the line there.",
    "not_sent": "What Printavo answers about this line cannot be understood, time and again. So this status was not sent, and "
    "nothing was changed: set it in Printavo.",
    "replaced": "Another status was chosen for this line before this one was written.",
    "unlinked": "InkSoft and Printavo were unlinked before Printavo confirmed this status. Look at the line in Printavo.",
}


# Whoever chose the status believes that Printavo has it: the others were chosen otherwise, or have nothing to be set on.
_FOR_A_PERSON: Final = frozenset[Ending]({"refused", "not_confirmed", "not_understood", "not_sent"})


def needs_a_person(ending: Ending) -> bool:
    """Whether nothing gets better by itself: somebody has to look at the line in Printavo."""
    return ending in _FOR_A_PERSON


def outlasts(failed: Mapping[str, Any], shown: str | None) -> str | None:
    """How a status that did not get through ended, now that its line shows this; None while it stands.

    `failed` has the `status`, and `before`: what the line showed when it was sent. One that was never sent has none.
    """
    if shown == failed["status"]:
        return "written"
    return "moved_on" if "before" in failed and shown != failed["before"] else None


def end_of_riddles(riddles: int, sends: int) -> Ending | None:
    """How a status ends about whose line that many answers could not be understood; None while it is asked for again.

    `sends` counts those that may have reached Printavo: only without any can it be said that nothing was changed.
    """
    if riddles < MOST_RIDDLES:
        return None
    return "not_understood" if sends else "not_sent"


def problem_of(ending: Ending) -> OperationProblem:
    """Why a status was not written, in plain words; never the vendor's own text."""
    return OperationProblem(code=ending, title=_TITLES[ending], detail=_DETAILS[ending])
