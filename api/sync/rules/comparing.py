"""What a comparison of the platform's whole list with what is stored makes of each order."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from api.connectors.store_platform import OrderSummary
from api.stores.rules import PROPOSALS

FindingKind = Literal["missing", "extra", "different"]
# The most orders that a comparison names.
MOST_FINDINGS: Final = 100
# The most orders that are asked for by number because the list lacks them, a small shop's always.
MOST_LACKING: Final = 200
FEW: Final = 10
# The same, where a person said that they were deleted: as many as one turn of a reading can ask for.
MOST_SAID: Final = 2_000


@dataclass(frozen=True, slots=True)
class Finding:
    """An order that differed. `missing`: listed, not stored; `extra`: stored, deleted there; `different`: says something else."""

    order_id: UUID
    number: str
    kind: FindingKind


@dataclass(frozen=True, slots=True)
class LackingOrder:
    """A stored order that no page of the list held. The store's external id is ours, with the system store's name."""

    id: UUID
    external_id: str
    store_external_id: str


def are_deletions(lacking: int, *, stored: int) -> bool:
    """Whether so many orders can have been deleted by people.

    When a quarter of all is lacking it was not people: the key sees less than before, or the list is broken. Then
    nothing is taken out of the feed, and a person is told.
    """
    return lacking <= min(MOST_LACKING, max(FEW, stored // 4))


@dataclass(frozen=True, slots=True)
class Lacking:
    """The first orders that no page of the list held, how many there are in all, and how many are stored.

    `are_said`: a person says that they were deleted. Then they are asked for by number, however many they are.
    """

    orders: Sequence[LackingOrder]
    count: int
    stored: int
    are_said: bool

    @property
    def are_few(self) -> bool:
        return are_deletions(self.count, stored=self.stored)

    @property
    def are_asked_for(self) -> bool:
        return self.are_said or self.are_few

    def left(self, gone: int) -> int:
        """How many a person is told of when so many proved to be gone; 0 when the others are no cause for alarm."""
        rest = self.count - gone
        return 0 if are_deletions(rest, stored=self.stored - gone) else rest


def findings_of(
    new: Mapping[UUID, OrderSummary], different: Mapping[UUID, OrderSummary], *, since: datetime | None
) -> list[Finding]:
    """Of one page. An order that was placed since the comparison began is no miss: it came in by this page."""
    missing = [
        Finding(order_id, entry.number, "missing")
        for order_id, entry in new.items()
        if since is not None and entry.placed_at < since
    ]
    return missing + [Finding(order_id, entry.number, "different") for order_id, entry in different.items()]


def gone(
    lacking: Sequence[LackingOrder],
    existing: Iterable[tuple[str, str | None]],
    *,
    listed: Collection[tuple[str, str]],
) -> list[LackingOrder]:
    """Those that the platform has no more, when asked for by number.

    Two stores may use one number: an answer that belongs to an order that was listed says nothing about the other one.
    Every other answer with the number keeps the order: a whole order may name its store otherwise than the list does.
    """
    answers = Counter(number for number, store in set(existing) if (number, store or PROPOSALS) not in listed)
    return [order for order in lacking if not answers[order.external_id]]
