"""The catalogue on the wire: names for the ids that order items carry."""

from typing import Any

from api.sandbox.inksoft.wire.pen import Pen
from api.sandbox.inksoft.world.product import Product, Size, Style


def product(goods: Product, *, in_list: bool, prices: bool, sizes: bool = True) -> dict[str, Any]:
    """A ``Product``; in lists ``Categories`` and ``LongDescription`` are null."""
    return {
        "ID": goods.id, "Name": goods.name, "Sku": goods.sku, "Manufacturer": goods.manufacturer,
        "ManufacturerSku": goods.sku, "Supplier": goods.supplier,
        "LongDescription": None if in_list else f"{goods.name} by {goods.manufacturer}",
        "Categories": None if in_list else [{"ID": sum(map(ord, goods.category)), "Name": goods.category}],
        "CanScreenPrint": True, "CanDigitalPrint": True, "CanEmbroider": goods.category != "Jerseys",
        "Styles": [_style(goods, style, prices=prices, sizes=sizes) for style in goods.styles],
    }  # fmt: skip


def _style(goods: Product, style: Style, *, prices: bool, sizes: bool) -> dict[str, Any]:
    return {
        "ID": style.id, "Name": style.name, "HtmlColor1": style.html, "HtmlColor2": None,
        "Price": Pen.money(goods.price) if prices else None, "UnitPrice": Pen.money(goods.price) if prices else None,
        "ImageFilePath_Front": f"/images/products/{goods.id}/{style.id}/front.png",
        "Sides": [{"Side": side} for side in ("front", "back", "sleeveleft", "sleeveright")],
        "Sizes": [_size(goods, size, prices=prices) for size in style.sizes] if sizes else [],
    }  # fmt: skip


def _size(goods: Product, size: Size, *, prices: bool) -> dict[str, Any]:
    return {
        "ID": size.id,
        "Name": size.name,
        "UpCharge": Pen.money(size.upcharge),
        "UnitPrice": Pen.money(goods.price + size.upcharge) if prices else None,
        "SortOrder": size.order,
    }
