"""Choosing who a store's invoices are made out to."""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.outbox import record
from api.core.problems import NotFound
from api.settings.queries import get_invoice_contacts
from api.settings.schemas.contacts import InvoiceContact, InvoiceContactChange


async def choose_invoice_contact(
    session: AsyncSession,
    workspace_id: UUID,
    store_id: UUID,
    change: InvoiceContactChange,
    *,
    actor: dict[str, Any],
) -> InvoiceContact:
    """Choose who a store's invoices are made out to. Raises `NotFound` for a store that is not this workspace's."""
    try:
        await session.execute(
            text(
                "INSERT INTO store_settings (workspace_id, store_id, contact_id, contact_name) "
                "VALUES (:workspace, :store, :contact, :name) ON CONFLICT (workspace_id, store_id) DO UPDATE "
                "SET contact_id = :contact, contact_name = :name, version = store_settings.version + 1, changed_at = now()"
            ),
            {
                "workspace": workspace_id,
                "store": store_id,
                "contact": change.contact_id,
                "name": change.contact_name,
            },
        )
    except IntegrityError:
        raise NotFound("There is no such store.") from None
    await record(
        session,
        "store.contact_chosen",
        workspace_id=workspace_id,
        subject_type="store",
        subjects=[(store_id, change.model_dump())],
        actor=actor,
    )
    return (await get_invoice_contacts(session, workspace_id, [store_id]))[store_id]
