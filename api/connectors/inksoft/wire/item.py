"""The lines of an order: catalogue goods by size (ids and prices, no names) and free lines."""

from api.connectors.inksoft.wire.lenient import (
    Id,
    KnownAmount,
    KnownCount,
    KnownId,
    Lenient,
    MaybeAmount,
    Rows,
    Text,
)
from api.connectors.inksoft.wire.personal import WireNameNumber, WirePersonalization


class WireAddOn(Lenient):
    quantity: MaybeAmount = None
    name: Text = ""
    price: MaybeAmount = None


class WireSidePreview(Lenient):
    side_name: Text = ""
    design_only_url: Text = ""
    design_on_product_url: Text = ""
    side_art_id: Id = ""


class WireItem(Lenient):
    """One product, one style (colour), one size. `order_retail_item_size_id` is its identity."""

    order_retail_item_id: Id = ""
    order_retail_item_size_id: KnownId
    product_id: Id = ""
    product_style_id: Id = ""
    product_style_size_id: Id = ""
    art_id: Id = ""
    design_id: Id = ""
    quantity: KnownCount
    unit_price: KnownAmount
    item_total: MaybeAmount = None
    tax_rate: MaybeAmount = None
    tax_rate_override: MaybeAmount = None
    full_name: Text = ""
    personalization_values: Rows[WirePersonalization] = ()
    name_number_values: Rows[WireNameNumber] = ()
    add_ons: Rows[WireAddOn] = ()
    side_previews: Rows[WireSidePreview] = ()
    notes: Text = ""


class WireCustomLine(Lenient):
    """Goods or services that are not in the catalogue; hours may be fractions."""

    id: KnownId
    parent_id: Id = ""
    name: Text = ""
    description: Text = ""
    image_url: Text = ""
    taxable: bool | None = None
    tax_rate: MaybeAmount = None
    tax_rate_override: MaybeAmount = None
    unit_price: KnownAmount
    quantity: MaybeAmount = None
    unit_type: Text = ""
    active: bool | None = None
    size: Text = ""
    style: Text = ""
