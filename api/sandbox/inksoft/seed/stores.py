"""Stores and what they sell: main stores, school, team, company and pop-up stores, proposals without a store."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from api.sandbox.inksoft.seed.artworks import make_artwork
from api.sandbox.inksoft.seed.catalogue import by_sku
from api.sandbox.inksoft.world.account import Account, Store
from api.sandbox.inksoft.world.artwork import Offer
from api.sandbox.inksoft.world.product import Product
from api.sandbox.inksoft.world.world import PROPOSALS_STORE_ID, World

# kind → (goods by style number, decoration kits)
KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "spirit": (("MC100", "ST700", "MC100Y", "ST700Y", "CP010"), ("front", "front and sleeve", "photo")),
    "team": (("JR500", "MC150", "ST700", "CP010"), ("jersey", "front and back")),
    "company": (("NB220", "NB310", "ST710", "MC150"), ("left chest", "both sleeves")),
    "popup": (("MC100", "MC150", "ST700"), ("front and back", "all over", "odd words")),
    "family": (("EV001", "IN200", "TD300", "MC100Y", "MC100"), ("front", "photo")),
}
PLACES = (
    "Lakeside",
    "Lincoln",
    "Riverbend",
    "Cedar",
    "Summit",
    "Prairie",
    "Eastgate",
    "Westfield",
    "Pinecrest",
    "Granite",
    "Maple",
    "Harborview",
    "Ridgeline",
    "Clearwater",
    "Oakmont",
    "Fairview",
    "Stonebridge",
    "Willow",
    "Ironwood",
    "Juniper",
    "Brookside",
    "Highland",
)
GROUPS: Mapping[str, tuple[str, ...]] = {
    "spirit": ("Elementary", "Middle School", "High School", "Band Boosters"),
    "team": ("Falcons", "Eagles", "Wildcats", "Hockey", "Track Club"),
    "company": ("Dental", "Logistics", "Construction", "Credit Union"),
    "popup": ("5K Run", "Fundraiser", "Reunion", "Music Fest"),
    "family": ("Day Camp", "Swim Club", "Parish", "Library"),
}
TAX_RATES_PPM = (0, 56_700, 60_000, 72_500, 82_500)


def add_main_store(world: World, account: Account, since: datetime) -> Store:
    """The account's main store and the place where its proposals without a store live."""
    goods = _offers(
        Random(account.publisher_id), world.products, account.publisher_id * 10, account.name, "popup"
    )
    store = Store(
        account.publisher_id - 36_000, account.publisher_id, f"{account.handle}_main", account.name, "main", since,
        is_main=True, offers=goods,
    )  # fmt: skip
    world.add_store(store)
    proposals = Store(
        PROPOSALS_STORE_ID, account.publisher_id, "", "", "proposals", since, offers=goods, pays_later=True
    )
    world.add_store(proposals)
    return store


def make_store(
    world: World,
    account: Account,
    number: int,
    since: datetime,
    *,
    kind: str | None = None,
    name: str | None = None,
) -> Store:
    """A sub-store; ``number`` decides everything about it, and two numbers never give one path."""
    random = Random(account.publisher_id * 100_000 + number)
    kind = kind or tuple(KINDS)[number % len(KINDS)]
    name = name or f"{PLACES[number % len(PLACES)]} {GROUPS[kind][number // len(PLACES) % len(GROUPS[kind])]}"
    slug = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name.lower())
    store_id = (account.publisher_id - 41_000) * 10_000 + 1_000 + number
    return Store(
        id=store_id,
        publisher_id=account.publisher_id,
        uri=f"{slug}_{number}" if world.store_at(slug) else slug,
        name=name,
        kind=kind,
        created_at=since - timedelta(days=random.randrange(20, 60)),
        approves=number % 7 == 3,  # noqa: PLR2004 - every seventh store's orders wait for its organiser
        pays_later=kind == "company" and number % 2 == 0,
        tax_ppm=random.choice(TAX_RATES_PPM),
        taxes_shipping=number % 9 == 4,  # noqa: PLR2004 - some states tax shipping
        offers=_offers(random, world.products, store_id * 10, name, kind),
    )


def _offers(
    random: Random, products: Mapping[int, Product], first_art: int, store_name: str, kind: str
) -> tuple[Offer, ...]:
    skus, kits = KINDS[kind]
    artworks = [make_artwork(first_art + n, store_name, kit) for n, kit in enumerate(kits)]
    markup = random.choice((0, 200, 300, 500))
    offers = []
    for sku in skus:
        product = by_sku(products, sku)
        for style in random.sample(product.styles, k=min(2, len(product.styles))):
            artwork = random.choice(artworks)
            price = product.price + markup + 300 * (len(artwork.decorations) - 1)
            offers.append(Offer(product.id, style.id, artwork, price))
    return tuple(offers)
