"""The route of what happened."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from api.activity.queries.audit import AuditFilter, list_events
from api.activity.rules.sentences import AuditSide, types_of
from api.activity.schemas.audit import AuditEvent
from api.connectors.doors import Tools
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.paging import CursorText, InvalidCursor, Limit, Page
from api.core.problems import declare
from api.core.schema import Instant, Text

router = room("Activity")


@router.get("/audit-events", responses=declare(InvalidCursor))
async def list_audit_events(
    caller: Caller,
    session: Session,
    tools: Tools,
    type_: Annotated[list[Text] | None, Query(alias="type", max_length=50)] = None,
    side: AuditSide | None = None,
    person_id: UUID | None = None,
    subject_id: UUID | None = None,
    occurred_at_gte: Instant | None = None,
    occurred_at_lt: Instant | None = None,
    limit: Limit = 25,
    cursor: CursorText = None,
) -> Page[AuditEvent]:
    """Who did what, when, on both sides; newest first. What happened within the last second may still be missing."""
    asked = set(types_of(side)) & set(type_ or types_of(side)) if side else type_
    wanted = AuditFilter(
        types=None if asked is None else tuple(sorted(asked)),
        person_id=person_id,
        subject_id=subject_id,
        since=occurred_at_gte,
        before=occurred_at_lt,
    )
    filters = {
        "types": wanted.types,
        "person": person_id,
        "subject": subject_id,
        "dates": [wanted.since, wanted.before],
    }
    position = tools.cursors.read(cursor, listing="audit_events", filters=filters)
    found = await list_events(session, caller.workspace, wanted, position=position, limit=limit)
    return tools.cursors.page(
        found,
        limit=limit,
        position=position,
        listing="audit_events",
        filters=filters,
        key=lambda event: [event.position],
        show=lambda event: event,
    )
