"""Attempts, the link itself and what unlinking means."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from api.connectors.vendor_errors import Side
from api.core.schema import Count, Currency, Moment, Wire, examples
from api.linking.rules import LinkState
from api.linking.schemas.accounts import (
    AT,
    INKSOFT_ACCOUNT,
    PRINTAVO_ACCOUNT,
    STATE,
    InkSoftAccount,
    LinkedInkSoft,
    LinkedPrintavo,
    PrintavoAccount,
)

ShareFrom = Annotated[
    date,
    Field(ge=date(2000, 1, 1), le=date(2100, 1, 1), description="A day in the shop's time zone."),
]
_ID = "0192f0c4-7a10-7000-8000-00000000000a"


class LinkAttempt(Wire):
    """Both accounts, verified, for the popup that asks whether to link them (L1).

    `share_orders_from` is what the confirmation takes when it names no day; `linked_before` says that this pair was
    linked here earlier and comes back with everything it had (L5).
    """

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "id": _ID,
                "inksoft": INKSOFT_ACCOUNT,
                "printavo": PRINTAVO_ACCOUNT,
                "currency": "USD",
                "share_orders_from": AT,
                "linked_before": False,
                "expires_at": AT,
            }
        )
    )

    id: UUID
    inksoft: InkSoftAccount
    printavo: PrintavoAccount
    currency: Currency
    share_orders_from: Moment
    linked_before: bool
    expires_at: Moment


class LinkConfirmation(Wire):
    """What is asked once on linking (L7). `native_link`: the vendors' own InkSoft-Printavo link is on for this pair."""

    model_config = ConfigDict(
        json_schema_extra=examples({"share_orders_from": "2026-11-01", "native_link": False})
    )

    share_orders_from: ShareFrom | None = None
    native_link: bool = False


class LinkChange(Wire):
    """What may be corrected later: whether the vendors' own InkSoft-Printavo link is on for this pair (L7)."""

    model_config = ConfigDict(json_schema_extra=examples({"native_link": False}))

    native_link: bool


class LinkHealth(Wire):
    """The one thing to say about the link: nothing when it works, else which side, since when, and what to do (L6)."""

    model_config = ConfigDict(
        json_schema_extra=examples({"ok": True, "side": None, "since": None, "message": None})
    )

    ok: bool
    side: Side | None = None
    since: Moment | None = None
    message: str | None = None


class Link(Wire):
    """The workspace's link. Everything but `state` and `health` is null while nothing is linked."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "id": _ID,
                "state": "linked",
                "inksoft": {**INKSOFT_ACCOUNT, **STATE},
                "printavo": {**PRINTAVO_ACCOUNT, **STATE},
                "currency": "USD",
                "linked_at": AT,
                "linked_by": "Dana Reyes",
                "last_synced_at": None,
                "share_orders_from": AT,
                "native_link": False,
                "native_link_warning": None,
                "health": {"ok": True, "side": None, "since": None, "message": None},
            }
        )
    )

    id: UUID | None = None
    state: LinkState = "unlinked"
    inksoft: LinkedInkSoft | None = None
    printavo: LinkedPrintavo | None = None
    currency: Currency | None = None
    linked_at: Moment | None = None
    linked_by: str | None = None
    last_synced_at: Moment | None = None
    share_orders_from: Moment | None = None
    native_link: bool | None = None
    native_link_warning: str | None = None
    health: LinkHealth = LinkHealth(ok=True)


class DisconnectionPreview(Wire):
    """What unlinking means (L5): stores that are no longer shared, orders that leave the feed, orders that stay as records.

    `operations_in_flight` are writes to Printavo that wait; they are parked, and issued again if the same pair is linked.
    `can_disconnect` is false for the moments in which one of them is being sent.
    """

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "inksoft_account_name": "Northside Print Co",
                "printavo_account_name": "Northside Print Co",
                "shared_stores": 12,
                "unattached_orders": 31,
                "attached_orders": 88,
                "operations_in_flight": 0,
                "can_disconnect": True,
            }
        )
    )

    inksoft_account_name: str
    printavo_account_name: str
    shared_stores: Count
    unattached_orders: Count
    attached_orders: Count
    operations_in_flight: Count
    can_disconnect: bool
