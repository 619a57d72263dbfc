"""The Merch tab: how Printavo's own stores are shown. Its public API is read-only, so these are Platen's settings."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from api.core.schema import Wire, examples
from api.settings.schemas.kinds import Days, ExternalId, Once, Unique

StoresShown = Literal["all", "selected"]
OrderView = Literal["newest", "oldest"]
FulfilledFilter = Literal["all", "unfulfilled", "fulfilled"]
MerchStoreIds = Annotated[
    list[ExternalId], Field(max_length=500, description="Printavo's ids of Merch stores."), Unique, Once
]

_SETTINGS: dict[str, Any] = {
    "stores_shown": "selected",
    "selected_store_ids": ["3107", "3112"],
    "closed_hidden_after_days": 30,
    "order_view": "newest",
    "fulfilled_filter": "all",
    "countdown_warning_days": 3,
}


class MerchSettings(Wire):
    """The Merch tab: how Printavo's own stores are shown in Platen. Nothing here changes them in Printavo."""

    model_config = ConfigDict(json_schema_extra=examples({**_SETTINGS, "version": 1}))

    stores_shown: StoresShown = "all"
    selected_store_ids: MerchStoreIds = Field(default=[])
    closed_hidden_after_days: Days = Field(
        default=30, description="A store that closed longer ago is not listed."
    )
    order_view: OrderView = Field(default="newest", description="Which orders come first when nobody asks.")
    fulfilled_filter: FulfilledFilter = Field(
        default="all", description="Which orders are shown when nobody asks."
    )
    countdown_warning_days: Days = Field(
        default=3, description="A live store that closes sooner is marked; with 0 none is."
    )
    version: int = 0


class MerchSettingsChange(Wire):
    """What is to change; what is left out, or null, stays."""

    model_config = ConfigDict(json_schema_extra=examples({"fulfilled_filter": "unfulfilled"}))

    stores_shown: StoresShown | None = None
    selected_store_ids: MerchStoreIds | None = None
    closed_hidden_after_days: Days | None = None
    order_view: OrderView | None = None
    fulfilled_filter: FulfilledFilter | None = None
    countdown_warning_days: Days | None = None
