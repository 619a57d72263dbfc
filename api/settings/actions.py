"""Changing what a shop chose."""

from typing import Any
from uuid import UUID

from orjson import dumps
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.etag import check_if_match
from api.core.outbox import record
from api.core.problems import NotFound
from api.settings.queries import get_inksoft_settings, get_invoice_contacts
from api.settings.schemas import InkSoftSettings, InkSoftSettingsChange, InvoiceContact, InvoiceContactChange


async def change_inksoft_settings(
    session: AsyncSession,
    workspace_id: UUID,
    change: InkSoftSettingsChange,
    *,
    if_match: str | None,
    actor: dict[str, Any],
) -> InkSoftSettings:
    """Change what was sent. Raises `PreconditionRequired`, `PreconditionFailed`."""
    place = {"workspace": workspace_id}
    await session.execute(
        text(
            "INSERT INTO storefront_settings (workspace_id, tab, chosen, version) VALUES (:workspace, 'inksoft', '{}', 0) "
            "ON CONFLICT DO NOTHING"
        ),
        place,
    )
    before = await get_inksoft_settings(session, workspace_id, lock=True)
    check_if_match(if_match, before.version, current=before, required=True)
    sent = change.model_dump(exclude_unset=True, mode="json")
    await session.execute(
        text(
            "UPDATE storefront_settings SET chosen = chosen || CAST(:sent AS jsonb), version = version + 1, "
            "changed_at = now() WHERE workspace_id = :workspace AND tab = 'inksoft'"
        ),
        {**place, "sent": dumps(_without_nulls(sent)).decode()},
    )
    await record(
        session,
        "settings.changed",
        workspace_id=workspace_id,
        subject_type="workspace",
        subjects=[(workspace_id, {"tab": "inksoft", "changed": sorted(sent)})],
        actor=actor,
    )
    return await get_inksoft_settings(session, workspace_id)


def _without_nulls(sent: dict[str, Any]) -> dict[str, Any]:
    """Only the status may be null (take the first one); a null elsewhere means "as it was"."""
    return {
        name: value for name, value in sent.items() if value is not None or name == "new_invoice_status_id"
    }


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
