"""Letters that wait to be sent: rows of the transaction that asked for them, sealed because they carry one-time links (I13).

A letter is claimed in one transaction, sent outside of any, and settled in a third; what is left of it then is its fate.
"""

import logging
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import orjson
from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped

from api.core.columns import At, Key, MadeAt, Number, Sealed, String
from api.core.db import Table
from api.core.ids import new_id
from api.core.mail import Letter
from api.core.secrets import CannotUnsealError, Place, Sealer
from api.core.work import schedule_work

log = logging.getLogger("platen.mail")
LETTERS: Final = "letters"
MOST_TRIES: Final = 8
# Longer than handing a letter over can take: whoever claimed it has ended by then, or is dead.
LEASE: Final = timedelta(minutes=2)
KEPT: Final = timedelta(days=30)
Fate = Literal["sent", "failed", "dropped"]


class WaitingLetter(Table):
    """A letter on its way. `workspace_id` is a workspace, or for what belongs to none the id of the person it is for."""

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'failed', 'dropped')", name="state"),
        CheckConstraint("(state = 'waiting') = (sealed IS NOT NULL)", name="sealed"),
        Index("ix_letter_due", "workspace_id", "due_at", postgresql_where=text("state = 'waiting'")),
    )

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    sealed: Mapped[Sealed | None]
    state: Mapped[String]
    tries: Mapped[Number]
    due_at: Mapped[At]
    created_at: Mapped[MadeAt]


async def write_letter(
    session: AsyncSession, sealer: Sealer, tenant_id: UUID, letter: Letter, *, now: datetime
) -> UUID:
    """Keep a letter to be sent after the commit; returns its id."""
    letter_id = new_id()
    content = orjson.dumps([letter.to, letter.subject, letter.text]).decode()
    values = {
        "workspace": tenant_id,
        "id": letter_id,
        "sealed": await sealer.seal(session, _place(tenant_id, letter_id), content),
        "now": now,
    }
    await session.execute(
        text(
            "INSERT INTO letter (workspace_id, id, sealed, state, tries, due_at, created_at) "
            "VALUES (:workspace, :id, :sealed, 'waiting', 0, :now, :now)"
        ),
        values,
    )
    await schedule_work(session, tenant_id, LETTERS, due_at=now)
    return letter_id


_CLAIM = text("""
WITH due AS (
    SELECT id FROM letter WHERE workspace_id = :workspace AND state = 'waiting' AND due_at <= :now
    ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE letter SET tries = tries + 1, due_at = :until FROM due
WHERE letter.workspace_id = :workspace AND letter.id = due.id RETURNING letter.id, letter.sealed, letter.tries
""")


async def claim_letter(
    session: AsyncSession, sealer: Sealer, tenant_id: UUID, *, now: datetime
) -> tuple[UUID, int, Letter] | None:
    """The next letter that is due, with how often it was tried, this time included; nobody else takes it meanwhile.

    One that cannot be opened waits like any other and holds up none, and one that was tried too often has failed.
    """
    values = {"workspace": tenant_id, "now": now, "until": now + LEASE}
    while (row := (await session.execute(_CLAIM, values)).one_or_none()) is not None:
        if row.tries > MOST_TRIES:
            await settle_letter(session, tenant_id, row.id, "failed")
            continue
        try:
            content = await sealer.unseal(session, _place(tenant_id, row.id), row.sealed)
        except CannotUnsealError:
            log.exception("a letter cannot be opened", extra={"letter_id": str(row.id)})
            continue
        return row.id, row.tries, Letter(*orjson.loads(content))
    return None


async def settle_letter(session: AsyncSession, tenant_id: UUID, letter_id: UUID, fate: Fate) -> None:
    """Say what became of a letter that still waits; its content is erased."""
    await session.execute(
        text(
            "UPDATE letter SET state = :fate, sealed = NULL "
            "WHERE workspace_id = :workspace AND id = :id AND state = 'waiting'"
        ),
        {"workspace": tenant_id, "id": letter_id, "fate": fate},
    )


async def delay_letter(
    session: AsyncSession, tenant_id: UUID, letter_id: UUID, *, tries: int, now: datetime
) -> None:
    """Try again later: 30 seconds after the first time, doubling; after the last time the letter has failed."""
    if tries >= MOST_TRIES:
        await settle_letter(session, tenant_id, letter_id, "failed")
        return
    await session.execute(
        text("UPDATE letter SET due_at = :due WHERE workspace_id = :workspace AND id = :id"),
        {"workspace": tenant_id, "id": letter_id, "due": now + timedelta(seconds=30 * 2 ** (tries - 1))},
    )


async def forget_letters(session: AsyncSession, tenant_id: UUID, *, now: datetime) -> datetime | None:
    """Forget letters that were settled a month ago; returns when something is due next, None when nothing is."""
    await session.execute(
        text(
            "DELETE FROM letter WHERE workspace_id = :workspace AND state <> 'waiting' AND created_at <= :before"
        ),
        {"workspace": tenant_id, "before": now - KEPT},
    )
    due: datetime | None = await session.scalar(
        text(
            "SELECT min(CASE state WHEN 'waiting' THEN due_at ELSE created_at + CAST(:kept AS interval) END) "
            "FROM letter WHERE workspace_id = :workspace"
        ),
        {"workspace": tenant_id, "kept": KEPT},
    )
    return due


def _place(tenant_id: UUID, letter_id: UUID) -> Place:
    return Place(tenant_id, "letter", letter_id, "sealed")
