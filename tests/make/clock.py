"""A clock that tests can move."""

from datetime import UTC, datetime, timedelta


class SteerableClock:
    """Runs with the real clock, shifted by what a test asked for."""

    def __init__(self) -> None:
        self._shift = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    def move(self, **by: float) -> None:
        """`move(minutes=5)`; negative values go back."""
        self._shift += timedelta(**by)
