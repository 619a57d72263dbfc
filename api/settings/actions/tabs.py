"""A tab's row: made when somebody first chooses, held while it is changed, one version a change."""

from typing import Any, Literal
from uuid import UUID

from orjson import dumps
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.outbox import record
from api.settings.rules.changes import find_changes
from api.settings.schemas.inksoft import InkSoftSettings
from api.settings.schemas.merch import MerchSettings

Tab = Literal["inksoft", "merch"]

_MAKE = text("""
INSERT INTO storefront_settings (workspace_id, tab, chosen, version) VALUES (:workspace, :tab, '{}', 0)
ON CONFLICT DO NOTHING
""")
_LOCK = text("SELECT 1 FROM storefront_settings WHERE workspace_id = :workspace AND tab = :tab FOR UPDATE")
_WRITE = text("""
UPDATE storefront_settings SET chosen = chosen || CAST(:chosen AS jsonb), version = version + 1, changed_at = now()
WHERE workspace_id = :workspace AND tab = :tab
""")


async def lock_tab(session: AsyncSession, workspace_id: UUID, tab: Tab) -> None:
    """Hold this tab until the commit; whoever reads it afterwards reads what is true."""
    place = {"workspace": workspace_id, "tab": tab}
    await session.execute(_MAKE, place)
    await session.execute(_LOCK, place)


async def write_tab(session: AsyncSession, workspace_id: UUID, tab: Tab, chosen: dict[str, Any]) -> None:
    """Put what was chosen over what was; the tab must be locked."""
    values = {"workspace": workspace_id, "tab": tab, "chosen": dumps(chosen).decode()}
    await session.execute(_WRITE, values)


async def tell_change(
    session: AsyncSession,
    workspace_id: UUID,
    tab: Tab,
    *,
    before: InkSoftSettings | MerchSettings,
    after: InkSoftSettings | MerchSettings,
    actor: dict[str, Any],
) -> None:
    """Record what the tab was and is, setting by setting; nothing where all is as it was."""
    was, now = find_changes(*(each.model_dump(mode="json", exclude={"version"}) for each in (before, after)))
    if not now:
        return
    await record(
        session,
        "settings.changed",
        workspace_id=workspace_id,
        subject_type="workspace",
        subjects=[(workspace_id, {"tab": tab, "changed": list(now), "before": was, "after": now})],
        actor=actor,
    )
