"""Accounts (publishers), their stores, and the sessions of people who signed in."""

from dataclasses import dataclass, field
from datetime import datetime

from api.sandbox.inksoft.world.artwork import Offer

UNLIMITED = "unlimited"
LOWER = "essentials"
CURRENCY_SYMBOLS = {"USD": "$", "CAD": "CA$", "GBP": "£", "EUR": "€", "AUD": "A$"}


@dataclass(slots=True)
class Session:
    """A token's owner. ``person`` is the e-mail; ``staff`` sessions may do what the API key may."""

    publisher_id: int
    person: str
    since: datetime
    staff: bool
    cart: list[dict[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class Account:
    """One decorator. ``next_order_id`` is the number of its next order; sub-stores share the sequence."""

    publisher_id: int
    handle: str
    name: str
    email: str
    password: str
    api_key: str
    currency: str = "USD"
    plan: str = UNLIMITED
    key_active: bool = True
    next_order_id: int = 880_001


@dataclass(slots=True)
class Store:
    """One web store. ``id`` 0 with a blank name is where proposals without a store live; it has no path.

    ``tax_ppm`` is the tax rate in millionths (56700 = 5.67 %); ``offers`` is what it sells.
    """

    id: int
    publisher_id: int
    uri: str
    name: str
    kind: str
    created_at: datetime
    is_main: bool = False
    closed_at: datetime | None = None
    approves: bool = False
    pays_later: bool = False
    tax_ppm: int = 0
    taxes_shipping: bool = False
    offers: tuple[Offer, ...] = ()
