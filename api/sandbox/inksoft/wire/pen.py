"""How single values are written: dates with or without an offset, money in currency units."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from api.sandbox.switches import Switches


@dataclass(frozen=True, slots=True)
class Pen:
    """``hours`` is the server's own offset from UTC; ``offset`` says whether dates show it."""

    hours: float
    offset: bool
    percent: bool

    @classmethod
    def of(cls, switches: Switches) -> "Pen":
        """The pen that the switches ask for."""
        return cls(
            hours=switches["server_utc_offset_hours"],
            offset=switches["dates"] == "with_offset",
            percent=switches["tax_rate"] == "percent",
        )

    def date(self, instant: datetime | None) -> str | None:
        """Server time to the second; ``2030-04-01T14:03:22`` or ``2030-04-01T14:03:22-05:00``."""
        if instant is None:
            return None
        local = instant.astimezone(timezone(timedelta(hours=self.hours))).replace(microsecond=0)
        return local.isoformat() if self.offset else local.replace(tzinfo=None).isoformat()

    def rate(self, ppm: int) -> float:
        """A tax rate as a fraction (0.0567) or a percentage (5.67)."""
        return ppm / (10_000 if self.percent else 1_000_000)

    @staticmethod
    def money(cents: int) -> float:
        """68.4 for 6840 cents."""
        return cents / 100
