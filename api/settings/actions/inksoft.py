"""Changing the InkSoft tab."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.core.etag import check_if_match
from api.core.work import bring_forward, schedule_work
from api.linking.actions import change_shared_orders
from api.linking.queries import NotLinked, find_active_link
from api.linking.rules import SYNC
from api.settings.actions.memory import MAPS, apply_words
from api.settings.actions.tabs import lock_tab, tell_change, write_tab
from api.settings.queries import get_inksoft_settings
from api.settings.schemas.inksoft import InkSoftSettings, InkSoftSettingsChange

# The job that mails what is new among the exceptions: begun here, done by `activity`.
ALERTS: Final = "alerts"
# What is shared is kept with the link.
_SHARED: Final = {"share_orders_from", "sources", "skip_free_orders"}


async def change_inksoft_settings(
    session: AsyncSession,
    workspace_id: UUID,
    change: InkSoftSettingsChange,
    *,
    if_match: str | None,
    actor: dict[str, Any],
    now: datetime,
) -> InkSoftSettings:
    """Change what was sent. Raises `PreconditionRequired`, `PreconditionFailed`, and `NotLinked` for what is shared."""
    sent = _without_nulls(change.model_dump(exclude_unset=True, mode="json"))
    shares = bool(sent.keys() & _SHARED)
    await lock_tab(session, workspace_id, "inksoft")
    # The link is held before it is read: what was meant for one link changes no other that is made meanwhile.
    link = await find_active_link(session, workspace_id, lock="update") if shares else None
    before = await get_inksoft_settings(session, workspace_id)
    check_if_match(if_match, before.version, current=before, required=True)
    if shares:
        if link is None:
            raise NotLinked
        await change_shared_orders(
            session,
            workspace_id,
            day=change.share_orders_from,
            sources=change.sources,
            skip_free_orders=change.skip_free_orders,
            now=now,
        )
    if sent.keys() & MAPS:
        await apply_words(session, workspace_id, now=now)
    chosen = {name: value for name, value in sent.items() if name not in _SHARED}
    if minutes := chosen.get("sync_interval_minutes"):
        await bring_forward(session, workspace_id, SYNC, due_at=now + timedelta(minutes=minutes))
    if chosen.get("alert_emails"):
        await schedule_work(session, workspace_id, ALERTS, due_at=now)
    await write_tab(session, workspace_id, "inksoft", chosen)
    after = await get_inksoft_settings(session, workspace_id)
    await tell_change(session, workspace_id, "inksoft", before=before, after=after, actor=actor)
    return after


def _without_nulls(sent: dict[str, Any]) -> dict[str, Any]:
    """Only the status may be null (take the first one); a null elsewhere means "as it was"."""
    return {
        name: value for name, value in sent.items() if value is not None or name == "new_invoice_status_id"
    }
