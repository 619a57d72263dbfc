"""The two ports: what Platen needs of a store platform and of a print shop's books, in Platen's words.

Money is integer cents in the account's currency; instants are aware UTC datetimes; ids of the vendors are strings.
Every method may raise the five errors of `vendor_errors`. No method is called inside a database transaction.
"""

from collections.abc import Sequence
from typing import Literal, Protocol

from api.connectors.print_shop import (
    ColumnsChange,
    ContactDraft,
    ContactPage,
    GroupDraft,
    LineChange,
    LineDraft,
    LineStatus,
    PrintShopContact,
    PrintShopStatus,
    QuoteDraft,
    RemoteGroup,
    RemoteInvoice,
    RemoteLine,
    ShopAccount,
    ShopCredentials,
    TypeOfWork,
)
from api.connectors.record_entries import Entered, Entry
from api.connectors.store_platform import (
    OrderSnapshot,
    PlatformAccount,
    PlatformCredentials,
    PlatformStore,
    SummaryPage,
    SummaryQuery,
)


class StorePlatform(Protocol):
    """An online-store platform (InkSoft). Reads only, but for sign-in."""

    async def sign_in(self, *, store_uri: str, email: str, password: str) -> PlatformCredentials:
        """Exchange a password for a session token; the password is not kept (L4)."""

    async def verify(self, credentials: PlatformCredentials) -> PlatformAccount:
        """Say whose credentials these are. `LinkBroken(reason="plan")` when the plan does not include the API (L2)."""

    async def get_store(self, credentials: PlatformCredentials, *, store_uri: str) -> PlatformStore:
        """One store by its address; `Refused` when there is none."""

    async def list_summaries(self, credentials: PlatformCredentials, query: SummaryQuery) -> SummaryPage:
        """One page of thin orders (no prices, tax, address, approval), in the platform's id order."""

    async def get_orders(
        self, credentials: PlatformCredentials, orders: Sequence[tuple[str, str | None]]
    ) -> list[OrderSnapshot]:
        """Whole orders by (external id, e-mail), at most 50. One call where the platform can; missing ones are left out."""

    async def list_existing(
        self, credentials: PlatformCredentials, external_ids: Sequence[str]
    ) -> set[tuple[str, str | None]]:
        """(external id, store's external id) of those of at most 50 orders that the platform still has.

        Orders that no list shows count too, and those that cannot be read, whose store may then be None.
        """


class PrintShop(Protocol):
    """A print shop's books (Printavo). `lane` orders waiting calls: people before background work."""

    async def sign_in(self, *, email: str, password: str) -> ShopCredentials:
        """Exchange a password for a session token (L1, L4)."""

    async def verify(self, credentials: ShopCredentials) -> ShopAccount:
        """Say whose credentials these are, with currency and time zone."""

    async def list_statuses(
        self, credentials: ShopCredentials, *, kind: Literal["quote", "invoice"] | None = None
    ) -> list[PrintShopStatus]:
        """In the shop's own order; those of one kind cost fewer calls."""

    async def list_types_of_work(self, credentials: ShopCredentials) -> list[TypeOfWork]: ...

    async def list_contacts(
        self, credentials: ShopCredentials, *, query: str, limit: int = 25, after: str | None = None
    ) -> ContactPage:
        """At most `limit` (1 to 25) contacts that match, fuzzy on the vendor's side, behind its cursor `after`: one call."""

    async def create_contact(self, credentials: ShopCredentials, draft: ContactDraft) -> PrintShopContact:
        """A new customer with this primary contact."""

    async def find_by_tag(self, credentials: ShopCredentials, *, tag: str) -> list[str]:
        """External ids of quotes and invoices that carry exactly this tag (the creation marker)."""

    async def read_invoice(self, credentials: ShopCredentials, *, external_id: str) -> RemoteInvoice | None:
        """The whole remote record with every group, line, imprint, fee and payment, all pages walked; None when deleted."""

    async def create_quote(self, credentials: ShopCredentials, draft: QuoteDraft) -> RemoteInvoice: ...

    async def write_entries(
        self, credentials: ShopCredentials, *, external_id: str, is_invoice: bool, entries: Sequence[Entry]
    ) -> list[list[Entered]]:
        """At most 25 in one call, in their order; for each what the books hold of it now.

        Of several, any may be written though another one failed.
        """

    async def set_status(self, credentials: ShopCredentials, *, external_id: str, status_id: str) -> str:
        """Move to a status; returns `invoice` or `quote`, what the record is afterwards (A5)."""

    async def create_group(
        self, credentials: ShopCredentials, *, external_id: str, draft: GroupDraft
    ) -> RemoteGroup:
        """One group with its imprints and at most the first 25 lines, in one call."""

    async def change_group_columns(
        self, credentials: ShopCredentials, *, changes: Sequence[ColumnsChange]
    ) -> None:
        """At most 25 groups in one call."""

    async def delete_group(self, credentials: ShopCredentials, *, group_id: str) -> None: ...

    async def create_lines(
        self, credentials: ShopCredentials, *, drafts: Sequence[tuple[str, LineDraft]]
    ) -> list[RemoteLine]:
        """At most 25 lines in one call, each with the id of its group."""

    async def change_lines(
        self, credentials: ShopCredentials, *, changes: Sequence[LineChange]
    ) -> list[RemoteLine]:
        """At most 25 lines in one call."""

    async def read_line(self, credentials: ShopCredentials, *, line_id: str) -> RemoteLine | None:
        """One line as it is now; None when it is gone."""

    async def set_line_status(
        self, credentials: ShopCredentials, *, line_id: str, position: int, status: LineStatus
    ) -> RemoteLine: ...

    async def delete_lines(self, credentials: ShopCredentials, *, line_ids: Sequence[str]) -> None: ...

    async def delete_imprint(self, credentials: ShopCredentials, *, imprint_id: str) -> None: ...

    async def delete_fee(self, credentials: ShopCredentials, *, fee_id: str) -> None: ...

    async def delete_payment(self, credentials: ShopCredentials, *, payment_id: str) -> None: ...
