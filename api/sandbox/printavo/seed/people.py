"""Sixty customers an account: schools, teams, companies and people, most with one contact, some with two."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from api.sandbox.printavo.acts.customers import write_contact
from api.sandbox.printavo.acts.inputs import ContactIn
from api.sandbox.printavo.records import Account, Customer, MailAddress
from api.sandbox.printavo.world import World

CUSTOMERS = 60
_FIRST = [
    "Ana",
    "Ben",
    "Carla",
    "Dmitri",
    "Elif",
    "Farah",
    "Grace",
    "Hiro",
    "Imani",
    "Jonas",
    "Kenji",
    "Lena",
    "Marta",
    "Nikhil",
    "Olu",
    "Paula",
    "Quinn",
    "Rosa",
    "Sam",
    "Tess",
    "Uma",
    "Viktor",
    "Wen",
    "Ximena",
    "Yusuf",
    "Zoë",
    "Siobhán",
    "François",
    "Jürgen",
    "Łukasz",
]
_LAST = [
    "Abbott",
    "Becker",
    "Castillo",
    "Dubois",
    "Eriksen",
    "Fischer",
    "Garcia",
    "Hughes",
    "Ibrahim",
    "Jensen",
    "Kowalski",
    "Larsen",
    "Müller",
    "Nakamura",
    "O'Neill",
    "Park",
    "Quiroga",
    "Rossi",
    "Santos",
    "Tanaka",
    "Ueda",
    "Vargas",
    "Walker",
    "Xu",
    "Young",
    "Zhang",
]
_PLACES = (
    "Lakeview",
    "Riverbend",
    "Cedar Falls",
    "Oak Hill",
    "Harborside",
    "Pine Ridge",
    "Eastgate",
    "Maplewood",
)
_KINDS = (
    "High School",
    "Elementary PTA",
    "Youth Soccer",
    "Falcons Baseball",
    "Brewing Co.",
    "Dental Group",
    "Fire Department",
    "Robotics Club",
    "Community Church",
    "Landscaping LLC",
)


def plant_customers(world: World, account: Account, luck: Random) -> None:
    """The tenth of every ten is tax-exempt; the first is always Lakeview High School."""
    names = [f"{place} {kind}" for kind in _KINDS for place in _PLACES]
    for number, name in enumerate(names[:CUSTOMERS]):
        at = world.anchor.at - timedelta(days=luck.randint(240, 800))
        customer = Customer(
            **world.stamped(Customer, account, at),
            company_name=name,
            owner=account.users[0],
            tax_exempt=number % 10 == 9,  # noqa: PLR2004 - the tenth
            sales_tax=Decimal("5.5") if number % 20 == 7 else None,  # noqa: PLR2004 - one in twenty, across a county line
            billing_address=_address(luck, world, account),
        )
        account.customers.append(world.keep(customer))
        for _ in range(2 if number % 4 == 0 else 1):
            write_contact(world, customer, _contact(luck, name), at)


def _contact(luck: Random, company: str) -> ContactIn:
    first, last = luck.choice(_FIRST), luck.choice(_LAST)
    plain = "".join(letter for letter in f"{first}.{last}".lower() if letter.isascii() and letter != "'")
    host = "".join(letter for letter in company.lower() if letter.isalnum())
    email = [f"{plain}@{host}.example"] if luck.random() > 0.05 else []  # noqa: PLR2004 - some have none
    return ContactIn(
        first_name=first, last_name=last, email=email, phone=f"555-{luck.randint(200, 9999):04d}"
    )


def _address(luck: Random, world: World, account: Account) -> MailAddress:
    at = world.anchor.at.astimezone(account.zone)
    return MailAddress(
        made_at=at,
        changed_at=at,
        address1=f"{luck.randint(1, 999)} {luck.choice(_PLACES)} Road",
        city=luck.choice(_PLACES),
        state_iso=luck.choice(("IL", "CT", "CO", "WI")),
        zip_code=f"{luck.randint(10000, 99999)}",
        country_iso="US",
    )
