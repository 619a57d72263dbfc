"""Accounts, their one user each, and their own words: statuses, types of work, categories, deliveries, terms."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from api.sandbox.printavo.orders import Vendor
from api.sandbox.printavo.records import (
    Account,
    Category,
    DeliveryMethod,
    MailAddress,
    PaymentTerm,
    Status,
    TypeOfWork,
    User,
)
from api.sandbox.printavo.world import World


@dataclass(frozen=True, slots=True)
class _Shop:
    name: str
    slug: str
    plan: str
    zone: str
    sales_tax: str
    manager: str
    more_statuses: tuple[tuple[str, str], ...]
    types_of_work: tuple[str, ...]


_SHOPS = (
    _Shop(
        "Northside Print Co",
        "northside",
        "premium",
        "America/Chicago",
        "8.25",
        "Priya Raman",
        (("Team store - waiting", "INVOICE"), ("Reprint", "INVOICE")),
        (
            "Screen Printing",
            "Embroidery",
            "DTG",
            "DTF",
            "Heat Press",
            "Sublimation",
            "Vinyl (HTV)",
            "Tackle Twill",
        ),
    ),
    _Shop(
        "Harbor Stitch",
        "harbor",
        "premium",
        "America/New_York",
        "6.35",
        "Tomás Oliveira",
        (("Digitizing", "INVOICE"), ("Hooping", "INVOICE"), ("Sew-out approval", "QUOTE")),
        ("Embroidery - in house", "Embroidery - contract", "Screenprint", "DTF", "Sublimation", "Patches"),
    ),
    _Shop(
        "Smalltown Tees",
        "smalltown",
        "standard",
        "America/Denver",
        "4.4",
        "Ruth Begay",
        (("Ready at the counter", "INVOICE"),),
        ("Screen Printing", "Heat Press", "DTF"),
    ),
)
_STATUSES = (
    ("Quote", "QUOTE", "#9e9e9e"),
    ("Quote sent", "QUOTE", "#90a4ae"),
    ("Quote - revision requested", "QUOTE", "#ffb74d"),
    ("Quote - artwork needed", "QUOTE", "#ff8a65"),
    ("Quote - waiting for customer", "QUOTE", "#ffd54f"),
    ("Quote - on hold", "QUOTE", "#bdbdbd"),
    ("Quote - lost", "QUOTE", "#795548"),
    ("Approved", "INVOICE", "#66bb6a"),
    ("Artwork in progress", "INVOICE", "#ba68c8"),
    ("Proof sent", "INVOICE", "#9575cd"),
    ("Proof approved", "INVOICE", "#7e57c2"),
    ("Goods to order", "INVOICE", "#ef5350"),
    ("Goods ordered", "INVOICE", "#ff7043"),
    ("Goods partly received", "INVOICE", "#ffa726"),
    ("Goods received", "INVOICE", "#ffca28"),
    ("Screens to burn", "INVOICE", "#26a69a"),
    ("Ready for production", "INVOICE", "#26c6da"),
    ("In production", "INVOICE", "#29b6f6"),
    ("Printing - press 1", "INVOICE", "#42a5f5"),
    ("Printing - press 2", "INVOICE", "#5c6bc0"),
    ("Quality check", "INVOICE", "#8d6e63"),
    ("Folding and bagging", "INVOICE", "#78909c"),
    ("Ready for pickup", "INVOICE", "#9ccc65"),
    ("Shipped", "INVOICE", "#d4e157"),
    ("Payment needed", "INVOICE", "#d81b60"),
    ("On hold", "INVOICE", "#757575"),
    ("Completed", "INVOICE", "#2e7d32"),
    ("Cancelled", "INVOICE", "#212121"),
)
_CATEGORIES = ("T-Shirts", "Hoodies", "Polos", "Hats", "Bags", "Youth", "Promotional")
_DELIVERIES = ("Pickup", "UPS Ground", "USPS Priority", "Local delivery", "School drop-off")
_TERMS = (("Due on receipt", 0), ("Net 15", 15), ("Net 30", 30), ("50 % deposit", 0))


def plant_accounts(world: World) -> list[Account]:
    return [_plant(world, shop) for shop in _SHOPS]


def _plant(world: World, shop: _Shop) -> Account:
    opened = world.anchor.at - timedelta(days=900)
    zone = ZoneInfo(shop.zone)
    account = Account(
        id=world.new_id(Account),
        made_at=opened.astimezone(zone),
        changed_at=opened.astimezone(zone),
        company_name=shop.name,
        company_email=f"office@{shop.slug}.example",
        plan=shop.plan,
        currency="USD",
        sales_tax=Decimal(shop.sales_tax),
        zone=zone,
        phone="555-0100",
    )
    world.keep(account)
    key = f"DEMO-{shop.slug.upper()}-PRINTAVO-TOKEN"
    account.users.append(
        world.keep(
            User(
                **world.stamped(User, account, opened),
                name=shop.manager,
                email=account.company_email,
                password=f"{shop.slug}-print",
                own_key=key,
                api_key=key,
            )
        )
    )
    _plant_words(world, account, shop)
    return account


def _plant_words(world: World, account: Account, shop: _Shop) -> None:
    at = world.anchor.at - timedelta(days=899)
    statuses = (*_STATUSES, *((name, kind, "#607d8b") for name, kind in shop.more_statuses))
    for position, (name, kind, color) in enumerate(statuses, start=1):
        stamped = world.stamped(Status, account, at)
        account.statuses.append(
            world.keep(Status(**stamped, name=name, type=kind, color=color, position=position))
        )
    for name in shop.types_of_work:
        account.types_of_work.append(
            world.keep(TypeOfWork(**world.stamped(TypeOfWork, account, at), name=name))
        )
    retired = TypeOfWork(**world.stamped(TypeOfWork, account, at), name="Foil", archived=True)
    account.types_of_work.append(world.keep(retired))
    for name in _CATEGORIES:
        account.categories.append(world.keep(Category(**world.stamped(Category, account, at), name=name)))
    for name in _DELIVERIES:
        stamped = world.stamped(DeliveryMethod, account, at)
        account.delivery_methods.append(world.keep(DeliveryMethod(**stamped, name=name)))
    for name, days in _TERMS:
        stamped = world.stamped(PaymentTerm, account, at)
        account.payment_terms.append(world.keep(PaymentTerm(**stamped, name=name, days=days)))
    world.keep(
        Vendor(
            **world.stamped(Vendor, account, at),
            company="Great Plains Blanks",
            name="Order desk",
            email="orders@greatplains.example",
            account_number=f"GP-{account.id}",
            address=MailAddress(
                made_at=at,
                changed_at=at,
                address1="1 Warehouse Way",
                city="Omaha",
                state_iso="NE",
                country_iso="US",
            ),
        )
    )
