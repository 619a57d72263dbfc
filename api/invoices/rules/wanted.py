"""What an invoice should look like in the shop's books, with the proof that not a cent and not a piece was lost.

Everything here is a pure function of the pinned orders and the choices: the same orders in any order give the same result.
Money is integer cents; sizes are the 24 size codes of the shop system.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from api.connectors.print_shop import FeeDraft, ImprintDraft, LineDraft, PaymentDraft
from api.connectors.store_platform import OrderSnapshot

Grouping = Literal["decoration", "product", "order"]
FeeKind = Literal["shipping", "tax", "fee", "rounding"]
FindingCode = Literal["unknown_size", "unknown_method", "rounding", "does_not_add_up"]

# key → the short visible text that marks what we create ("P-7K2Q3FXM").
Marker = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class PinnedOrder:
    """One attached order at its pinned version (A4)."""

    order_id: UUID
    number: str
    version: int
    snapshot: OrderSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceTerms:
    """What an invoice keeps from the settings it was made with: changed later, they count for new invoices only.

    Otherwise one more order on an old invoice would regroup it, or move its tax, in the shop's books.
    """

    grouping: Grouping = "decoration"
    order_number_prefix: str = ""
    personalization: Literal["line", "list"] = "line"
    record_payments: bool = True
    tax: Literal["carry", "recompute"] = "carry"
    shipping: Literal["fee", "fee_per_order"] = "fee"
    discount: Literal["on_invoice", "in_prices"] = "on_invoice"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceChoices(InvoiceTerms):
    """What a shop chose for this invoice. The maps are keyed by plain text; `paid_on` dates the recorded payment."""

    nickname: str
    contact_id: str
    customer_due_on: date
    due_at: datetime
    paid_on: date
    size_map: Mapping[str, str]
    method_map: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TraceEntry:
    """Where a size count comes from: every piece knows its order and order line."""

    order_id: UUID
    order_number: str
    item_external_id: str
    size_text: str
    size_code: str
    pieces: int


@dataclass(frozen=True, slots=True)
class NamedPiece:
    """A personalised piece: name and number stay with size and order number."""

    order_number: str
    size_text: str
    name: str
    number: str
    values: tuple[tuple[str, str], ...]
    quantity: int


@dataclass(frozen=True, slots=True)
class WantedLine:
    """`name` is the product's; empty in revisions from before it was kept."""

    key: str
    marker: str
    draft: LineDraft
    trace: tuple[TraceEntry, ...]
    named: tuple[NamedPiece, ...]
    name: str = ""

    @property
    def piece_count(self) -> int:
        return sum(count for _, count in self.draft.sizes)

    @property
    def amount(self) -> int:
        """Cents of all its pieces."""
        return self.draft.unit_price_amount * self.piece_count


@dataclass(frozen=True, slots=True)
class WantedImprint:
    key: str
    marker: str
    draft: ImprintDraft


@dataclass(frozen=True, slots=True)
class WantedGroup:
    """Marked by its first line: a group has no text of its own."""

    key: str
    position: int
    enabled_sizes: tuple[str, ...]
    lines: tuple[WantedLine, ...]
    imprints: tuple[WantedImprint, ...]


@dataclass(frozen=True, slots=True)
class WantedFee:
    """One fee a kind, or one an order; `detail` is (order number, cents) per order."""

    key: str
    marker: str
    kind: FeeKind
    draft: FeeDraft
    detail: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class WantedPayment:
    key: str
    marker: str
    draft: PaymentDraft


@dataclass(frozen=True, slots=True)
class Proof:
    """Both sums to the cent (I15): what the orders say against what the invoice will say.

    `recomputed_tax_amount` is collected tax, less its part of refunds, that the shop's books compute themselves.
    """

    orders_amount: int
    refunds_amount: int
    lines_amount: int
    fees_amount: int
    discount_amount: int
    invoice_amount: int
    collected_amount: int
    payments_amount: int
    due_amount: int
    difference: int
    payment_difference: int
    recomputed_tax_amount: int = 0

    @property
    def is_balanced(self) -> bool:
        return self.difference == 0 and self.payment_difference == 0


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should look at; becomes an open exception. `fact` tells findings of one code apart."""

    code: FindingCode
    order_id: UUID
    fact: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WantedInvoice:
    nickname: str
    groups: tuple[WantedGroup, ...]
    fees: tuple[WantedFee, ...]
    payment: WantedPayment | None
    discount_amount: int
    proof: Proof
    findings: tuple[Finding, ...]
    order_count: int
    piece_count: int
    recompute_tax: bool = False

    @property
    def is_sendable(self) -> bool:
        """Balanced as a whole, and every single order adds up: two wrongs of opposite sign do not make it right."""
        return self.proof.is_balanced and all(finding.code != "does_not_add_up" for finding in self.findings)

    def lines(self) -> tuple[WantedLine, ...]:
        """Every line, in the order of the groups."""
        return tuple(line for group in self.groups for line in group.lines)
