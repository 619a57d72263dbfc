"""The pace at which the whole service calls a vendor: one row per subject in Postgres, shared by every process (I14).

A subject is what the vendor counts by: a user, the egress address. Only keyed hashes of subjects are stored.
Of the table's columns, `next_at` is when the next call may start, `line_at` the last place given in the line of background
callers, and `people_until` how long these stay back because a person waits.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal, Protocol

from api.core.places import stepped_aside
from api.core.secrets import KeyedHash
from api.core.transactions import refuse_inside_transaction

# $1 subjects, $2 the caller is a person, $3 the caller waited for its place in line, $4 interval.
# One statement, so one short transaction. The rows are locked in the order of their keys and the clock is read after the
# locks: two askers can neither deadlock nor be given the same moment. A refused background caller keeps its place at the
# one subject that holds it longest: lined up at every subject it would waste the turns of others.
_ASK_SQL = """
WITH subject AS MATERIALIZED (
    SELECT subject_hash, next_at, line_at, people_until FROM pacing
     WHERE subject_hash = ANY($1::bytea[]) ORDER BY subject_hash FOR UPDATE
), bound AS MATERIALIZED (
    SELECT subject_hash,
           CASE WHEN $2 THEN next_at ELSE greatest(next_at, people_until) END AS free_at,
           CASE WHEN $2 THEN next_at ELSE greatest(next_at, people_until, line_at + $4::interval) END AS place_at
      FROM subject
), summary AS MATERIALIZED (
    SELECT clock_timestamp() AS moment, count(*) AS known, max(place_at) AS place_at,
           max(CASE WHEN $3 THEN free_at ELSE place_at END) AS due_at
      FROM bound
), verdict AS MATERIALIZED (
    SELECT moment, place_at, greatest(moment, due_at) AS turn_at, due_at <= moment + $4::interval / 10 AS granted
      FROM summary WHERE known = cardinality($1::bytea[])
), written AS (
    UPDATE pacing SET
           next_at = CASE WHEN granted THEN turn_at + $4::interval ELSE next_at END,
           line_at = CASE WHEN NOT granted AND NOT $2 AND bound.place_at = verdict.place_at
                          THEN verdict.place_at ELSE line_at END,
           people_until = CASE WHEN NOT granted AND $2 AND next_at > moment
                               THEN greatest(people_until, next_at + $4::interval) ELSE people_until END
      FROM verdict, bound WHERE pacing.subject_hash = bound.subject_hash
)
SELECT granted, extract(epoch FROM CASE WHEN granted THEN turn_at ELSE place_at END - moment)::float8 AS seconds
  FROM verdict
"""

_INTRODUCE_SQL = """
INSERT INTO pacing (subject_hash) SELECT unnest($1::bytea[]) ON CONFLICT (subject_hash) DO NOTHING
"""

_PUSH_BACK_SQL = """
WITH subject AS MATERIALIZED (
    SELECT subject_hash FROM pacing WHERE subject_hash = ANY($1::bytea[]) ORDER BY subject_hash FOR UPDATE
)
UPDATE pacing SET next_at = greatest(next_at, clock_timestamp() + $2::interval)
  FROM subject WHERE pacing.subject_hash = subject.subject_hash
"""


class Statements(Protocol):
    """What is used of an `asyncpg.Pool`: every call is a transaction of its own."""

    async def fetchrow(self, query: str, *args: Any) -> Any: ...

    async def execute(self, query: str, *args: Any) -> Any: ...


class PacingRow:
    """At most one call per `interval` seconds and subject, people before background work.

    A call starts when all its subjects are free at once; then each of them is taken for one interval. Whoever is refused is
    told when to ask again: a person at the moment the subjects become free, and from then on background callers stay back;
    a background caller at the end of the line, so that a crowd does not ask at the same moment. Waits have no end of their
    own: the caller sets its time-out, and a cancelled wait costs at most one turn.
    """

    def __init__(self, database: Statements, keyed_hash: KeyedHash, *, interval: float = 0.625) -> None:
        self._database = database
        self._hash = keyed_hash
        self._interval = timedelta(seconds=interval)

    async def wait_turn(self, subjects: Sequence[str], *, lane: Literal["interactive", "background"]) -> None:
        """Return when the caller may call for all of `subjects`. Refuses to run inside a database transaction."""
        refuse_inside_transaction("the pace of a vendor")
        hashes = self._hashes(subjects)
        lined_up = False
        async with stepped_aside():
            while True:
                granted, seconds = await self._ask(hashes, lane == "interactive", lined_up)
                await asyncio.sleep(seconds)
                if granted:
                    return
                lined_up = True

    async def push_back(self, subjects: Sequence[str], *, seconds: float) -> None:
        """Let nobody call for `subjects` during the next `seconds`. Never shortens a wait that is longer already."""
        hashes = self._hashes(subjects)
        await self._database.execute(_INTRODUCE_SQL, hashes)
        await self._database.execute(_PUSH_BACK_SQL, hashes, timedelta(seconds=seconds))

    async def _ask(self, hashes: list[bytes], is_person: bool, lined_up: bool) -> tuple[bool, float]:
        """Whether this is the caller's turn, and the seconds to wait until it starts or until asking again."""
        while True:
            row = await self._database.fetchrow(_ASK_SQL, hashes, is_person, lined_up, self._interval)
            if row is not None:
                return row["granted"], max(0.0, row["seconds"])
            await self._database.execute(_INTRODUCE_SQL, hashes)

    def _hashes(self, subjects: Sequence[str]) -> list[bytes]:
        """Sorted, so that rows are also made in one order; subjects differ in nothing but case and blanks are one."""
        return sorted({self._hash.digest("pacing", subject.strip().lower()) for subject in subjects})
