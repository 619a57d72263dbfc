"""Changing the InkSoft tab."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.core.etag import check_if_match
from api.linking.actions import ask_for_reading, move_share_date
from api.settings.actions.tabs import lock_tab, write_tab
from api.settings.queries import get_inksoft_settings
from api.settings.schemas.inksoft import InkSoftSettings, InkSoftSettingsChange

# What decides which orders are shared, and so which are read whole.
_SHARING: Final = frozenset({"share_orders_from", "sources"})


async def change_inksoft_settings(
    session: AsyncSession,
    workspace_id: UUID,
    change: InkSoftSettingsChange,
    *,
    if_match: str | None,
    actor: dict[str, Any],
    now: datetime,
) -> InkSoftSettings:
    """Change what was sent. Raises `PreconditionRequired`, `PreconditionFailed`, and `NotLinked` for a share date."""
    await lock_tab(session, workspace_id, "inksoft")
    before = await get_inksoft_settings(session, workspace_id)
    check_if_match(if_match, before.version, current=before, required=True)
    chosen = _without_nulls(change.model_dump(exclude_unset=True, exclude={"share_orders_from"}, mode="json"))
    changed = set(chosen)
    if change.share_orders_from is not None:
        await move_share_date(session, workspace_id, change.share_orders_from, now=now)
        changed.add("share_orders_from")
    if changed & _SHARING:
        await ask_for_reading(session, workspace_id, now=now)
    await write_tab(session, workspace_id, "inksoft", chosen, changed=changed, actor=actor)
    return await get_inksoft_settings(session, workspace_id)


def _without_nulls(sent: dict[str, Any]) -> dict[str, Any]:
    """Only the status may be null (take the first one); a null elsewhere means "as it was"."""
    return {
        name: value for name, value in sent.items() if value is not None or name == "new_invoice_status_id"
    }
