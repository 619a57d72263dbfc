"""Choosing who a store's invoices are made out to."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.etag import check_if_match
from api.core.outbox import record
from api.core.problems import NotFound
from api.settings.queries import get_invoice_contacts
from api.settings.schemas.contacts import InvoiceContact, InvoiceContactChange

_MAKE: Final = text("""
INSERT INTO store_settings (workspace_id, store_id, version) VALUES (:workspace, :store, 0) ON CONFLICT DO NOTHING
""")
_LOCK: Final = text(
    "SELECT 1 FROM store_settings WHERE workspace_id = :workspace AND store_id = :store FOR UPDATE"
)
_WRITE: Final = text("""
UPDATE store_settings SET contact_id = :contact, contact_name = :name, version = version + 1, changed_at = now()
WHERE workspace_id = :workspace AND store_id = :store
""")


async def change_invoice_contact(
    session: AsyncSession,
    workspace_id: UUID,
    store_id: UUID,
    change: InvoiceContactChange,
    *,
    if_match: str | None,
    actor: dict[str, Any],
) -> InvoiceContact:
    """Choose who a store's invoices are made out to, knowing who it was.

    Raises `NotFound` for a store that is not this workspace's, `PreconditionRequired`, `PreconditionFailed`.
    """
    before = await _hold(session, workspace_id, store_id)
    check_if_match(if_match, before.version, current=before, required=True)
    return await _choose(session, workspace_id, before, change, actor=actor)


async def choose_invoice_contact(
    session: AsyncSession,
    workspace_id: UUID,
    store_id: UUID,
    change: InvoiceContactChange,
    *,
    actor: dict[str, Any],
) -> InvoiceContact:
    """Choose who a store's invoices are made out to, whoever it was: nothing else helps where that one is refused.

    Raises `NotFound` for a store that is not this workspace's.
    """
    before = await _hold(session, workspace_id, store_id)
    return await _choose(session, workspace_id, before, change, actor=actor)


async def _hold(session: AsyncSession, workspace_id: UUID, store_id: UUID) -> InvoiceContact:
    """The contact as it is, held until the commit: of two who choose at once, the second reads what the first one wrote."""
    place = {"workspace": workspace_id, "store": store_id}
    try:
        await session.execute(_MAKE, place)
    except IntegrityError:
        raise NotFound("There is no such store.") from None
    await session.execute(_LOCK, place)
    return (await get_invoice_contacts(session, workspace_id, [store_id]))[store_id]


async def _choose(
    session: AsyncSession,
    workspace_id: UUID,
    before: InvoiceContact,
    change: InvoiceContactChange,
    *,
    actor: dict[str, Any],
) -> InvoiceContact:
    place = {"workspace": workspace_id, "store": before.store_id}
    await session.execute(_WRITE, {**place, "contact": change.contact_id, "name": change.contact_name})
    was = {"contact_id": before.contact_id, "contact_name": before.contact_name}
    await record(
        session,
        "store.contact_chosen",
        workspace_id=workspace_id,
        subject_type="store",
        subjects=[(before.store_id, {**change.model_dump(), "before": was})],
        actor=actor,
    )
    return before.model_copy(update={**change.model_dump(), "version": before.version + 1})
