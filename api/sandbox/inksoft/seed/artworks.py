"""The shops' repertoire of decorations, as kits that a store's artwork is made from."""

from api.sandbox.inksoft.world.artwork import Artwork, Decoration, InkColor

WHITE = InkColor("White", "#FFFFFF")
GOLD = InkColor("Athletic Gold", "#F2A900", "PMS 1235 C")
NAVY = InkColor("Navy", "#1B2A49", "PMS 2766 C")
RED = InkColor("True Red", "#B5121B", "PMS 187 C")
THREAD_WHITE = InkColor("Snow White", "#FDFDFD")
THREAD_NAVY = InkColor("Midnight", "#14213D")

KITS: dict[str, tuple[str, tuple[Decoration, ...]]] = {
    "front": ("vector", (Decoration("front", "Full Front", "Screen Print", (WHITE, GOLD)),)),
    "front and back": (
        "vector",
        (
            Decoration("front", "Full Front", "Screen Print", (WHITE, GOLD)),
            Decoration("back", "Full Back", "Screen Print", (WHITE,)),
        ),
    ),
    "left chest": (
        "emb",
        (Decoration("front", "Left Chest", "Embroidery", (THREAD_WHITE, THREAD_NAVY), 6400),),
    ),
    "photo": ("raster", (Decoration("front", "Full Front", "DTG"),)),
    "front and sleeve": (
        "raster",
        (
            Decoration("front", "Full Front", "DTF Transfer", (WHITE, RED)),
            Decoration("sleeveleft", "Left Sleeve", "DTF Transfer", (WHITE,)),
        ),
    ),
    "all over": (
        "raster",
        (
            Decoration("front", "All Over Front", "Sublimation"),
            Decoration("back", "All Over Back", "Sublimation"),
        ),
    ),
    "jersey": (
        "vector",
        (
            Decoration("front", "Full Front", "Tackle Twill", (NAVY, WHITE)),
            Decoration("back", "Name and Number", "Heat Transfer Vinyl", (WHITE,)),
        ),
    ),
    # How shops really spell methods: free text, in their own words.
    "odd words": ("vector", (Decoration("front", "Center Chest", "screenprint - plastisol", (RED,)),)),
    "both sleeves": (
        "vector",
        (
            Decoration("front", "Left Chest", "Screen Print", (WHITE,)),
            Decoration("sleeveleft", "Left Sleeve", "Screen Print", (WHITE,)),
            Decoration("sleeveright", "Right Sleeve", "Screen Print", (WHITE,)),
        ),
    ),
}


def make_artwork(number: int, store_name: str, kit: str) -> Artwork:
    """One artwork of a store. Raises KeyError for an unknown kit."""
    kind, decorations = KITS[kit]
    return Artwork(number, f"{store_name or 'Proposal'} {kit}", kind, decorations)
