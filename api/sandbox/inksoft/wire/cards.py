"""Production cards: one per side of a decorated item, over all its sizes. Front and back repeat the same pieces."""

from typing import Any

from api.sandbox.inksoft.wire.pen import Pen
from api.sandbox.inksoft.world.artwork import Artwork, Decoration
from api.sandbox.inksoft.world.order import NameNumber, Order, RetailItem, SizeRow
from api.sandbox.inksoft.world.world import World

_SIDES_PER_ITEM = 10


def count_cards(order: Order) -> int:
    """How many cards the order has; none while nobody has made them."""
    return (
        sum(len(item.artwork.decorations) for item in order.items if item.artwork) if order.cards_made else 0
    )


def cards(world: World, order: Order, pen: Pen) -> list[dict[str, Any]]:
    """All ``ProductionCard`` objects. Blank goods and custom line items have none."""
    if not order.cards_made:
        return []
    found: list[dict[str, Any]] = []
    for item in order.items:
        for index, decoration in enumerate(item.artwork.decorations if item.artwork else ()):
            found.append(_card(world, order, item, decoration, pen, index, number=len(found) + 1))
    return found


def _card(
    world: World, order: Order, item: RetailItem, decoration: Decoration, pen: Pen, index: int, *, number: int
) -> dict[str, Any]:
    product, style = world.goods(item.product_id, item.style_id)
    card_id, person, art = item.id * _SIDES_PER_ITEM + index, order.person, item.artwork
    image = f"/images/products/{product.id}/{style.id}/{decoration.side}.png"
    card = {
        "ID": card_id, "JobId": None, "JobName": "", "JobStatusName": "", "JobStatusId": None, "JobNumber": "",
        "OrderId": order.id, "OrderFirstName": person.first, "OrderLastName": person.last,
        "OrderEmail": person.email, "OrderStoreName": world.store_of(order).name,
        "OrderDate": pen.date(order.created_at), "OrderRetailItemId": item.id,
        "OrderPaymentStatus": order.totals.payment_status, "Number": f"{order.id}-{number}",
        "DesignGroupKey": f"{art.id if art else 0}-{decoration.side}", "ShipDate": pen.date(order.due_at),
        "ProductId": product.id, "ProductName": product.name, "ProductSku": product.sku,
        "ProductManufacturer": product.manufacturer, "ProductSupplier": product.supplier,
        "ProductStyleName": style.name, "ProductStyleId": style.id, "Art": _art(art, decoration),
        "ArtId": art.id if art else None, "ColorwayId": None, "CanvasId": None, "Side": decoration.side,
        "SideInternalName": decoration.side, "RegionName": decoration.region,
        "Region": {"ID": index + 1, "Name": decoration.region, "X": 0, "Y": 0, "Width": 12, "Height": 14,
                   "Rotation": None, "Shape": None, "Side": decoration.side, "IsDefault": index == 0,
                   "ProductRegionRenderSizeId": 1, "RenderWidthInches": 12, "RenderHeightInches": 14},
        "ProductType": "standard", "SizeUnit": "in", "ProductUrl": image, "PreviewUrl": f"{image}?art={card_id}",
        "ArtUrl": f"/images/art/{art.id if art else 0}.png", "PrintMethod": decoration.method,
        "Quantity": sum(row.quantity for row in item.rows), "ColorCount": len(decoration.colors) or None,
        "ProductionNotes": "", "OrderNotes": order.notes, "OrderItemNotes": "",
        "DateCompleted": pen.date(order.shipments[-1].at) if order.shipments else None, "Timeline": [],
        "Attachments": [], "Colors": _colors(card_id, decoration, art), "ColorwayName": "",
        "ProductHtmlColor": style.html, "ProductShape": "", "EstimatedProductionDays": None,
        "Items": _items(world, item, decoration, card_id, index),
    }  # fmt: skip
    if world.switches["card_design_fields"] == "present":  # documented, but not seen in live answers
        card |= {"DesignName": None, "DesignType": None, "DesignId": None, "DesignUrl": None}
    return card


