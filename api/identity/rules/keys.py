"""What a key looks like, and how long it lives (pure).

`pk_live_`, 40 random characters (238 bits), and 6 that show whether it was copied right.
"""

import secrets
import string
import zlib
from datetime import datetime, timedelta
from typing import Literal

KeyState = Literal["active", "expired", "revoked"]

PREFIX = "pk_live_"
# A key's last use is written at most this often: reading with a key is not a write.
TOUCH = timedelta(minutes=5)
_CHARACTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_RANDOM = 40
_CHECK = 6
_ENDING = 4


def make_key() -> str:
    """A fresh key, with 238 random bits."""
    body = PREFIX + "".join(secrets.choice(_CHARACTERS) for _ in range(_RANDOM))
    return body + _checksum(body)


def is_key(text: str) -> bool:
    """Whether it could be one of ours. A mistyped or invented one is refused without asking the database."""
    if len(text) != len(PREFIX) + _RANDOM + _CHECK or not text.isascii():
        return False
    return text.startswith(PREFIX) and secrets.compare_digest(_checksum(text[:-_CHECK]), text[-_CHECK:])


def ending_of(key: str) -> str:
    """What people recognise a key by; its checksum's end gives away nothing that helps to guess the rest."""
    return key[-_ENDING:]


def _checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(_CHECK):
        number, digit = divmod(number, len(_CHARACTERS))
        digits = _CHARACTERS[digit] + digits
    return digits


def state_of(now: datetime, *, expires_at: datetime | None, revoked_at: datetime | None) -> KeyState:
    if revoked_at is not None:
        return "revoked"
    return "expired" if expires_at is not None and expires_at <= now else "active"


def next_expiry(now: datetime, *, created_at: datetime, expires_at: datetime | None) -> datetime | None:
    """The successor of a key lives as long as the key was meant to; one that was made for ever ends with it."""
    if expires_at is None:
        return None
    try:
        return now + (expires_at - created_at)
    except OverflowError:
        return expires_at
