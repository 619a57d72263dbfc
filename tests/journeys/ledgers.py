"""What the vendors' own ledgers say that people did, in the words of a checker. It imports nothing of the product."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]
# These move money or pieces, so that everybody sees them; the others may change nothing that is shown.
EDITS = {"edit_quantity", "refund"}


@dataclass(frozen=True)
class Act:
    """One line of InkSoft's ledger. `window` counts Platen's readings before it; `facts` are the order's afterwards."""

    window: int
    verb: str
    facts: Json


@dataclass(frozen=True)
class Story:
    """What happened to an order that a shopper placed, from its first reading on; `seen` is that reading, None without."""

    acts: Sequence[Act]

    @property
    def seen(self) -> int | None:
        return next((act.window for act in self.acts if not act.facts["pending"]), None)

    @property
    def was_cancelled_later(self) -> bool:
        """Not before it was read for the first time: it came as a cancelled one then."""
        return any(act.verb == "cancel" for act in self._later())

    @property
    def was_edited(self) -> bool:
        """In a window in which it was not cancelled as well: one reading tells of one thing."""
        ends = {act.window for act in self.acts if act.verb == "cancel"}
        return any(act.verb in EDITS and act.window not in ends for act in self._later())

    @property
    def was_touched(self) -> bool:
        return bool(self._later())

    def _later(self) -> list[Act]:
        seen = self.seen
        return [] if seen is None else [act for act in self.acts if act.window > seen]


def acts_of(ledger: Iterable[Json], looks: Sequence[int]) -> list[Act]:
    """Everything that people did; `looks` are the ledger's lengths at which it was read."""
    found = []
    for entry in ledger:
        result = entry["result"]
        orders = result.get("orders", [result]) if isinstance(result, dict) else [{}]
        found += [Act(bisect_left(looks, entry["seq"]), entry["op"], facts) for facts in orders]
    return found


def stories_of(acts: Iterable[Act]) -> dict[str, Story]:
    """By number; those of orders that were placed since the ledger began."""
    told: dict[str, list[Act]] = {}
    for act in acts:
        number = str(act.facts.get("order"))
        if act.verb == "place_order":
            told[number] = [act]
        elif number in told:
            told[number].append(act)
    return {number: Story(each) for number, each in told.items()}


def goods_of(wholes: Iterable[Json]) -> Counter[tuple[str, str, int]]:
    """Row, size and pieces of orders, as InkSoft has them."""
    return Counter(
        (str(row["row"]), row["size"], row["quantity"]) for whole in wholes for row in whole["rows"]
    )


def notes_of(wholes: Iterable[Json], pieces: Mapping[str, int]) -> Counter[tuple[str, ...]]:
    """Pieces by what is written beside them now; as many as there were when the order was put on its invoice."""
    noted: Counter[tuple[str, ...]] = Counter()
    for row in (row for whole in wholes for row in whole["rows"]):
        texts = tuple(sorted({text for text in row["purchasing"].values() if text}))
        if texts:
            noted[texts] += pieces.get(str(row["row"]), 0)
    return +noted


def days_of(orders: Iterable[Json], zone: str) -> Counter[str]:
    """Orders by the day on which they were placed, where the print shop is."""
    return Counter(
        datetime.fromisoformat(order["created_at"]).astimezone(ZoneInfo(zone)).date().isoformat()
        for order in orders
    )
