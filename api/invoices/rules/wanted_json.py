"""A `WantedInvoice` as JSON and back: the form of `invoice_revision.wanted` and of `remote_object.written`."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from api.invoices.rules.steps import Difference, Written
from api.invoices.rules.wanted import Proof, WantedInvoice

_WANTED: Final = TypeAdapter(WantedInvoice)
_PROOF: Final = TypeAdapter(Proof)
_DIFFERENCES: Final = TypeAdapter(list[Difference])


def wanted_to_json(wanted: WantedInvoice) -> str:
    """One JSON object, ready for a `jsonb` column."""
    return _WANTED.dump_json(wanted).decode()


def wanted_from_json(value: Mapping[str, Any]) -> WantedInvoice:
    """Raises `ValueError` for anything that is not a wanted invoice."""
    return _WANTED.validate_python(value)


def proof_to_json(proof: Proof) -> str:
    return _PROOF.dump_json(proof).decode()


def differences_to_list(differences: list[Difference]) -> list[dict[str, Any]]:
    """The form of `invoice.differences`."""
    value: list[dict[str, Any]] = _DIFFERENCES.dump_python(differences, mode="json")
    return value


def written_from_row(row: Any) -> Written:
    """A row of `remote_object` as the diff reads it."""
    return Written(row.kind, row.external_id, row.parent_external_id, row.written)
