"""Parameters of a call: names in any case, lists in square brackets, objects as JSON text, all of it leniently."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qsl

import orjson

from api.sandbox.inksoft.wire.envelope import Problem

_MAX_HOURS = 14


class Params:
    """Query and form body together; where both have a name the body counts. An empty value counts as missing."""

    def __init__(self, query: bytes, body: bytes) -> None:
        self._values: dict[str, str] = {}
        for part in (query, body):
            for name, value in parse_qsl(part.decode("utf-8", "replace"), keep_blank_values=True):
                if value.strip():
                    self._values[name.lower()] = value.strip()

    def text(self, name: str) -> str | None:
        return self._values.get(name.lower())

    def required(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise Problem("BadRequest", f"{name} is required")
        return value

    def number(self, name: str, default: int, *, low: int = 0) -> int:
        """A whole number from ``low``. Raises Problem."""
        value = self.text(name)
        if value is None:
            return default
        try:
            number = int(value)
        except ValueError as wrong:
            raise Problem("BadRequest", f"{name} is not a number") from wrong
        if number < low or number > 2**53:
            raise Problem("BadRequest", f"{name} is out of range")
        return number

    def flag(self, name: str) -> bool:
        value = (self.text(name) or "false").lower()
        if value not in {"true", "false", "1", "0"}:
            raise Problem("BadRequest", f"{name} is not true or false")
        return value in {"true", "1"}

    def one_of(self, name: str, allowed: Iterable[str]) -> str | None:
        """One word of an enum, in its proper case. Raises Problem for any other."""
        value = self.text(name)
        return None if value is None else _word(name, value, allowed)

    def words(self, name: str, allowed: Iterable[str] | None = None) -> list[str] | None:
        """A list of texts, quoted or not; with ``allowed`` each must be one of those."""
        found = self._list(name)
        if found is None or allowed is None:
            return found
        choices = tuple(allowed)
        return [_word(name, word, choices) for word in found]

    def numbers(self, name: str) -> list[int] | None:
        found = self._list(name)
        try:
            return None if found is None else [int(part) for part in found]
        except ValueError as wrong:
            raise Problem("BadRequest", f"{name} is not a list of numbers") from wrong

    def json(self, name: str) -> Any:
        """JSON text; single quotes are taken for double ones, as the vendor's parser does."""
        value = self.text(name)
        if value is None:
            return None
        for text in (value, value.replace("'", '"')):
            try:
                return orjson.loads(text)
            except orjson.JSONDecodeError:
                continue
        raise Problem("BadRequest", f"{name} cannot be read")

    def period(self, name: str, *, javascript_sign: bool, ignore_offsets: bool) -> "Period | None":
        """A range object ``{UtcOffsetHours?, Begin?, End?}``; both ends belong to it."""
        raw = self.json(name)
        if raw is None:
            return None
        if not isinstance(raw, dict):
            raise Problem("BadRequest", f"{name} is not a range")
        given = {key.lower(): value for key, value in raw.items()}
        hours = given.get("utcoffsethours") or 0
        if not isinstance(hours, int | float) or abs(hours) > _MAX_HOURS:
            raise Problem("BadRequest", f"{name}.UtcOffsetHours is out of range")
        zone = timezone(timedelta(hours=-hours if javascript_sign else hours))
        ends = [
            _instant(name, given.get(end), zone, ignore_offsets=ignore_offsets) for end in ("begin", "end")
        ]
        return Period(*ends)

    def _list(self, name: str) -> list[str] | None:
        value = self.text(name)
        if value is None:
            return None
        inner = value[1:-1] if value.startswith("[") and value.endswith("]") else value
        return [part.strip().strip("\"'").strip() for part in inner.split(",") if part.strip()]


class Period:
    """A stretch of time, open at an end that is None; both ends count."""

    def __init__(self, begin: datetime | None, end: datetime | None) -> None:
        self.begin, self.end = begin, end

    def holds(self, instant: datetime | None) -> bool:
        if instant is None:
            return False
        return (self.begin is None or instant >= self.begin) and (self.end is None or instant <= self.end)


def _word(name: str, value: str, allowed: Iterable[str]) -> str:
    proper: Mapping[str, str] = {choice.lower(): choice for choice in allowed}
    if value.lower() not in proper:
        raise Problem("BadRequest", f"{name}: '{value}' is not a valid value")
    return proper[value.lower()]


def _instant(name: str, text: object, zone: timezone, *, ignore_offsets: bool) -> datetime | None:
    if text is None or text == "":
        return None
    try:
        instant = datetime.fromisoformat(str(text))
    except ValueError as wrong:
        raise Problem("BadRequest", f"{name} holds a date that cannot be read") from wrong
    if instant.tzinfo is None or ignore_offsets:
        return instant.replace(tzinfo=zone)
    return instant
