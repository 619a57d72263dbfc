"""Telling people by mail what is new on the board: one letter each, not one an exception."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.activity.queries.exceptions import get_exceptions
from api.activity.rules.troubles import codes_of, digest
from api.connectors.registry import Toolbox
from api.core.letters import write_letter
from api.core.mail import Letter
from api.settings.queries import get_inksoft_settings

# Read in full below this; what is beyond is counted.
MOST: Final = 20
_NEW = text("""
UPDATE attention SET told_at = :now
WHERE workspace_id = :workspace AND resolved_at IS NULL AND told_at IS NULL AND code = ANY (:codes) RETURNING id
""")
_NAME = text("SELECT name FROM workspace WHERE workspace_id = :workspace")


async def write_alerts(session: AsyncSession, tools: Toolbox, workspace_id: UUID, *, now: datetime) -> bool:
    """A letter about every exception that nobody was told of yet, to everybody whom the settings name.

    Each is told once: who comes later to the list hears of what comes later. Without a mail server nobody is told, and all
    of it is kept for the day on which there is one. False when nobody wants alerts.
    """
    settings = await get_inksoft_settings(session, workspace_id)
    if not settings.alert_emails:
        return False
    if not tools.mail.is_open:
        return True
    codes = [code for kind in settings.alert_kinds for code in codes_of(kind)]
    values: dict[str, Any] = {"workspace": workspace_id, "now": now, "codes": codes}
    new = sorted(await session.scalars(_NEW, values))
    if not new:
        return True
    name = str(await session.scalar(_NAME, {"workspace": workspace_id}))
    shown = await get_exceptions(session, workspace_id, new[:MOST])
    address = tools.settings.platen_public_url
    subject, body = digest(name, [one.sentence for one in shown], len(new), address)
    for recipient in settings.alert_emails:
        await write_letter(session, tools.sealer, workspace_id, Letter(recipient, subject, body), now=now)
    return True
