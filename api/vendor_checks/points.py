"""What a check says: an assumption, whether it holds, and what was seen. Never a secret, never a shopper's data."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Self

from api.connectors.vendor_errors import Side, VendorError
from api.core.http import HttpFailure

Verdict = Literal["holds", "differs", "unclear"]
NAMES: Final[dict[Side, str]] = {"inksoft": "InkSoft", "printavo": "Printavo"}
_WORDS: Final[dict[Verdict, str]] = {
    "holds": "holds",
    "differs": "does not hold",
    "unclear": "could not tell",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """The answer to one check. `seen` is what was seen, in one line."""

    verdict: Verdict
    seen: str

    @classmethod
    def of(cls, holds: bool, seen: str) -> Self:
        return cls("holds" if holds else "differs", seen)

    @classmethod
    def unclear(cls, why: str) -> Self:
        return cls("unclear", why)


@dataclass(frozen=True, slots=True)
class Point:
    """One assumption with its answer; `key` stays the same from version to version."""

    side: Side
    key: str
    assumption: str
    verdict: Verdict
    seen: str

    def line(self) -> str:
        return f"  {_WORDS[self.verdict]:<15} {self.assumption}\n{'':18}seen: {self.seen}"


@dataclass(frozen=True, slots=True)
class Check:
    """One assumption with how to find out."""

    key: str
    assumption: str
    look: Callable[[], Awaitable[Seen]]


async def run_checks(side: Side, checks: Iterable[Check]) -> list[Point]:
    """Every check after the other; one that gets no usable answer says so and stops none of the others."""
    points = []
    for check in checks:
        try:
            seen = await check.look()
        except VendorError as error:
            seen = Seen.unclear(f"the vendor answered with trouble ({type(error).__name__})")
        except HttpFailure as failure:
            seen = Seen.unclear(f"no whole answer came ({failure.kind})")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            seen = Seen.unclear(f"the answer has another form than expected ({type(error).__name__})")
        points.append(Point(side, check.key, check.assumption, seen.verdict, seen.seen))
    return points


def count(points: Sequence[Point], verdict: Verdict) -> int:
    return sum(point.verdict == verdict for point in points)
