"""How long an operation of unknown outcome is waited for, before it is sent again or handed to a person (A6).

A write whose answer was lost may still arrive. So it is sent again only after two credible readings that do not show it,
a gap apart, both begun after the quarantine.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Patience:
    """`quarantine`: how late a write may arrive. `gap`: between two negative readings."""

    quarantine: timedelta
    gap: timedelta
    most_sends: int = 5
    most_reads: int = 50


@dataclass(frozen=True, slots=True)
class Unknown:
    """An operation of unknown outcome. `sent_at` is the latest instant at which its bytes can have left."""

    sent_at: datetime
    sends: int
    reads: int = 0
    negative_reads: int = 0
    last_negative_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What follows from a reading that does not show it; `due_at` says when to read again."""

    decision: Literal["wait", "send_again", "hand_over"]
    unknown: Unknown
    due_at: datetime


def judge(unknown: Unknown, *, read_at: datetime, credible: bool, patience: Patience) -> Judgement:
    """Judge a reading that began at `read_at` and does not show the operation.

    It counts as negative only when it is credible, begun after the quarantine, and a gap after the one counted before.
    """
    looked = replace(unknown, reads=unknown.reads + 1)
    if looked.reads >= patience.most_reads:
        return Judgement("hand_over", looked, read_at)
    last = unknown.last_negative_at
    counts_from = unknown.sent_at + patience.quarantine if last is None else last + patience.gap
    if read_at < counts_from:
        return Judgement("wait", looked, counts_from)
    if not credible:
        return Judgement("wait", looked, read_at + patience.gap)
    counted = replace(looked, negative_reads=looked.negative_reads + 1, last_negative_at=read_at)
    if last is None:
        return Judgement("wait", counted, read_at + patience.gap)
    return Judgement("send_again" if counted.sends < patience.most_sends else "hand_over", counted, read_at)
