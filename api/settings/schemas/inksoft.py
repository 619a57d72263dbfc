"""The InkSoft tab: which store orders are shared, and how they become invoices."""

from typing import Any

from pydantic import ConfigDict, Field

from api.core.schema import Wire, examples
from api.settings.schemas.kinds import (
    AfterAttaching,
    AlertEmails,
    AlertKind,
    AlertKinds,
    Days,
    Discount,
    ExternalId,
    ExternalIds,
    FeedView,
    GoodsMap,
    Grouping,
    MethodMap,
    Pattern,
    Personalization,
    Precedence,
    Prefix,
    ShareFrom,
    Shipping,
    SizeMap,
    Sources,
    SyncMinutes,
    Tax,
)

ALL_KINDS: list[AlertKind] = ["connection", "orders", "invoices", "sync"]

_SETTINGS: dict[str, Any] = {
    "share_orders_from": "2026-11-01",
    "sources": ["store", "proposal", "embedded_designer"],
    "skip_free_orders": False,
    "default_feed_view": "new",
    "order_number_prefix": "",
    "nickname_pattern": "{store} – {date}",
    "new_invoice_status_id": None,
    "final_status_ids": [],
    "customer_due_days": 14,
    "production_due_days": 10,
    "grouping": "decoration",
    "tax": "carry",
    "shipping": "fee",
    "discount": "on_invoice",
    "record_payments": True,
    "personalization": "line",
    "size_map": {"osfa": "size_other"},
    "method_map": {"screen print": "11802"},
    "purchasing_precedence": "inksoft_first",
    "purchasing_map": {"on order": "ordered"},
    "changes_after_attaching": "propose",
    "sync_interval_minutes": 5,
    "alert_emails": ["dana@northside.example"],
    "alert_kinds": ALL_KINDS,
}
_STATUS = "Printavo status of a new invoice; null takes the first invoice status."
_TAX = (
    "`carry`: the tax that was collected stands on the invoice as a fee. `recompute`: lines are marked as taxed and Printavo "
    "computes the tax itself, at its own rate; what was collected is then no part of the invoice that Platen writes."
)
_SHIPPING = "`fee`: one fee for all orders, with what each paid. `fee_per_order`: a fee for each order."
_DISCOUNT = (
    "`on_invoice`: one discount on the invoice. `in_prices`: taken off the unit prices of the order's items."
)
_CHANGES = (
    "What comes of an order whose lines or money change in InkSoft after it was attached, or that is cancelled there. The "
    "invoice stays as it is either way. `propose`: an exception says what it was and what it is now, until somebody has seen "
    "to it, or the order is again as it was attached. `ignore`: no new exception; those that are open stay until then. Back on "
    "`propose`, an order is looked at when it changes next."
)


class InkSoftSettings(Wire):
    """The InkSoft tab: which store orders are shared, and how they become invoices.

    What is shared (`share_orders_from`, `sources`, `skip_free_orders`) belongs to the link: null without one.
    An invoice keeps the prefix, the grouping, the personalization and the handling of money that it was made with; the size
    and method maps count for whatever is attached from now on.
    """

    model_config = ConfigDict(json_schema_extra=examples({**_SETTINGS, "version": 1}))

    share_orders_from: ShareFrom | None = None
    sources: Sources | None = None
    skip_free_orders: bool | None = Field(default=None, description="Orders of $0 are not shared.")
    default_feed_view: FeedView = Field(default="new", description="What the feed shows when nobody asks.")
    order_number_prefix: Prefix = Field(default="", description="Put before order numbers on invoices.")
    nickname_pattern: Pattern = "{store} – {date}"
    new_invoice_status_id: ExternalId | None = Field(default=None, description=_STATUS)
    final_status_ids: ExternalIds = Field(default=[], description="Hidden in the picker.")
    customer_due_days: Days = 14
    production_due_days: Days = 10
    grouping: Grouping = "decoration"
    tax: Tax = Field(default="carry", description=_TAX)
    shipping: Shipping = Field(default="fee", description=_SHIPPING)
    discount: Discount = Field(default="on_invoice", description=_DISCOUNT)
    record_payments: bool = Field(
        default=True, description="What the store collected is recorded as a payment."
    )
    personalization: Personalization = "line"
    size_map: SizeMap = Field(default_factory=dict)
    method_map: MethodMap = Field(default_factory=dict)
    purchasing_precedence: Precedence = "inksoft_first"
    purchasing_map: GoodsMap = Field(default_factory=dict)
    changes_after_attaching: AfterAttaching = Field(default="propose", description=_CHANGES)
    sync_interval_minutes: SyncMinutes = 5
    alert_emails: AlertEmails = Field(default=[])
    alert_kinds: AlertKinds = Field(default=ALL_KINDS)
    version: int = Field(
        default=0, description="Counts the changes of the tab, and every linking and unlinking."
    )


class InkSoftSettingsChange(Wire):
    """What is to change; what is left out, or null, stays. Only the status may be set to null."""

    model_config = ConfigDict(json_schema_extra=examples({"customer_due_days": 21, "skip_free_orders": True}))

    share_orders_from: ShareFrom | None = None
    sources: Sources | None = None
    skip_free_orders: bool | None = None
    default_feed_view: FeedView | None = None
    order_number_prefix: Prefix | None = None
    nickname_pattern: Pattern | None = None
    new_invoice_status_id: ExternalId | None = None
    final_status_ids: ExternalIds | None = None
    customer_due_days: Days | None = None
    production_due_days: Days | None = None
    grouping: Grouping | None = None
    tax: Tax | None = None
    shipping: Shipping | None = None
    discount: Discount | None = None
    record_payments: bool | None = None
    personalization: Personalization | None = None
    size_map: SizeMap | None = None
    method_map: MethodMap | None = None
    purchasing_precedence: Precedence | None = None
    purchasing_map: GoodsMap | None = None
    changes_after_attaching: AfterAttaching | None = None
    sync_interval_minutes: SyncMinutes | None = None
    alert_emails: AlertEmails | None = None
    alert_kinds: AlertKinds | None = None
