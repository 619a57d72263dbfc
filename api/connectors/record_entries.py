"""What is written into a print shop's record beside its groups and lines: imprints, fees, the payment, the discount."""

from dataclasses import dataclass

from api.connectors.print_shop import (
    FeeDraft,
    HeaderChange,
    ImprintDraft,
    PaymentDraft,
    RemoteFee,
    RemoteImprint,
    RemotePayment,
)


@dataclass(frozen=True, slots=True)
class NewImprint:
    group_id: str
    draft: ImprintDraft


@dataclass(frozen=True, slots=True)
class ImprintChange:
    imprint_id: str
    draft: ImprintDraft


@dataclass(frozen=True, slots=True)
class NewFees:
    """At most 25."""

    drafts: tuple[FeeDraft, ...]


@dataclass(frozen=True, slots=True)
class FeeChanges:
    """At most 25 fees as they will be, each with its id."""

    fees: tuple[tuple[str, FeeDraft], ...]


@dataclass(frozen=True, slots=True)
class NewPayment:
    draft: PaymentDraft


@dataclass(frozen=True, slots=True)
class PaymentChange:
    payment_id: str
    draft: PaymentDraft


Entry = NewImprint | ImprintChange | NewFees | FeeChanges | NewPayment | PaymentChange | HeaderChange
Entered = RemoteImprint | RemoteFee | RemotePayment
