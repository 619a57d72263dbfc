"""The goods: invented brands, real size runs with all their oddities. The same catalogue serves every account."""

from collections.abc import Mapping

from api.sandbox.inksoft.world.product import Product, Size, Style

UPCHARGES = {
    "2XL": 200,
    "XXL": 200,
    "3XL": 300,
    "XXXL": 300,
    "4XL": 400,
    "5XL": 500,
    "6XL": 600,
    "XLT": 200,
    "2XLT": 300,
}
# Share of each adult size, in percent; sizes beyond 3XL are only ever picked on purpose.
SIZE_MIX = {"S": 15, "M": 25, "L": 25, "XL": 20, "2XL": 10, "XXL": 10, "3XL": 5, "XXXL": 5}

ADULT = ("XS", "S", "M", "L", "XL", "2XL", "3XL", "4XL", "5XL", "6XL")
ADULT_LETTERS = ("S", "M", "L", "XL", "XXL", "XXXL")
YOUTH = ("YXS", "YS", "YM", "YL", "YXL")
TODDLER = ("2T", "3T", "4T", "5T")
INFANT = ("6M", "12M", "18M", "24M")
EVERYBODY = (*YOUTH, *ADULT, "OSFA", *INFANT, *TODDLER)

_COLORS = {
    "Navy": "#1B2A49",
    "Black": "#111111",
    "White": "#FFFFFF",
    "Athletic Heather": "#B4B5B8",
    "Red": "#B5121B",
    "Royal": "#1D4F91",
    "Forest": "#1F4D36",
    "Maroon": "#5B1A2B",
    "Gold": "#F2A900",
    "Charcoal": "#3F4444",
}
_EVERY_COLOR = tuple(_COLORS)
_DARK = ("Navy", "Black", "Charcoal", "Maroon")

# sku, name, manufacturer, supplier, price, category, colours, sizes
_GOODS: tuple[tuple[str, str, str, str, int, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("MC100", "Everyday Tee", "MillCo", "SupplyCo", 1400, "T-Shirts", _EVERY_COLOR, ADULT),
    ("MC150", "Soft Ringspun Tee", "MillCo", "SupplyCo", 1700, "T-Shirts", _EVERY_COLOR, ADULT),
    ("ST700", "Fleece Hoodie", "Staple & Thread", "SupplyCo", 3000, "Sweatshirts", _EVERY_COLOR, ADULT),
    ("ST710", "Crewneck Sweatshirt", "Staple & Thread", "SupplyCo", 2600, "Sweatshirts", _DARK, ADULT),
    (
        "NB220",
        "Performance Polo",
        "Northbrook",
        "Harbor Wholesale",
        2800,
        "Polos",
        _EVERY_COLOR,
        ADULT_LETTERS,
    ),
    ("NB310", "Quarter Zip", "Northbrook", "Harbor Wholesale", 3900, "Outerwear", _DARK, ADULT_LETTERS),
    ("MC100Y", "Everyday Tee Youth", "MillCo", "SupplyCo", 1200, "Youth", _EVERY_COLOR, YOUTH),
    ("ST700Y", "Fleece Hoodie Youth", "Staple & Thread", "SupplyCo", 2600, "Youth", _EVERY_COLOR, YOUTH),
    (
        "TD300",
        "Toddler Tee",
        "Little Loom",
        "Harbor Wholesale",
        1100,
        "Toddler",
        ("Navy", "Red", "White"),
        TODDLER,
    ),
    (
        "IN200",
        "Infant Bodysuit",
        "Little Loom",
        "Harbor Wholesale",
        1000,
        "Infant",
        ("White", "Royal"),
        INFANT,
    ),
    ("EV001", "Everybody Tee", "MillCo", "SupplyCo", 1500, "T-Shirts", ("Navy", "Gold"), EVERYBODY),
    (
        "JR500",
        "Replica Jersey",
        "Fieldhouse",
        "Fieldhouse Direct",
        4200,
        "Jerseys",
        ("Royal", "Red", "White"),
        ADULT,
    ),
    ("CP010", "Snapback Cap", "Crown Works", "Harbor Wholesale", 1900, "Headwear", _DARK, ("OSFA",)),
    ("TT040", "Tall Tee", "MillCo", "SupplyCo", 1900, "T-Shirts", _DARK, ("LT", "XLT", "2XLT")),
    (
        "PN600",
        "Work Pant",
        "Ironbridge",
        "Harbor Wholesale",
        4800,
        "Pants",
        ("Black",),
        ("30x30", "32x30", "34x32"),
    ),
    (
        "TD310",
        "Toddler Hoodie",
        "Little Loom",
        "Harbor Wholesale",
        2000,
        "Toddler",
        ("Navy", "Red"),
        ("2T/3T", "4T/5T"),
    ),
    ("BG090", "Tote Bag", "Crown Works", "SupplyCo", 900, "Bags", ("White", "Black"), ("One Size",)),
)


def make_catalogue() -> Mapping[int, Product]:
    """All products by id. Style ids are product * 100 + n, size ids style * 100 + n: readable in any payload."""
    return {number: _product(number, *row) for number, row in enumerate(_GOODS, start=700)}


def by_sku(products: Mapping[int, Product], sku: str) -> Product:
    """The product of that style number (KeyError if there is none)."""
    for product in products.values():
        if product.sku == sku:
            return product
    raise KeyError(sku)


def _product(
    number: int,
    sku: str,
    name: str,
    manufacturer: str,
    supplier: str,
    price: int,
    category: str,
    colors: tuple[str, ...],
    sizes: tuple[str, ...],
) -> Product:
    styles = tuple(
        Style(style_id, color, _COLORS[color], _sizes(style_id, sizes))
        for style_id, color in enumerate(colors, start=number * 100 + 1)
    )
    return Product(number, sku, name, manufacturer, supplier, price, category, styles)


def _sizes(style_id: int, names: tuple[str, ...]) -> tuple[Size, ...]:
    return tuple(
        Size(style_id * 100 + order, name, UPCHARGES.get(name, 0), order)
        for order, name in enumerate(names, start=1)
    )
