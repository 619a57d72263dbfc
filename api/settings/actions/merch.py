"""Changing the Merch tab."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.core.etag import check_if_match
from api.settings.actions.tabs import lock_tab, tell_change, write_tab
from api.settings.queries import get_merch_settings
from api.settings.schemas.merch import MerchSettings, MerchSettingsChange


async def change_merch_settings(
    session: AsyncSession,
    workspace_id: UUID,
    change: MerchSettingsChange,
    *,
    if_match: str | None,
    actor: dict[str, Any],
) -> MerchSettings:
    """Change what was sent. Raises `PreconditionRequired`, `PreconditionFailed`."""
    await lock_tab(session, workspace_id, "merch")
    before = await get_merch_settings(session, workspace_id)
    check_if_match(if_match, before.version, current=before, required=True)
    chosen = change.model_dump(exclude_unset=True, exclude_none=True, mode="json")
    await write_tab(session, workspace_id, "merch", chosen)
    after = await get_merch_settings(session, workspace_id)
    await tell_change(session, workspace_id, "merch", before=before, after=after, actor=actor)
    return after
