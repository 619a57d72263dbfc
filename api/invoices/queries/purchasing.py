"""The purchasing status of an invoice's lines, from what was read of both sides last, under the shop's choices of now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.print_shop import LineStatus
from api.invoices.rules.purchasing import (
    CardNote,
    GoodsChoices,
    GoodsTotal,
    LineGoods,
    count_overruled,
    mark_of_cards,
    total_of_group,
    total_of_line,
)
from api.invoices.rules.wanted import WantedGroup, WantedLine
from api.invoices.schemas.purchasing import GoodsCountRead, InkSoftNote, LinePurchasing, Purchasing
from api.settings.queries import get_inksoft_settings

_LINES = text("""
SELECT id, key, printavo_status, inksoft FROM line_item
WHERE workspace_id = :workspace AND invoice_id = :invoice ORDER BY key
""")


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A row of `line_item`."""

    id: UUID
    key: str
    printavo_status: LineStatus | None
    notes: tuple[CardNote, ...]

    def goods(self, pieces: int) -> LineGoods:
        """As both sides know the line, which has so many pieces now."""
        return LineGoods(pieces, self.printavo_status, self.notes)


@dataclass(frozen=True, slots=True)
class Goods:
    """What is known of an invoice's lines, by wanted key, and how the shop wants it read."""

    choices: GoodsChoices
    lines: Mapping[str, KnownLine]

    def of_line(self, line: WantedLine) -> LineGoods:
        """As both sides know it; a line that was not looked at yet has nothing."""
        known = self.lines.get(line.key)
        return known.goods(line.piece_count) if known else LineGoods(line.piece_count)


async def get_goods(session: AsyncSession, workspace_id: UUID, invoice_id: UUID) -> Goods:
    """In two statements."""
    lines = await list_line_items(session, workspace_id, invoice_id)
    return Goods(await get_goods_choices(session, workspace_id), lines)


async def get_goods_choices(session: AsyncSession, workspace_id: UUID) -> GoodsChoices:
    """The shop's precedence and its own words."""
    chosen = await get_inksoft_settings(session, workspace_id)
    return GoodsChoices(chosen.purchasing_precedence, chosen.purchasing_map)


async def list_line_items(
    session: AsyncSession, workspace_id: UUID, invoice_id: UUID
) -> dict[str, KnownLine]:
    """What is known of the invoice's lines, by wanted key."""
    rows = await session.execute(_LINES, {"workspace": workspace_id, "invoice": invoice_id})
    return {row.key: _known(row) for row in rows}


def show_group_purchasing(goods: Goods, group: WantedGroup) -> Purchasing:
    """B3."""
    return Purchasing(**_members(total_of_group(map(goods.of_line, group.lines), goods.choices)))


def show_line_purchasing(goods: Goods, line: WantedLine) -> LinePurchasing:
    """B2, with what each side says by itself."""
    of_line = goods.of_line(line)
    known = goods.lines.get(line.key)
    overruled = count_overruled(of_line, goods.choices)
    loser = "printavo" if goods.choices.precedence == "inksoft_first" else "inksoft"
    return LinePurchasing(
        **_members(total_of_line(of_line, goods.choices)),
        line_item_id=known.id if known else None,
        printavo_status=of_line.printavo,
        inksoft=list(_show_notes(of_line.inksoft, goods.choices)),
        overruled=loser if overruled else None,
        overruled_count=overruled,
    )


def _members(total: GoodsTotal) -> dict[str, Any]:
    counts = [GoodsCountRead(status=one.status, text=one.text, pieces=one.pieces) for one in total.counts]
    return {
        "status": total.status, "source": total.source, "piece_count": total.pieces, "counts": counts,
    }  # fmt: skip


def _show_notes(notes: Iterable[CardNote], choices: GoodsChoices) -> Iterable[InkSoftNote]:
    for note in notes:
        mark = mark_of_cards(note.texts, choices.words)
        yield InkSoftNote(texts=list(note.texts), status=mark.status if mark else None, pieces=note.pieces)


def _known(row: Any) -> KnownLine:
    notes = tuple(CardNote(tuple(one["texts"]), one["pieces"]) for one in row.inksoft)
    return KnownLine(row.id, row.key, row.printavo_status, notes)
