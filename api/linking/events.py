"""What happened to connections and links, in the past tense."""

from typing import Any, Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.core.outbox import record

LinkEvent = Literal[
    "link.changed",
    "link.created",
    "link.ended",
    "link.reauthenticated",
    "link.needs_reauth",
    "link.suspended",
    "link.recovered",
]
ConnectionEvent = Literal[
    "connection.opened",
    "connection.renewed",
    "connection.closed",
    "connection.needs_reauth",
    "connection.suspended",
    "connection.recovered",
]
Actor = dict[str, Any]


async def record_link_event(
    session: AsyncSession, type_: LinkEvent, *, workspace_id: UUID, link_id: UUID, actor: Actor, **data: Any
) -> None:
    """One event about a link; `data` holds no secrets."""
    await record(
        session,
        type_,
        workspace_id=workspace_id,
        subject_type="link",
        subjects=[(link_id, data)],
        actor=actor,
    )


async def record_connection_event(
    session: AsyncSession,
    type_: ConnectionEvent,
    *,
    workspace_id: UUID,
    connection_id: UUID,
    actor: Actor,
    **data: Any,
) -> None:
    """One event about a connection; `data` holds no secrets."""
    await record(
        session,
        type_,
        workspace_id=workspace_id,
        subject_type="connection",
        subjects=[(connection_id, data)],
        actor=actor,
    )
