"""Production cards: one card is one decoration (art, side, method) of one product style, over all its sizes."""

from api.connectors.inksoft.wire.lenient import Count, Id, Lenient, MaybeAmount, Rows, Text
from api.connectors.inksoft.wire.personal import WireNameNumber, WirePersonalization


class WireArt(Lenient):
    id: Id = ""
    name: Text = ""
    stitch_count: MaybeAmount = None


class WireCardColor(Lenient):
    index: Count = 0
    name: Text = ""
    pms: Text = ""
    thread_color_name: Text = ""


class WireCardItem(Lenient):
    """One size of a card; several rows share one size row where each piece has a name of its own."""

    order_retail_item_size_id: Id = ""
    size: Text = ""
    quantity: Count = 1
    purchasing_status: Text = ""
    personalization_values: Rows[WirePersonalization] = ()
    name_number_value: WireNameNumber | None = None


class WireCard(Lenient):
    id: Id = ""
    order_retail_item_id: Id = ""
    product_id: Id = ""
    product_name: Text = ""
    product_sku: Text = ""
    product_style_id: Id = ""
    product_style_name: Text = ""
    art: WireArt | None = None
    art_id: Id = ""
    side: Text = ""
    region_name: Text = ""
    print_method: Text = ""
    preview_url: Text = ""
    color_count: MaybeAmount = None
    colors: Rows[WireCardColor] = ()
    items: Rows[WireCardItem] = ()
