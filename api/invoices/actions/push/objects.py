"""What was written into the shop's books, remembered by wanted key: the third side of the comparison."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from orjson import dumps
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.print_shop import RemoteInvoice
from api.invoices.models import Invoice
from api.invoices.rules.intents import Intent, Target
from api.invoices.rules.sightings import Sighting
from api.invoices.rules.steps import Written
from api.orders.actions.attaching import name_invoice

# A change of the header writes some of its fields; the others stay as they were written.
_REMEMBER = text("""
INSERT INTO remote_object AS known (workspace_id, invoice_id, key, kind, external_id, parent_external_id, written)
SELECT :workspace, :invoice, * FROM unnest(
    CAST(:keys AS text[]), CAST(:kinds AS text[]), CAST(:ids AS text[]), CAST(:parents AS text[]), CAST(:written AS jsonb[]))
ON CONFLICT (workspace_id, invoice_id, key) DO UPDATE
SET external_id = excluded.external_id, written = known.written || excluded.written, written_at = now(),
    parent_external_id = coalesce(excluded.parent_external_id, known.parent_external_id)
""")
_FORGET = text("""
DELETE FROM remote_object WHERE workspace_id = :workspace AND invoice_id = :invoice
AND (key = ANY(CAST(:keys AS text[])) OR parent_external_id = ANY(CAST(:groups AS text[])))
""")


async def remember_objects(
    session: AsyncSession, workspace_id: UUID, invoice_id: UUID, written: Mapping[str, Written]
) -> None:
    """Keep these objects as written; one that is known already is brought up to date."""
    if not written:
        return
    await session.execute(
        _REMEMBER,
        {
            "workspace": workspace_id,
            "invoice": invoice_id,
            "keys": list(written),
            "kinds": [one.kind for one in written.values()],
            "ids": [one.external_id for one in written.values()],
            "parents": [one.parent_external_id for one in written.values()],
            "written": [dumps(one.fields).decode() for one in written.values()],
        },
    )


async def forget_objects(session: AsyncSession, workspace_id: UUID, invoice_id: UUID, intent: Intent) -> None:
    """The objects that this write took away are not ours any more; with a group goes what was in it."""
    if intent.removals:
        await session.execute(
            _FORGET,
            {
                "workspace": workspace_id,
                "invoice": invoice_id,
                "keys": [removal.key for removal in intent.removals],
                "groups": [each.external_id for each in intent.removals if each.kind == "group"],
            },
        )


def as_written(found: Sequence[tuple[Target, Sighting]]) -> dict[str, Written]:
    """Rows for objects that were found: their ids as the books have them, their fields as we sent them."""
    return {
        target.key: Written(target.kind, seen.external_id, seen.parent_external_id, target.fields)
        for target, seen in found
    }


async def name_record(session: AsyncSession, invoice: Invoice, remote: RemoteInvoice) -> None:
    """The record's id, number and address in Printavo; its orders show the number too. The invoice must be locked."""
    if invoice.visual_id != remote.visual_id:
        await name_invoice(session, invoice.workspace_id, invoice.id, number=remote.visual_id)
    invoice.external_id = remote.external_id
    invoice.visual_id = remote.visual_id
    invoice.public_url = remote.public_url
    invoice.remote_kind = remote.kind
    await session.flush()
