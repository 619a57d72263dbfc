"""The purchasing status that people see (B1 to B3): of a piece, of a line, of a line item group.

Printavo keeps one status a line, InkSoft a text on each production card of a piece. Pure; pieces are counted, not cards.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from api.connectors.print_shop import LineStatus
from api.invoices.rules.goods import ADVANCE, goods_status, least_advanced
from api.invoices.rules.wanted import WantedLine
from api.settings.schemas.kinds import Precedence

Side = Literal["inksoft", "printavo"]
Source = Literal["inksoft", "printavo", "both"]


@dataclass(frozen=True, slots=True)
class GoodsChoices:
    """Which side supersedes the other, and the shop's own words, keyed by plain text."""

    precedence: Precedence = "inksoft_first"
    words: Mapping[str, LineStatus] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CardNote:
    """What the cards of some pieces of a line say: the distinct non-blank texts of all their sides."""

    texts: tuple[str, ...]
    pieces: int


@dataclass(frozen=True, slots=True)
class LineGoods:
    """A line as both sides know it. Pieces that no note speaks of have blank cards, or none."""

    pieces: int
    printavo: LineStatus | None = None
    inksoft: tuple[CardNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What a piece shows. A text that nobody explained stands in `text`, with no status: it is not ranked."""

    status: LineStatus | None = None
    text: str = ""
    source: Side | None = None

    @property
    def order(self) -> tuple[int, str]:
        """Least advanced first, then what is not ranked, then what has nothing at all."""
        if self.status is not None:
            return (ADVANCE[self.status], "")
        return (len(ADVANCE) + (0 if self.text else 1), self.text)


@dataclass(frozen=True, slots=True)
class GoodsCount:
    """So many pieces show this; both empty: nothing is known of them."""

    status: LineStatus | None
    text: str
    pieces: int


@dataclass(frozen=True, slots=True)
class GoodsTotal:
    """`status` is the least advanced that is known; `counts` say of how many pieces; `source` who said it."""

    status: LineStatus | None
    source: Source | None
    pieces: int
    counts: tuple[GoodsCount, ...]


def mark_of_cards(texts: Sequence[str], words: Mapping[str, LineStatus]) -> Mark | None:
    """What the cards of a piece say together: the least advanced of them; None when all are blank.

    One card that nobody understands may be the least advanced one, so then all of it is shown as it is.
    """
    spoken = [text.strip() for text in texts if text.strip()]
    if not spoken:
        return None
    known = [status for text in spoken if (status := goods_status(text, words)) is not None]
    if len(known) < len(spoken):
        return Mark(text=" / ".join(dict.fromkeys(spoken)), source="inksoft")
    return Mark(status=least_advanced(known), source="inksoft")


def mark_of_piece(texts: Sequence[str], printavo: LineStatus | None, choices: GoodsChoices) -> Mark:
    """B2: InkSoft's if it has one, otherwise Printavo's of its line; the other way round if the shop chose so."""
    inksoft = mark_of_cards(texts, choices.words)
    of_line = Mark(status=printavo, source="printavo") if printavo is not None else None
    first, second = (inksoft, of_line) if choices.precedence == "inksoft_first" else (of_line, inksoft)
    return first or second or Mark()


def total_of_line(line: LineGoods, choices: GoodsChoices) -> GoodsTotal:
    """B2: a line shows the least advanced of its pieces."""
    return _total(_marks(line, choices))


def total_of_group(lines: Iterable[LineGoods], choices: GoodsChoices) -> GoodsTotal:
    """B3: a group shows the least advanced of its lines."""
    return _total(sum((_marks(line, choices) for line in lines), Counter[Mark]()))


def count_overruled(line: LineGoods, choices: GoodsChoices) -> int:
    """Pieces on which both sides say something, and do not say the same: one of them is not what is shown."""
    if line.printavo is None:
        return 0
    marks = ((mark_of_cards(note.texts, choices.words), pieces) for note, pieces in _noted(line, choices))
    return sum(pieces for mark, pieces in marks if mark is not None and mark.status != line.printavo)


def describe_change(before: LineGoods, after: LineGoods, choices: GoodsChoices) -> dict[str, Any]:
    """Both sides before and after, what is shown now and who said it: the data of an event."""
    was, now = total_of_line(before, choices), total_of_line(after, choices)
    return {
        "printavo": {"before": before.printavo, "after": after.printavo},
        "inksoft": {"before": _tell(before.inksoft), "after": _tell(after.inksoft)},
        "shown": {"before": was.status, "after": now.status},
        "source": now.source,
    }


def _tell(notes: Iterable[CardNote]) -> list[dict[str, Any]]:
    return [{"texts": list(note.texts), "pieces": note.pieces} for note in notes]


def gather_notes(line: WantedLine, texts: Mapping[tuple[UUID, str], Sequence[str]]) -> tuple[CardNote, ...]:
    """The notes on a line's pieces; `texts` are what the cards say now, by order and order line."""
    pieces: Counter[tuple[str, ...]] = Counter()
    for entry in line.trace:
        pieces[tuple(sorted(set(texts.get((entry.order_id, entry.item_external_id), ()))))] += entry.pieces
    return tuple(CardNote(spoken, count) for spoken, count in sorted(pieces.items()) if spoken)


def _marks(line: LineGoods, choices: GoodsChoices) -> Counter[Mark]:
    marks: Counter[Mark] = Counter()
    for note, pieces in _noted(line, choices):
        marks[mark_of_piece(note.texts, line.printavo, choices)] += pieces
    marks[mark_of_piece((), line.printavo, choices)] += max(0, line.pieces - marks.total())
    return +marks


def _noted(line: LineGoods, choices: GoodsChoices) -> Iterable[tuple[CardNote, int]]:
    """The notes with their pieces, never more than the line has: notes are read at another time than lines are made."""

    def least_advanced_first(note: CardNote) -> tuple[int, str]:
        return (mark_of_cards(note.texts, choices.words) or Mark()).order

    left = line.pieces
    for note in sorted(line.inksoft, key=least_advanced_first):
        pieces = min(note.pieces, left)
        left -= pieces
        yield note, pieces


def _total(marks: Counter[Mark]) -> GoodsTotal:
    pieces: Counter[tuple[LineStatus | None, str]] = Counter()
    for mark in sorted(marks, key=lambda mark: mark.order):
        pieces[mark.status, mark.text] += marks[mark]
    ranked = [mark.status for mark in marks if mark.status is not None]
    return GoodsTotal(
        status=least_advanced(ranked),
        source=_source({mark.source for mark in marks if mark.source is not None}),
        pieces=marks.total(),
        counts=tuple(GoodsCount(status, text, count) for (status, text), count in pieces.items()),
    )


def _source(sides: set[Side]) -> Source | None:
    return "both" if len(sides) > 1 else next(iter(sides), None)
