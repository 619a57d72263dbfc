"""Questions about what happened, by the events' positions in the workspace's feed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.activity.queries.naming import JOIN_SUBJECTS, SUBJECT_NAME
from api.activity.rules.sentences import name_of, say, side_of
from api.activity.schemas.audit import AuditActor, AuditEvent
from api.core.paging import Position


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """None and empty mean all; `types` None is every type, an empty tuple none."""

    types: tuple[str, ...] | None = None
    person_id: UUID | None = None
    subject_id: UUID | None = None
    since: datetime | None = None
    before: datetime | None = None

    def conditions(self) -> tuple[list[str], dict[str, Any]]:
        """SQL on the event `e`, with its values."""
        asked: tuple[tuple[str, str, object], ...] = (
            ("e.type = ANY (:types)", "types", None if self.types is None else list(self.types)),
            ("e.person_id = :person", "person", self.person_id),
            ("e.subject_id = :subject", "subject", self.subject_id),
            ("e.occurred_at >= :since", "since", self.since),
            ("e.occurred_at < :before", "before", self.before),
        )
        given = [each for each in asked if each[2] is not None]
        return [sql for sql, _, _ in given], {name: value for _, name, value in given}


async def list_events(
    session: AsyncSession, workspace_id: UUID, wanted: AuditFilter, *, position: Position | None, limit: int
) -> Sequence[AuditEvent]:
    """`limit + 1` events in the direction of `position`, newest first. An event has a position soon after its commit."""
    back = position is not None and position.direction == "prev"
    sign, order = (">", "ASC") if back else ("<", "DESC")
    conditions, values = wanted.conditions()
    values |= {"workspace": workspace_id, "most": limit + 1}
    if position is not None:
        conditions.append(f"p.position {sign} CAST(:after AS bigint)")
        values["after"] = position.values[0]
    narrowed = "".join(f" AND {condition}" for condition in conditions)
    statement = f"""
    SELECT x.*, {SUBJECT_NAME} AS subject_name FROM (
        SELECT p.position, e.* FROM event_position p
        JOIN event e ON e.workspace_id = p.workspace_id AND e.id = p.event_id
        WHERE p.workspace_id = :workspace{narrowed} ORDER BY p.position {order} LIMIT :most
    ) x {JOIN_SUBJECTS} ORDER BY x.position {order}
    """  # noqa: S608 - made of constants of this file; what callers send is bound
    return [_show(row) for row in await session.execute(text(statement), values)]


def _show(row: Row[Any]) -> AuditEvent:
    return AuditEvent(
        id=row.id,
        position=row.position,
        type=row.type,
        side=side_of(row.type),
        sentence=say(row.type, actor=row.actor, about=row.subject_name or "", data=row.data),
        occurred_at=row.occurred_at,
        actor=show_actor(row.actor),
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        subject_name=row.subject_name,
        data=row.data,
    )


def show_actor(actor: Mapping[str, Any]) -> AuditActor:
    """Who did it, from the row's own words."""
    kind = "key" if actor.get("key_id") else "person" if actor.get("person_id") else "platen"
    return AuditActor(
        kind=kind,
        name=name_of(actor),
        person_id=actor.get("person_id"),
        key_id=actor.get("key_id"),
    )
