"""Items of an order on the wire: ids and one text, never a SKU, a size or a colour of their own."""

from typing import Any

from api.sandbox.inksoft.wire.cards import name_number, personalization
from api.sandbox.inksoft.wire.pen import Pen
from api.sandbox.inksoft.world.money import row_total
from api.sandbox.inksoft.world.order import CustomItem, Order, RetailItem, SizeRow
from api.sandbox.inksoft.world.world import World

_PRICES_LEFT_NULL = (
    "TaxRate", "TaxRateOverride", "PrintCost", "PrintSetupCharge", "QuantityDiscountAmount", "QuantityDiscountPercent",
    "PrintSetupPriceFront", "PrintSetupPriceBack", "PrintSetupPriceSleeveLeft", "PrintCostOverride",
    "PrintPriceFront", "PrintPriceBack", "PrintPriceSleeveLeft", "PrintPriceSleeveRight", "EstimatedProductionDays",
)  # fmt: skip


def items(world: World, order: Order, pen: Pen) -> list[dict[str, Any]]:
    """One ``Item`` per size of each product and style."""
    return [_item(world, order, item, row, pen) for item in order.items for row in item.rows]


def _item(world: World, order: Order, item: RetailItem, row: SizeRow, pen: Pen) -> dict[str, Any]:
    product, style = world.goods(item.product_id, item.style_id)
    return {
        "OrderRetailItemId": item.id, "OrderRetailItemSizeId": row.id, "InProduction": order.production_status != "Open",
        "OriginalOrderRetailItemId": None, "KeepExistingPrintMethod": False, "RetailItemId": item.id + 10_000_000,
        "RetailItemSizeId": row.id + 10_000_000, "ProductId": product.id, "ProductStyleId": style.id,
        "ProductStyleSizeId": row.size_id, "Quantity": row.quantity,
        "ArtId": item.artwork.id if item.artwork else None, "DesignId": None, "SideColorways": [],
        "UnitPrice": pen.money(row.unit_price), "ItemTotal": pen.money(row_total(row)),
        "FullName": f"{product.name} - {style.name} - {row.size}", "ProductPriceEach": pen.money(row.unit_price),
        "PersonalizationValues": personalization(row),
        "NameNumberValues": [name_number(row, name) for name in row.names],
        "AddOns": [
            {"ID": extra.id, "Quantity": extra.quantity, "Name": extra.name, "Description": "",
             "Price": pen.money(extra.price)}
            for extra in row.add_ons
        ],
        "SidePreviews": _previews(item), "Notes": row.notes,
    } | dict.fromkeys(_PRICES_LEFT_NULL)  # fmt: skip


def _previews(item: RetailItem) -> list[dict[str, Any]]:
    if item.artwork is None:
        return []
    base = f"/images/products/{item.product_id}/{item.style_id}"
    return [
        {
            "SideName": decoration.side, "ProductOnlyUrl": f"{base}/{decoration.side}.png",
            "DesignOnlyUrl": f"/images/art/{item.artwork.id}_{decoration.side}.png",
            "DesignOnProductUrl": f"{base}/{decoration.side}_{item.artwork.id}.png", "SideArtId": item.artwork.id,
        }
        for decoration in item.artwork.decorations
    ]  # fmt: skip


def size_prices(order: Order) -> list[dict[str, Any]]:
    """``Product.Style.Size.Price``: what each ordered size costs before personalization."""
    prices = {row.size_id: row.unit_price for row in order.rows()}
    return [
        {"ProductStyleSizeId": size_id, "PriceEach": Pen.money(price), "CostEach": None}
        for size_id, price in prices.items()
    ]


def custom_items(order: Order) -> list[dict[str, Any]]:
    """``CustomLineItem`` objects."""
    return [_custom(item) for item in order.custom]


def _custom(item: CustomItem) -> dict[str, Any]:
    return {
        "ID": item.id, "ParentId": None, "UniqueId": None, "Name": item.name, "Description": item.description,
        "ImageUrl": "", "Taxable": item.taxable, "TaxRate": None, "TaxRateOverride": None, "UnitCost": None,
        "UnitPrice": Pen.money(item.unit_price), "UnitWeight": None, "Quantity": item.quantity, "UnitType": item.unit,
        "Active": True, "Size": item.size, "Style": item.style, "CustomLineItemImages": [],
    }  # fmt: skip
