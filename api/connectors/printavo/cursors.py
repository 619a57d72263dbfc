"""Looks ahead in a connection: its later cursors, where the first one tells its place."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

_LONGEST_PLACE: Final = 18


def skip(cursor: str, count: int) -> str | None:
    """The cursor `count` nodes further on; None for one that is not a place in base64, as far as is known all are.

    Cursors are opaque by contract, so this is a guess: it counts only where the page before ends with the very same cursor.

    >>> skip("MjU", 25)
    'NTA'
    """
    try:
        place = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except ValueError:
        return None
    if not place.isdigit() or len(place) > _LONGEST_PLACE:
        return None
    further = urlsafe_b64encode(str(int(place) + count).encode()).decode()
    return further if cursor.endswith("=") else further.rstrip("=")
