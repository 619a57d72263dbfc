"""The mutations that bring the shop's books to the wanted state, and what the books show differently."""

from dataclasses import dataclass
from typing import Any, Literal

from api.connectors.print_shop import ColumnsChange, HeaderChange
from api.invoices.rules.wanted import WantedFee, WantedGroup, WantedImprint, WantedLine, WantedPayment

MOST_AT_ONCE = 25
QUOTE_KEY = "quote"
ObjectKind = Literal["quote", "group", "line", "imprint", "fee", "payment"]


@dataclass(frozen=True, slots=True)
class Written:
    """Something that we wrote: its remote id, its parent's, and the fields as last written (`rules.fields`)."""

    kind: ObjectKind
    external_id: str
    parent_external_id: str | None
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CreateQuote:
    """The header, marked by its purchase order number and a tag, with all fees."""


@dataclass(frozen=True, slots=True)
class CreateGroup:
    """A group with its imprints and its first lines (25 at most)."""

    group: WantedGroup


@dataclass(frozen=True, slots=True)
class CreateLines:
    """Further lines of groups that are there (25 at most), each with its group's key."""

    lines: tuple[tuple[str, WantedLine], ...]


@dataclass(frozen=True, slots=True)
class ChangeLines:
    """Lines as they will be (25 at most), each with its remote id."""

    lines: tuple[tuple[str, WantedLine], ...]


@dataclass(frozen=True, slots=True)
class DeleteLines:
    keys: tuple[str, ...]
    external_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeColumns:
    """Groups that will show further sizes (25 at most), each with its key: the union of what is shown and what is wanted."""

    groups: tuple[tuple[str, ColumnsChange], ...]


@dataclass(frozen=True, slots=True)
class DeleteGroup:
    key: str
    external_id: str


@dataclass(frozen=True, slots=True)
class CreateImprint:
    group_key: str
    imprint: WantedImprint


@dataclass(frozen=True, slots=True)
class ChangeImprint:
    external_id: str
    imprint: WantedImprint


@dataclass(frozen=True, slots=True)
class CreateFees:
    """25 at most."""

    fees: tuple[WantedFee, ...]


@dataclass(frozen=True, slots=True)
class ChangeFees:
    """Fees as they will be (25 at most), each with its remote id."""

    fees: tuple[tuple[str, WantedFee], ...]


@dataclass(frozen=True, slots=True)
class DeleteFee:
    key: str
    external_id: str


@dataclass(frozen=True, slots=True)
class CreatePayment:
    payment: WantedPayment


@dataclass(frozen=True, slots=True)
class ChangePayment:
    external_id: str
    payment: WantedPayment


@dataclass(frozen=True, slots=True)
class DeletePayment:
    key: str
    external_id: str


@dataclass(frozen=True, slots=True)
class ChangeHeader:
    change: HeaderChange


EntryStep = (
    CreateImprint | ChangeImprint | CreateFees | ChangeFees | CreatePayment | ChangePayment | ChangeHeader
)


@dataclass(frozen=True, slots=True)
class WriteTogether:
    """Several entries in one call (25 at most): any of them may be written though another one failed."""

    entries: tuple[EntryStep, ...]


@dataclass(frozen=True, slots=True)
class SetStatus:
    """Last of all: it is what makes the quote an invoice (A5), and a shop's own automations may answer to it."""


Step = (
    CreateQuote | CreateGroup | CreateLines | ChangeLines | DeleteLines | ChangeColumns | DeleteGroup | DeleteFee
    | DeletePayment | EntryStep | WriteTogether | SetStatus
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """What the books show otherwise than wanted. `edited` and `removed` were done in the shop and are kept."""

    kind: Literal["edited", "removed", "missing", "amount"]
    key: str
    field: str
    wanted: Any
    remote: Any
