"""Guessing is slowed (L4): failures are counted per subject in a committed row, whatever becomes of the request."""

import math
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.problems import Problem
from api.core.schema import Wire
from api.identity.rules.guessing import FREE_FAILURES, block_after


class TooManyAttempts(Problem):
    """Too many failed attempts. Wait a moment and try again."""

    status = 429
    retryable = True

    class Extra(Wire):
        retry_after: int


async def check_attempts(
    session: AsyncSession, subjects: list[bytes], *, now: datetime, free: int = FREE_FAILURES
) -> None:
    """Raise `TooManyAttempts` while one of the subjects (keyed hashes), which had their `free` failures, is blocked.

    Their rows are held until the transaction ends: who counts in it lets no crowd of guesses in between.
    """
    await session.execute(
        text(
            "INSERT INTO attempt (subject_hash, failures, blocked_until, updated_at) "
            "SELECT unnest(CAST(:subjects AS bytea[])), 0, :now, :now ON CONFLICT DO NOTHING"
        ),
        {"subjects": sorted(subjects), "now": now},
    )
    until = await session.scalar(
        text(
            "WITH held AS (SELECT failures, blocked_until FROM attempt WHERE subject_hash = ANY(:subjects) "
            "ORDER BY subject_hash FOR UPDATE) SELECT max(blocked_until) FROM held "
            "WHERE blocked_until > :now AND failures >= :free"
        ),
        {"subjects": subjects, "now": now, "free": free},
    )
    if until is not None:
        seconds = max(1, math.ceil((until - now).total_seconds()))
        raise TooManyAttempts(headers={"Retry-After": str(seconds)}, retry_after=seconds)


async def count_failure(
    session: AsyncSession, subjects: list[bytes], *, now: datetime, free: int = FREE_FAILURES
) -> None:
    """Count one failure for every subject; an old failure (a day) no longer counts."""
    rows = await session.execute(
        text(
            "INSERT INTO attempt (subject_hash, failures, blocked_until, updated_at) "
            "SELECT unnest(CAST(:subjects AS bytea[])), 1, :now, :now ON CONFLICT (subject_hash) DO UPDATE SET updated_at = :now, "
            "failures = CASE WHEN attempt.updated_at < :now - interval '1 day' THEN 1 ELSE attempt.failures + 1 END "
            "RETURNING subject_hash, failures"
        ),
        {"subjects": sorted(subjects), "now": now},
    )
    for row in rows.all():
        await session.execute(
            text("UPDATE attempt SET blocked_until = :until WHERE subject_hash = :subject"),
            {"until": now + block_after(row.failures, free=free), "subject": row.subject_hash},
        )


async def forget_failures(session: AsyncSession, subjects: list[bytes]) -> None:
    """A success clears the count."""
    await session.execute(
        text("DELETE FROM attempt WHERE subject_hash = ANY(:subjects)"), {"subjects": subjects}
    )


async def take_back_failure(session: AsyncSession, subjects: list[bytes]) -> None:
    """Uncount one failure that turned out to be nobody's guess; a block that is running stays."""
    await session.execute(
        text(
            "UPDATE attempt SET failures = greatest(failures - 1, 0) WHERE subject_hash IN "
            "(SELECT subject_hash FROM attempt WHERE subject_hash = ANY(:subjects) ORDER BY subject_hash FOR UPDATE)"
        ),
        {"subjects": subjects},
    )
