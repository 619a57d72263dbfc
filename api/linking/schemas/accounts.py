"""The two accounts and the connections to them, as they are shown."""

from pydantic import ConfigDict

from api.connectors.vendor_errors import Side
from api.core.schema import Currency, Moment, Wire, examples
from api.linking.rules import ConnectionState

AT = "2026-12-01T09:30:00.000Z"
INKSOFT_ACCOUNT = {
    "external_id": "41001",
    "account_name": "Northside Print Co",
    "plan": "unlimited",
    "currency": "USD",
    "store_uri": "northside_main",
    "is_main_store": True,
}
PRINTAVO_ACCOUNT = {
    "external_id": "7001",
    "account_name": "Northside Print Co",
    "plan": "premium",
    "currency": "USD",
    "user_email": "office@northside.example",
    "time_zone": "America/Chicago",
}
STATE = {"state": "active", "state_since": AT, "checked_at": AT}


class InkSoftAccount(Wire):
    """An InkSoft account. `is_main_store` false: from this address orders of the other stores may not be visible.

    `currency` is null until the account has an order: InkSoft tells it nowhere else.
    """

    model_config = ConfigDict(json_schema_extra=examples(INKSOFT_ACCOUNT))

    external_id: str
    account_name: str
    plan: str
    currency: Currency | None
    store_uri: str
    is_main_store: bool


class PrintavoAccount(Wire):
    """A Printavo account with the user through whom it is read and written."""

    model_config = ConfigDict(json_schema_extra=examples(PRINTAVO_ACCOUNT))

    external_id: str
    account_name: str
    plan: str
    currency: Currency | None
    user_email: str
    time_zone: str


class SideState(Wire):
    state: ConnectionState
    state_since: Moment
    checked_at: Moment


class LinkedInkSoft(InkSoftAccount, SideState):
    """The InkSoft side of the link, and whether it works."""

    model_config = ConfigDict(json_schema_extra=examples({**INKSOFT_ACCOUNT, **STATE}))


class LinkedPrintavo(PrintavoAccount, SideState):
    """The Printavo side of the link, and whether it works."""

    model_config = ConfigDict(json_schema_extra=examples({**PRINTAVO_ACCOUNT, **STATE}))


class Connection(Wire):
    """Access to one side. `in_link` says whether it is part of the link; alone it is enough for Merch (L8)."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "side": "printavo",
                **{
                    name: PRINTAVO_ACCOUNT[name]
                    for name in ("external_id", "account_name", "plan", "currency")
                },
                **STATE,
                "store_uri": None,
                "user_email": "office@northside.example",
                "in_link": False,
                "connected_at": AT,
            }
        )
    )

    side: Side
    external_id: str
    account_name: str
    plan: str
    currency: Currency | None
    state: ConnectionState
    state_since: Moment
    checked_at: Moment
    store_uri: str | None
    user_email: str | None
    in_link: bool
    connected_at: Moment
