"""What is read alike in every vendor's answer: how long to wait, the moment it was given, its sentence without our secrets."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import quote, quote_plus

from api.core.http import Answer

DEFAULT_PAUSE: Final = 5.0
_DETAIL_LENGTH: Final = 200
# PostgreSQL's text and UTF-8 itself cannot hold these; JSON escapes can smuggle them in.
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def read_pause(answer: Answer, *, longest: float) -> float:
    """Seconds from `Retry-After`, which may be a number or a date: 0 to `longest`, `DEFAULT_PAUSE` where it says nothing."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), longest)
    until = read_moment(text)
    if until is None:
        return DEFAULT_PAUSE
    return min(max((until - datetime.now(UTC)).total_seconds(), 0.0), longest)


def read_moment(text: str) -> datetime | None:
    """An HTTP date in UTC; None for anything else."""
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def storable(text: str) -> str:
    """A vendor's text as a database can keep it."""
    return _UNSTORABLE.sub("\ufffd", text)


def redact(text: str, secrets: Sequence[str]) -> str:
    """A vendor's sentence on one short line, without what we sent it in confidence, in any spelling of an address."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        for form in {secret, quote(secret, safe=""), quote_plus(secret)}:
            text = re.sub(re.escape(form), "***", text, flags=re.IGNORECASE)
    return " ".join(_CONTROL.sub(" ", text).split())[:_DETAIL_LENGTH]
