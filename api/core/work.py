"""Which workspace has work due, and of what kind: the one place where a worker looks across workspaces.

A row says "this workspace has work of this kind at that time". The dispatcher turns due rows into jobs; a job re-checks
what is due before it ends, so that nothing scheduled meanwhile is missed.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, Uuid, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from api.core.columns import At
from api.core.db import Database, Table
from api.core.jobs import enqueue


class WorkspaceWork(Table):
    """Allow-listed: ids and times only, seen by the dispatch role."""

    __tablename__ = "workspace_work"

    workspace_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    due_at: Mapped[At]


async def schedule_work(session: AsyncSession, workspace_id: UUID, kind: str, *, due_at: datetime) -> None:
    """Say that work of this kind is due then; an earlier date already set stays."""
    await session.execute(
        text(
            "INSERT INTO workspace_work (workspace_id, kind, due_at) VALUES (:workspace, :kind, :due) "
            "ON CONFLICT (workspace_id, kind) DO UPDATE "
            "SET due_at = least(workspace_work.due_at, excluded.due_at) WHERE workspace_work.due_at > excluded.due_at"
        ),
        {"workspace": workspace_id, "kind": kind, "due": due_at},
    )


async def ensure_work(session: AsyncSession, workspace_id: UUID, kind: str) -> None:
    """Say that work of this kind is due now, unless some is scheduled: takes no lock on a row that is there already."""
    await session.execute(
        text(
            "INSERT INTO workspace_work (workspace_id, kind, due_at) VALUES (:workspace, :kind, now()) "
            "ON CONFLICT DO NOTHING"
        ),
        {"workspace": workspace_id, "kind": kind},
    )


async def postpone_work(session: AsyncSession, workspace_id: UUID, kind: str, *, due_at: datetime) -> None:
    """Say when work of this kind is due next, whatever was set before."""
    await session.execute(
        text(
            "INSERT INTO workspace_work (workspace_id, kind, due_at) VALUES (:workspace, :kind, :due) "
            "ON CONFLICT (workspace_id, kind) DO UPDATE SET due_at = excluded.due_at"
        ),
        {"workspace": workspace_id, "kind": kind, "due": due_at},
    )


async def bring_forward(session: AsyncSession, workspace_id: UUID, kind: str, *, due_at: datetime) -> None:
    """Let work of this kind that is scheduled later be due then; none is made."""
    await session.execute(
        text(
            "UPDATE workspace_work SET due_at = :due "
            "WHERE workspace_id = :workspace AND kind = :kind AND due_at > :due"
        ),
        {"workspace": workspace_id, "kind": kind, "due": due_at},
    )


async def cancel_work(session: AsyncSession, workspace_id: UUID, kind: str) -> None:
    """Nothing of this kind is due any more."""
    await session.execute(
        text("DELETE FROM workspace_work WHERE workspace_id = :workspace AND kind = :kind"),
        {"workspace": workspace_id, "kind": kind},
    )


_CLAIM = text("""
WITH due AS (
    SELECT workspace_id, kind FROM workspace_work
    WHERE due_at <= :now ORDER BY due_at LIMIT :batch FOR UPDATE SKIP LOCKED
)
UPDATE workspace_work SET due_at = CAST(:now AS timestamptz) + make_interval(secs => :lease)
FROM due WHERE workspace_work.workspace_id = due.workspace_id AND workspace_work.kind = due.kind
RETURNING workspace_work.workspace_id, workspace_work.kind
""")


async def dispatch_due_work(
    dispatch: Database, *, now: datetime, lease: float = 60.0, batch: int = 100
) -> int:
    """Turn due rows into jobs named like their kind; returns how many.

    The row comes due again after `lease` seconds unless its job says otherwise: a job that is lost is started again.
    """
    async with dispatch.transaction(None) as session:
        rows = (await session.execute(_CLAIM, {"now": now, "lease": lease, "batch": batch})).all()
        for row in rows:
            await enqueue(
                session, row.kind, dedupe=f"{row.kind}:{row.workspace_id}", workspace_id=row.workspace_id
            )
        return len(rows)
