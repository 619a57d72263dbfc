"""A new revision of an invoice: the wanted state of everything that is on it now, proven before it is kept (I15)."""

from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.attention import Note, note_all
from api.core.problems import Problem
from api.core.schema import Wire
from api.core.secrets import KeyedHash
from api.invoices.models import Invoice
from api.invoices.queries.pinned import get_choices, list_pinned_orders
from api.invoices.rules.convert import make_wanted
from api.invoices.rules.markers import marker_of
from api.invoices.rules.wanted import WantedInvoice
from api.invoices.rules.wanted_json import proof_to_json, wanted_to_json

_KEEP = text("""
INSERT INTO invoice_revision (workspace_id, invoice_id, revision, reason, wanted, proof, made_by)
VALUES (:workspace, :invoice, :revision, :reason, CAST(:wanted AS jsonb), CAST(:proof AS jsonb), :by)
""")

# What a revision may find in its orders.
FOUND_IN_ORDERS: Final = ("unknown_size", "unknown_method", "rounding")
_CLEAR_GONE = text("""
UPDATE attention SET resolved_at = now(), resolution = 'known_now', version = version + 1
FROM attachment
WHERE attachment.workspace_id = :workspace AND attachment.invoice_id = :invoice AND attachment.detached_at IS NULL
  AND attention.workspace_id = :workspace AND attention.subject_id = attachment.order_id
  AND attention.code = ANY (:found) AND attention.resolved_at IS NULL
  AND NOT EXISTS (
    SELECT FROM unnest(CAST(:codes AS text[]), CAST(:subjects AS uuid[]), CAST(:facts AS text[])) AS still (code, subject, fact)
    WHERE still.code = attention.code AND still.subject = attention.subject_id AND still.fact = attention.fact
  )
""")


class DoesNotAddUp(Problem):
    """The parts of an order do not make its total, so the invoice would be wrong. Nothing was changed."""

    status = 409

    class Extra(Wire):
        order_numbers: list[str]
        difference_amount: int


async def revise_invoice(
    session: AsyncSession,
    hashes: KeyedHash,
    invoice: Invoice,
    zone: ZoneInfo,
    *,
    reason: str,
    actor: dict[str, Any],
) -> WantedInvoice:
    """Compute and keep what is wanted now; the invoice's row must be locked. Raises `DoesNotAddUp`."""
    wanted = await make_current(session, hashes, invoice, zone)
    require_sendable(wanted)
    invoice.revision += 1
    invoice.order_count = wanted.order_count
    invoice.piece_count = wanted.piece_count
    invoice.total_amount = wanted.proof.invoice_amount
    invoice.push_state = "queued"
    invoice.push_problem = None
    invoice.version += 1
    await session.flush()
    await session.execute(
        _KEEP,
        {
            "workspace": invoice.workspace_id,
            "invoice": invoice.id,
            "revision": invoice.revision,
            "reason": reason,
            "wanted": wanted_to_json(wanted),
            "proof": proof_to_json(wanted.proof),
            "by": actor["name"],
        },
    )
    await _tell_findings(session, invoice, wanted)
    return wanted


async def make_current(
    session: AsyncSession, hashes: KeyedHash, invoice: Invoice, zone: ZoneInfo
) -> WantedInvoice:
    """What the invoice should look like with the orders that are on it now."""
    orders = await list_pinned_orders(session, invoice.workspace_id, invoice.id)
    choices = await get_choices(session, invoice, zone)
    return make_wanted(orders, choices, marker_of(hashes, invoice.id))


def require_sendable(wanted: WantedInvoice) -> None:
    """Raise `DoesNotAddUp` unless both sums are right to the cent, as a whole and order by order."""
    if not wanted.is_sendable:
        numbers = [str(f.details["order_number"]) for f in wanted.findings if f.code == "does_not_add_up"]
        raise DoesNotAddUp(order_numbers=numbers, difference_amount=wanted.proof.difference)


async def _tell_findings(session: AsyncSession, invoice: Invoice, wanted: WantedInvoice) -> None:
    """What this revision found, for a person; what an earlier one found and this one does not is over."""
    notes = [Note(f.code, "order", f.order_id, f.fact, f.details) for f in wanted.findings]
    await note_all(session, invoice.workspace_id, notes, but_dismissed=True)
    await session.execute(
        _CLEAR_GONE,
        {
            "workspace": invoice.workspace_id,
            "invoice": invoice.id,
            "found": list(FOUND_IN_ORDERS),
            "codes": [note.code for note in notes],
            "subjects": [note.subject_id for note in notes],
            "facts": [note.fact for note in notes],
        },
    )
