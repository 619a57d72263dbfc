"""`GetProduct`: the names behind the ids of an item that no production card describes."""

from api.connectors.inksoft.wire.lenient import Id, Lenient, Rows, Text


class WireSize(Lenient):
    id: Id = ""
    name: Text = ""


class WireStyle(Lenient):
    """A style is a colour."""

    id: Id = ""
    name: Text = ""
    sizes: Rows[WireSize] = ()


class WireProduct(Lenient):
    """`sku` is the style number of the product, not of a size or colour."""

    id: Id = ""
    name: Text = ""
    sku: Text = ""
    styles: Rows[WireStyle] = ()
