"""An imprint: one side's decoration, with location, artwork and colours or stitches in its text."""

from collections.abc import Sequence

from api.connectors.print_shop import ImprintDraft
from api.connectors.store_platform import Decoration
from api.invoices.rules.grouping import short_hash, side_of
from api.invoices.rules.texts import join_parts, sign
from api.invoices.rules.wanted import InvoiceChoices, Marker, WantedImprint
from api.settings.rules.words import plain_text


def make_imprint(
    group: str, decorations: Sequence[Decoration], choices: InvoiceChoices, marker: Marker
) -> WantedImprint:
    """`decorations` are one side as its items tell it: where its inks differ between garments, all of them are named."""
    first = decorations[0]
    key = f"{group}:i:{short_hash(side_of(first))}"
    mark = marker(key)
    inks = dict.fromkeys(filter(None, map(_inks, decorations)))
    mockups = dict.fromkeys(each.mockup_url for each in decorations if each.mockup_url)
    return WantedImprint(
        key=key,
        marker=mark,
        draft=ImprintDraft(
            details=sign(join_parts([first.location, first.method, first.artwork, " / ".join(inks)]), mark),
            type_of_work_id=choices.method_map.get(plain_text(first.method)),
            # One artwork on one side: every card of every order has a picture of its own of the same thing.
            mockup_urls=tuple(mockups)[:1],
        ),
    )


def _inks(decoration: Decoration) -> str:
    """Colours by name, else their number; stitches beside them."""
    count = len(decoration.colors) or decoration.color_count or 0
    colors = f"{count} {'color' if count == 1 else 'colors'}" if count else ""
    names = f": {', '.join(decoration.colors)}" if decoration.colors else ""
    stitches = f"{decoration.stitch_count} stitches" if decoration.stitch_count else ""
    return ", ".join(filter(None, (colors + names, stitches)))
