"""The catalogue: products, their styles (colours), their sizes with upcharges."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """``id`` is the ProductStyleSizeId; ``upcharge`` in cents."""

    id: int
    name: str
    upcharge: int
    order: int


@dataclass(frozen=True, slots=True)
class Style:
    """A colour of a product."""

    id: int
    name: str
    html: str
    sizes: tuple[Size, ...]

    def size(self, name: str) -> Size:
        """The size of that name (KeyError if there is none)."""
        for size in self.sizes:
            if size.name == name:
                return size
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Product:
    """``sku`` is the style number of the manufacturer, not one of a size or colour; ``price`` in cents."""

    id: int
    sku: str
    name: str
    manufacturer: str
    supplier: str
    price: int
    category: str
    styles: tuple[Style, ...]

    def style(self, style_id: int) -> Style:
        """The style with that id (KeyError if there is none)."""
        for style in self.styles:
            if style.id == style_id:
                return style
        raise KeyError(style_id)
