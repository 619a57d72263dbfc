"""Groups and lines, from pieces that know their place. Pieces come in one fixed order, so the first of them speaks for all."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from api.connectors.print_shop import LineDraft
from api.connectors.store_platform import Decoration
from api.invoices.rules.grouping import CUSTOM_GROUP, Piece, Side, decorations_of, side_of
from api.invoices.rules.imprints import make_imprint
from api.invoices.rules.texts import DOT, cut, join_parts, room_after, sign, squeeze
from api.invoices.rules.wanted import InvoiceChoices, Marker, NamedPiece, TraceEntry, WantedGroup, WantedLine
from api.settings.rules.sizes import OTHER, RANK

LONGEST_FIELD = 200
# A line sums up one garment of many orders: the previews of its first order show it, the others show it again.
MOST_MOCKUPS = 3


def make_groups(pieces: Iterable[Piece], choices: InvoiceChoices, marker: Marker) -> tuple[WantedGroup, ...]:
    """Groups in a stable order: by the items in them, custom lines last. `pieces` are in their order."""
    by_group = _gather(pieces, lambda piece: piece.group_key)
    ordered = sorted(by_group, key=lambda key: (key == CUSTOM_GROUP, _first_item(by_group[key]), key))
    return tuple(
        _make_group(key, position, by_group[key], choices, marker)
        for position, key in enumerate(ordered, start=1)
    )


def _gather(pieces: Iterable[Piece], key_of: Callable[[Piece], str]) -> dict[str, list[Piece]]:
    gathered: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        gathered[key_of(piece)].append(piece)
    return gathered


def _first_item(pieces: Sequence[Piece]) -> tuple[str, str]:
    return min((piece.item.item_number, piece.item.name) for piece in pieces)


def _make_group(
    key: str, position: int, pieces: Sequence[Piece], choices: InvoiceChoices, marker: Marker
) -> WantedGroup:
    by_line = _gather(pieces, lambda piece: piece.line_key)
    ordered = sorted(by_line, key=lambda line_key: (*_line_order(by_line[line_key]), line_key))
    lines = tuple(
        _make_line(line_key, place, by_line[line_key], choices, marker)
        for place, line_key in enumerate(ordered, start=1)
    )
    sides: dict[Side, list[Decoration]] = defaultdict(list)
    for decoration in dict.fromkeys(each for piece in pieces for each in decorations_of(piece.item)):
        sides[side_of(decoration)].append(decoration)
    return WantedGroup(
        key=key,
        position=position,
        enabled_sizes=tuple(
            sorted({code for line in lines for code, _ in line.draft.sizes}, key=RANK.__getitem__)
        ),
        lines=lines,
        imprints=tuple(make_imprint(key, sides[side], choices, marker) for side in sorted(sides)),
    )


def _line_order(pieces: Sequence[Piece]) -> tuple[str, str, str, int, int]:
    """Style, colour, then sizes in grid order, then price: an upcharge line follows the line it belongs to."""
    first = pieces[0]
    rank = min(RANK[piece.size_code] for piece in pieces)
    return (first.item.item_number, first.item.name, first.item.color, rank, first.unit_price_amount)


def _make_line(
    key: str, position: int, pieces: Sequence[Piece], choices: InvoiceChoices, marker: Marker
) -> WantedLine:
    counts: dict[str, int] = defaultdict(int)
    for piece in pieces:
        counts[piece.size_code] += piece.count
    first, mark = pieces[0], marker(key)
    named = tuple(_named(pieces, choices))
    return WantedLine(
        key=key,
        marker=mark,
        draft=LineDraft(
            position=position,
            item_number=cut(squeeze(first.item.item_number), LONGEST_FIELD),
            color=cut(squeeze(first.item.color), LONGEST_FIELD),
            description=sign(_describe(first, named, mark, choices), mark),
            unit_price_amount=first.unit_price_amount,
            taxed=first.taxed,
            sizes=tuple(sorted(counts.items(), key=lambda pair: RANK[pair[0]])),
            mockup_urls=first.item.mockup_urls[:MOST_MOCKUPS],
        ),
        trace=tuple(_trace(piece) for piece in pieces),
        named=named,
        name=squeeze(first.item.name),
    )


def _trace(piece: Piece) -> TraceEntry:
    return TraceEntry(
        order_id=piece.order.order_id,
        order_number=piece.order.number,
        item_external_id=piece.item.external_id,
        size_text=piece.item.size,
        size_code=piece.size_code,
        pieces=piece.count,
    )


def _named(pieces: Iterable[Piece], choices: InvoiceChoices) -> Iterable[NamedPiece]:
    """Names and numbers of each item once, even where its price was split over two lines."""
    for piece in pieces:
        for one in piece.item.personalizations if piece.carries_names else ():
            yield NamedPiece(
                order_number=choices.order_number_prefix + piece.order.number,
                size_text=piece.item.size,
                name=one.name,
                number=one.number,
                values=one.values,
                quantity=one.quantity,
            )


def _describe(first: Piece, named: Sequence[NamedPiece], mark: str, choices: InvoiceChoices) -> str:
    """Name, the size's text where it went to Other, and names and numbers while they fit."""
    item, parts = first.item, [first.item.name]
    if item.kind == "custom":
        parts += [f"Size: {item.size}"] if item.size else []
        parts.append(item.notes)
    elif first.size_code == OTHER:
        parts.append(f"Size: {item.size or 'not given'}")
    text = join_parts(parts)
    if not named or choices.personalization == "list":
        return text
    names = squeeze("; ".join(_name_text(piece) for piece in named))
    if len(names) > room_after(text, mark):
        count = sum(piece.quantity for piece in named)
        names = f"{count} personalized {'piece' if count == 1 else 'pieces'}, listed in Platen"
    return DOT.join(filter(None, (text, names)))


def _name_text(piece: NamedPiece) -> str:
    number = f"#{piece.number}" if piece.number else ""
    values = ", ".join(f"{label}: {value}" for label, value in piece.values)
    what = " ".join(part for part in (piece.size_text, piece.name, number, values) if part)
    times = f"{piece.quantity} x " if piece.quantity > 1 else ""
    return f"{times}{what} ({piece.order_number})"
