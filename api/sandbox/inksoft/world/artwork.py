"""What is printed on goods: artwork, its decorations side by side, and what a store offers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InkColor:
    """An ink or a thread."""

    name: str
    html: str
    pms: str = ""


@dataclass(frozen=True, slots=True)
class Decoration:
    """One side of a garment: where, how (free text, as the vendor keeps it), in which colours."""

    side: str
    region: str
    method: str
    colors: tuple[InkColor, ...] = ()
    stitches: int | None = None


@dataclass(frozen=True, slots=True)
class Artwork:
    """A design with all its decorations; each decoration becomes a production card of its own."""

    id: int
    name: str
    kind: str
    decorations: tuple[Decoration, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A product in one colour with one artwork (None = blank goods) at ``price`` cents before upcharges."""

    product_id: int
    style_id: int
    artwork: Artwork | None
    price: int
