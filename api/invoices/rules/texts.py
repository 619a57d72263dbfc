"""The texts that we write into the shop's books: on one line, of bounded length, with our marker at the end."""

import re

LONGEST_TEXT = 1000
LONGEST_PART = 400
DOT = " · "

_MARK = re.compile(r"\bref (P-[A-Z2-7]{8})(?![A-Z0-9])")


def squeeze(text: str) -> str:
    """Line breaks and runs of spaces become one space: books that trim texts show what was written all the same."""
    return " ".join(text.split())


def cut(text: str, most: int) -> str:
    """At most `most` characters; an ellipsis says that some are missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def join_parts(parts: list[str]) -> str:
    """The parts that say something, each of bounded length, so that a long one never pushes out the next."""
    return DOT.join(cut(part, LONGEST_PART) for part in map(squeeze, parts) if part)


def sign(text: str, mark: str) -> str:
    """The text, cut to fit, with the marker at its end."""
    end = f"ref {mark}"
    return DOT.join(filter(None, (cut(text, LONGEST_TEXT - len(DOT) - len(end)), end)))


def room_after(text: str, mark: str) -> int:
    """How many characters may still be joined to `text` before it is signed."""
    return LONGEST_TEXT - len(text) - 2 * len(DOT) - len(f"ref {mark}")


def mark_of(text: str) -> str | None:
    """The marker in a text of the books: the last one, since a shopper may have copied another into a name."""
    found = _MARK.findall(text)
    return found[-1] if found else None
