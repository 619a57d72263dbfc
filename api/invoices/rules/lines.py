"""Groups and lines with their texts, from pieces that know their place."""

from collections import defaultdict
from collections.abc import Iterable

from api.connectors.print_shop import ImprintDraft, LineDraft
from api.connectors.store_platform import Decoration
from api.invoices.rules.grouping import Piece
from api.invoices.rules.wanted import (
    InvoiceChoices,
    Marker,
    NamedPiece,
    TraceEntry,
    WantedGroup,
    WantedImprint,
    WantedLine,
)
from api.settings.rules.sizes import OTHER, RANK

LONGEST_DESCRIPTION = 1000


def make_groups(pieces: Iterable[Piece], choices: InvoiceChoices, marker: Marker) -> tuple[WantedGroup, ...]:
    """Groups in a stable order: by the items in them, custom lines last."""
    by_group: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_group[piece.group_key].append(piece)
    ordered = sorted(by_group.items(), key=lambda pair: (pair[0] == "g:custom", _first(pair[1]), pair[0]))
    return tuple(
        _make_group(key, position, found, choices, marker)
        for position, (key, found) in enumerate(ordered, start=1)
    )


def _first(pieces: list[Piece]) -> tuple[str, str]:
    return min((piece.item.item_number, piece.item.name) for piece in pieces)


def _make_group(
    key: str, position: int, pieces: list[Piece], choices: InvoiceChoices, marker: Marker
) -> WantedGroup:
    by_line: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_line[piece.line_key].append(piece)
    ordered = sorted(by_line.items(), key=lambda pair: (_line_order(pair[1]), pair[0]))
    lines = tuple(
        _make_line(line_key, place, found, choices, marker)
        for place, (line_key, found) in enumerate(ordered, start=1)
    )
    sizes = sorted({code for line in lines for code, _ in line.draft.sizes}, key=lambda code: RANK[code])
    decorations = (
        {} if key == "g:custom" else {_side(d): d for piece in pieces for d in piece.item.decorations}
    )
    imprints = tuple(_make_imprint(key, decorations[side], choices, marker) for side in sorted(decorations))
    return WantedGroup(key=key, position=position, enabled_sizes=tuple(sizes), lines=lines, imprints=imprints)


def _line_order(pieces: list[Piece]) -> tuple[str, str, str, int, int]:
    """Style, colour, then sizes in grid order, then price: an upcharge line follows the line it belongs to."""
    first = pieces[0]
    rank = min(RANK[piece.size_code] for piece in pieces)
    return (first.item.item_number, first.item.name, first.item.color, rank, first.unit_price_amount)


def _make_line(
    key: str, position: int, pieces: list[Piece], choices: InvoiceChoices, marker: Marker
) -> WantedLine:
    counts: dict[str, int] = defaultdict(int)
    for piece in pieces:
        counts[piece.size_code] += piece.count
    first = min(pieces, key=_sort_key)
    mark = marker(key)
    named = tuple(_named(sorted(pieces, key=_sort_key), choices))
    return WantedLine(
        key=key,
        marker=mark,
        draft=LineDraft(
            position=position,
            item_number=first.item.item_number,
            color=first.item.color,
            description=_describe(first, named, mark, choices),
            unit_price_amount=first.unit_price_amount,
            taxed=False,
            sizes=tuple(sorted(counts.items(), key=lambda pair: RANK[pair[0]])),
            mockup_urls=first.item.mockup_urls[:3],
        ),
        trace=tuple(_trace(piece) for piece in sorted(pieces, key=_sort_key)),
        named=named,
    )


def _sort_key(piece: Piece) -> tuple[str, str, int]:
    return (piece.order.number, piece.item.external_id, piece.unit_price_amount)


def _trace(piece: Piece) -> TraceEntry:
    return TraceEntry(
        order_id=piece.order.order_id,
        order_number=piece.order.number,
        item_external_id=piece.item.external_id,
        size_text=piece.item.size,
        size_code=piece.size_code,
        pieces=piece.count,
    )


def _named(pieces: list[Piece], choices: InvoiceChoices) -> Iterable[NamedPiece]:
    """Names and numbers of each item once, even where its price was split over two lines."""
    seen = set()
    for piece in pieces:
        item = (piece.order.order_id, piece.item.external_id)
        if item in seen or piece.unit_price_amount != piece.item.total_amount // piece.item.quantity:
            continue
        seen.add(item)
        for one in piece.item.personalizations:
            yield NamedPiece(
                order_number=choices.order_number_prefix + piece.order.number,
                size_text=piece.item.size,
                name=one.name,
                number=one.number,
                values=one.values,
                quantity=one.quantity,
            )


def _describe(first: Piece, named: tuple[NamedPiece, ...], mark: str, choices: InvoiceChoices) -> str:
    """Name, the size's text where it went to Other, names and numbers while they fit, and the marker at the end."""
    parts = [first.item.name]
    if first.size_code == OTHER and first.item.kind == "product":
        parts.append(f"Size: {first.item.size or 'not given'}")
    elif first.item.kind == "custom" and first.item.notes:
        parts.append(first.item.notes)
    end = f"ref {mark}"
    text = " · ".join(part for part in parts if part)[: LONGEST_DESCRIPTION - len(end) - 60]
    if named and choices.personalization == "line":
        whole = "; ".join(_name_text(piece) for piece in named)
        room = LONGEST_DESCRIPTION - len(text) - len(end) - 20
        pieces = sum(piece.quantity for piece in named)
        text += f" · {whole}" if len(whole) <= room else f" · {pieces} personalized pieces, see the list"
    return f"{text} · {end}"


def _name_text(piece: NamedPiece) -> str:
    number = f"#{piece.number}" if piece.number else ""
    values = ", ".join(f"{label}: {value}" for label, value in piece.values)
    what = " ".join(part for part in (piece.name, number, values) if part)
    times = f"{piece.quantity} x " if piece.quantity > 1 else ""
    return f"{times}{piece.size_text} {what} ({piece.order_number})"


def _side(decoration: Decoration) -> tuple[str, str, str]:
    return (decoration.location.lower(), decoration.method.lower(), decoration.artwork)


def _make_imprint(
    group: str, decoration: Decoration, choices: InvoiceChoices, marker: Marker
) -> WantedImprint:
    """One imprint a side: location, artwork and colours or stitches in its text, the method as type of work."""
    key = f"{group}:i:{'|'.join(_side(decoration))}"
    mark = marker(key)
    details = [decoration.location, decoration.method, decoration.artwork]
    if decoration.colors:
        details.append(f"{len(decoration.colors)} colors: {', '.join(decoration.colors)}")
    elif decoration.color_count:
        details.append(f"{decoration.color_count} colors")
    if decoration.stitch_count:
        details.append(f"{decoration.stitch_count} stitches")
    text = " · ".join(part for part in details if part)[: LONGEST_DESCRIPTION - 20]
    return WantedImprint(
        key=key,
        marker=mark,
        draft=ImprintDraft(
            details=f"{text} · ref {mark}",
            type_of_work_id=choices.method_map.get(decoration.method.strip().lower()),
            mockup_urls=(decoration.mockup_url,) if decoration.mockup_url else (),
        ),
    )
