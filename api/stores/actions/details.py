"""What people know of a store and the platform does not tell: its address, whether it is open, when it closes (S5)."""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.store_platform import PlatformStore
from api.core.etag import check_if_match
from api.core.outbox import record
from api.core.problems import NotFound
from api.linking.queries import ActiveLink
from api.stores.actions.discovery import discover_stores
from api.stores.actions.lookup import StoreOfAnotherAccount
from api.stores.actions.sharing import lock_sharing, share_stores
from api.stores.queries import get_store
from api.stores.schemas import StoreChange, StoreRead

DETAILS = ("status", "closes_at", "is_embedded")


async def add_store(
    session: AsyncSession,
    workspace_id: UUID,
    link: ActiveLink,
    found: PlatformStore,
    *,
    actor: dict[str, Any],
) -> StoreRead:
    """Keep a store that the platform named at its address; one that is known already learns its address.

    The link may be another one than a moment ago, when the platform was asked: raises `StoreOfAnotherAccount` then.
    """
    if found.account_external_id != link.inksoft_account:
        raise StoreOfAnotherAccount
    ids = await discover_stores(
        session, workspace_id, link.inksoft_account, [(found.external_id, found.name)], actor=actor
    )
    store_id = ids[found.external_id]
    await session.execute(
        text(
            "UPDATE store SET store_uri = :uri, version = version + 1 "
            "WHERE workspace_id = :workspace AND id = :id AND store_uri IS DISTINCT FROM :uri"
        ),
        {"uri": found.store_uri, "workspace": workspace_id, "id": store_id},
    )
    return await get_store(session, workspace_id, link, store_id)


async def change_store(
    session: AsyncSession,
    workspace_id: UUID,
    link: ActiveLink,
    store_id: UUID,
    change: StoreChange,
    *,
    if_match: str | None,
    actor: dict[str, Any],
) -> StoreRead:
    """Change what was sent and nothing else. Raises `NotFound`, `PreconditionFailed`."""
    sent = change.model_fields_set
    if "shared" in sent:
        await lock_sharing(session, workspace_id, link.inksoft_account)
    await _lock_store(session, workspace_id, link, store_id)
    before = await get_store(session, workspace_id, link, store_id)
    check_if_match(if_match, before.version, current=before)
    changed = {
        name: getattr(change, name)
        for name in DETAILS
        if name in sent and getattr(change, name) != getattr(before, name)
    }
    if changed:
        await _write_details(session, workspace_id, before, changed, actor=actor)
    if "shared" in sent and change.shared != before.shared:
        await share_stores(
            session, workspace_id, link.inksoft_account, [store_id], shared=change.shared, actor=actor
        )
    return await get_store(session, workspace_id, link, store_id)


async def _lock_store(session: AsyncSession, workspace_id: UUID, link: ActiveLink, store_id: UUID) -> None:
    found = await session.scalar(
        text(
            "SELECT true FROM store WHERE workspace_id = :workspace AND account = :account AND id = :id FOR UPDATE"
        ),
        {"workspace": workspace_id, "account": link.inksoft_account, "id": store_id},
    )
    if not found:
        raise NotFound("There is no such store.")


async def _write_details(
    session: AsyncSession,
    workspace_id: UUID,
    before: StoreRead,
    changed: dict[str, Any],
    *,
    actor: dict[str, Any],
) -> None:
    values = {name: changed.get(name, getattr(before, name)) for name in DETAILS}
    await session.execute(
        text(
            "UPDATE store SET status = :status, closes_at = :closes_at, is_embedded = :is_embedded, "
            "version = version + 1 WHERE workspace_id = :workspace AND id = :id"
        ),
        {**values, "workspace": workspace_id, "id": before.id},
    )
    old = before.model_dump(mode="json", include=set(changed))
    new = before.model_copy(update=changed).model_dump(mode="json", include=set(changed))
    await record(
        session,
        "store.changed",
        workspace_id=workspace_id,
        subject_type="store",
        subjects=[(before.id, {"before": old, "after": new})],
        actor=actor,
    )