def _items(
    world: World, item: RetailItem, decoration: Decoration, card_id: int, index: int
) -> list[dict[str, Any]]:
    per_name = world.switches["card_items"] == "one_per_name"
    found: list[dict[str, Any]] = []
    for row in item.rows:
        for name, quantity in (
            _parts(row) if per_name else [(row.names[0] if row.names else None, row.quantity)]
        ):
            order = len(found) + 1
            found.append({
                "ID": row.id * _SIDES_PER_ITEM + index, "ProductionCardId": card_id, "OrderRetailItemSizeId": row.id,
                "Size": row.size, "Quantity": quantity, "Status": "",
                "PurchasingStatus": (row.purchasing or {}).get(decoration.side, ""), "IsChecked": False,
                "PersonalizationValues": personalization(row), "NameNumberValue": name and name_number(row, name),
                "SortOrder": order,
            })  # fmt: skip
    return found


def _parts(row: SizeRow) -> list[tuple[NameNumber | None, int]]:
    """The row's pieces name by name, then those without one."""
    named: list[tuple[NameNumber | None, int]] = [(name, name.quantity) for name in row.names]
    rest = row.quantity - sum(name.quantity for name in row.names)
    return [*named, (None, rest)] if rest > 0 or not named else named


def personalization(row: SizeRow) -> list[dict[str, Any]]:
    """``PersonalizationValue`` objects of a row."""
    return [
        {
            "Name": entry.name,
            "Value": entry.value,
            "Price": _price(entry.price),
            "ProductPersonalizationId": number,
        }
        for number, entry in enumerate(row.personal, start=1)
    ]


def name_number(row: SizeRow, name: NameNumber) -> dict[str, Any]:
    """One ``NameNumberValue``."""
    return {
        "RetailItemSizeId": row.id + 10_000_000,
        "Name": name.name,
        "Number": name.number,
        "Quantity": name.quantity,
        "Price": _price(name.price),
    }


def _price(cents: int | None) -> float | None:
    return None if cents is None else Pen.money(cents)


def _colors(card_id: int, decoration: Decoration, art: Artwork | None) -> list[dict[str, Any]]:
    thread = art is not None and art.kind == "emb"
    return [
        {
            "ID": card_id * 100 + index, "ProductionCardId": card_id, "Index": index, "Name": color.name,
            "PMS": color.pms, "HtmlColor": color.html, "ThreadChartName": "House" if thread else "",
            "ThreadColorName": color.name if thread else "", "ThreadColorCode": f"{1000 + index}" if thread else "",
        }
        for index, color in enumerate(decoration.colors)
    ]  # fmt: skip


def _art(art: Artwork | None, decoration: Decoration) -> dict[str, Any] | None:
    if art is None:
        return None
    url = f"/images/art/{art.id}"
    return {
        "ID": art.id, "ColorCount": len(decoration.colors), "Colors": [color.html for color in decoration.colors],
        "OriginalColorway": None, "StitchCount": decoration.stitches, "TrimCount": None, "GalleryId": None,
        "CategoryIds": [], "Name": art.name, "Type": art.kind, "Keywords": "", "FixedSvg": False,
        "Digitized": art.kind == "emb", "CanScreenPrint": art.kind == "vector", "FullName": art.name,
        "ExternalReferenceID": "", "Width": None, "Height": None, "Notes": "",
        "FileExt": {"vector": "svg", "raster": "png", "emb": "dst"}[art.kind], "ImageUrl": f"{url}.png",
        "ThumbUrl": f"{url}_thumb.png", "ThumbUrlArt": f"{url}_thumb.png", "OriginalUrl": f"{url}_original",
        "UploadedUrl": "", "UploadedOn": "2029-01-15T12:00:00", "IsActive": True, "Colorways": [], "UniqueId": None,
        "MatchFileColor": False,
    }  # fmt: skip
