"""Pure decisions of linking: whose accounts fit together, what a link's state is, from when orders are shared."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from api.connectors.partner import PARTNERS
from api.connectors.print_shop import Lane, ShopAccount, ShopCredentials
from api.connectors.store_platform import PlatformAccount, PlatformCredentials
from api.connectors.vendor_errors import Side

ConnectionState = Literal["active", "needs_reauth", "suspended"]
LinkState = Literal["unlinked", "linked", "needs_reauth", "suspended"]

SIDES: tuple[Side, Side] = ("inksoft", "printavo")
# The highest plans, as the adapters name them (L2).
REQUIRED_PLAN: dict[Side, str] = {"inksoft": "unlimited", "printavo": "premium"}

ATTEMPT_LIFE = timedelta(minutes=15)
CHECK_EVERY = timedelta(minutes=15)
SHARED_BEFORE = timedelta(days=30)
MINUTE = timedelta(minutes=1)

NATIVE_LINK_WARNING = (
    "The vendors' own InkSoft-Printavo link is on for this pair: every order would reach Printavo twice. "
    "Turn it off there."
)

# Kinds of work that run for a working link: stopped while it is broken, due again when it works.
SYNC = "sync"
WORK_OF_A_LINK = (SYNC, "push", "purchasing", "purchasing_writes", "days")
# Kinds of work that a connection of that side carries by itself, in a link or not (L8).
WORK_OF_A_CONNECTION: dict[Side, tuple[str, ...]] = {"inksoft": (), "printavo": ("merch",)}

Source = Literal["store", "proposal", "embedded_designer", "staff"]
# What is shared unless a shop says otherwise (S3): orders that staff type into the platform stay where they are.
USUAL_SOURCES: tuple[Source, ...] = ("store", "proposal", "embedded_designer")


@dataclass(frozen=True, slots=True)
class Account:
    """A verified account of one side. `details` is what is shown of the access to it; it holds no secret."""

    side: Side
    external_id: str
    account_name: str
    plan: str
    currency: str | None
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Access:
    """A verified account with what opens it: `secret` is sealed wherever it is stored (I13)."""

    account: Account
    secret: str = field(repr=False)


def platform_access(account: PlatformAccount, credentials: PlatformCredentials) -> Access:
    """InkSoft's side of a link. Its `store_uri` is the address at which these credentials work."""
    by_key = credentials.api_key is not None
    details = {
        "store_uri": credentials.store_uri,
        "is_main_store": account.is_main_store,
        "access": "api_key" if by_key else "session",
    }
    if account.utc_offset is not None:
        details["utc_offset_minutes"] = account.utc_offset // MINUTE
    secret = credentials.api_key or credentials.session_token or ""
    return Access(
        Account(
            "inksoft", account.external_id, account.account_name, account.plan, account.currency, details
        ),
        secret,
    )


def shop_access(account: ShopAccount, credentials: ShopCredentials) -> Access:
    """Printavo's side of a link. Its `time_zone` is an IANA name."""
    details = {"user_email": credentials.email, "time_zone": account.time_zone}
    return Access(
        Account(
            "printavo", account.external_id, account.account_name, account.plan, account.currency, details
        ),
        credentials.token,
    )


def platform_credentials(details: dict[str, Any], secret: str) -> PlatformCredentials:
    """What `platform_access` took apart."""
    minutes = details.get("utc_offset_minutes")
    way = "api_key" if details["access"] == "api_key" else "session_token"
    return PlatformCredentials(
        store_uri=details["store_uri"],
        utc_offset=None if minutes is None else minutes * MINUTE,
        **{way: secret},
    )


def shop_credentials(details: dict[str, Any], secret: str, *, lane: Lane) -> ShopCredentials:
    """What `shop_access` took apart."""
    return ShopCredentials(email=details["user_email"], token=secret, lane=lane)


def has_required_plan(account: Account) -> bool:
    """Only the highest plans may be linked (L2)."""
    return account.plan.lower() == REQUIRED_PLAN[account.side]


def have_one_currency(inksoft: str | None, printavo: str | None) -> bool:
    """InkSoft tells its currency with its first order only; until then nothing speaks against the other side's (L8)."""
    return inksoft is None or printavo is None or inksoft == printavo


def link_state(states: Iterable[ConnectionState]) -> LinkState:
    """A link's state from those of its sides: broken credentials first, since a person must act on them (L6)."""
    found = set(states)
    if "needs_reauth" in found:
        return "needs_reauth"
    return "suspended" if "suspended" in found else "linked"


def share_from(chosen: date | None, earlier: datetime | None, *, time_zone: str, now: datetime) -> datetime:
    """From when orders are shared (L7): the chosen day, else what the pair had before (L5), else 30 days back.

    A day begins at midnight in the shop's time zone.
    """
    if chosen is None and earlier is not None:
        return earlier
    zone = ZoneInfo(time_zone)
    day = chosen or (now.astimezone(zone) - SHARED_BEFORE).date()
    return datetime.combine(day, time(), zone).astimezone(UTC)


def troubled_side(inksoft: ConnectionState, printavo: ConnectionState) -> Side | None:
    """The side to speak of when one does not work: broken credentials before a plan, InkSoft before Printavo."""
    for bad in ("needs_reauth", "suspended"):
        if inksoft == bad:
            return "inksoft"
        if printavo == bad:
            return "printavo"
    return None


def health_message(side: Side, state: ConnectionState) -> str:
    """The banner's sentence about a side that does not work."""
    partner = PARTNERS[side]
    if state == "needs_reauth":
        return f"{partner} no longer accepts its credentials. Sign in to it again; nothing is lost meanwhile."
    return f"The {partner} plan no longer includes the link. Everything can be read; changes go on once the plan is back."
