"""Guessing is slowed (L4): failures are counted per subject in a committed row, whatever becomes of the request."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.problems import Problem
from api.core.schema import Wire
from api.identity.rules.guessing import block_after

REMEMBERED = timedelta(days=1)
# Taking them in the order of their hashes keeps two requests from waiting for each other.
_HOLD = text("""
    INSERT INTO attempt (subject_hash, failures, blocked_until, updated_at)
    SELECT unnest(CAST(:subjects AS bytea[])), 0, :now, :now
    ON CONFLICT (subject_hash) DO UPDATE SET subject_hash = attempt.subject_hash
    RETURNING subject_hash, failures, blocked_until, updated_at
""")
_COUNT = text("""
    UPDATE attempt SET failures = counted.failures, blocked_until = counted.until, updated_at = :now
      FROM unnest(CAST(:subjects AS bytea[]), CAST(:failures AS int[]), CAST(:until AS timestamptz[]))
           AS counted (subject_hash, failures, until)
     WHERE attempt.subject_hash = counted.subject_hash
""")


class TooManyAttempts(Problem):
    """Too many failed attempts. Wait a moment and try again."""

    status = 429
    retryable = True

    class Extra(Wire):
        retry_after: int


@dataclass(frozen=True, slots=True)
class Attempts:
    """The failures of one subject (a keyed hash) that count now, of which `free` cost nothing."""

    subject: bytes
    failures: int
    free: int


async def hold_attempts(
    session: AsyncSession, subjects: Mapping[bytes, int], *, now: datetime
) -> list[Attempts]:
    """Raise `TooManyAttempts` while one of the subjects, each with its number of free failures, is blocked.

    Their rows are held until the transaction ends: who counts in it lets no crowd of guesses in between. A failure of
    more than a day ago no longer counts.
    """
    found = await session.execute(_HOLD, {"subjects": sorted(subjects), "now": now})
    held = []
    for subject, failures, blocked_until, updated_at in found.all():
        if blocked_until > now and failures >= subjects[subject]:
            seconds = max(1, math.ceil((blocked_until - now).total_seconds()))
            raise TooManyAttempts(headers={"Retry-After": str(seconds)}, retry_after=seconds)
        held.append(Attempts(subject, failures if updated_at >= now - REMEMBERED else 0, subjects[subject]))
    return held


async def count_failure(session: AsyncSession, held: Sequence[Attempts], *, now: datetime) -> None:
    """Count one failure for every subject held."""
    await session.execute(
        _COUNT,
        {
            "subjects": [one.subject for one in held],
            "failures": [one.failures + 1 for one in held],
            "until": [now + block_after(one.failures + 1, free=one.free) for one in held],
            "now": now,
        },
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
