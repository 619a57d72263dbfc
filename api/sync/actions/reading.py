"""One reading: begun, held by a fence while it stores what it read, given up or brought to its end."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.store_platform import PlatformCredentials
from api.connectors.vendor_errors import LinkBroken, SlowDown
from api.core.problems import Problem
from api.core.secrets import Sealer
from api.core.work import postpone_work, schedule_work
from api.linking.actions import mark_broken, note_synced
from api.linking.queries import (
    ActiveLink,
    LinkNeedsReauth,
    LinkSuspended,
    NotLinked,
    find_active_link,
    get_platform_credentials,
    require_active_link,
)
from api.settings.queries import get_inksoft_settings
from api.sync.actions.comparisons import open_comparison
from api.sync.actions.cursors import count_failure, make_cursor, overtake
from api.sync.actions.runs import SYNC, fail, open_run, succeed
from api.sync.queries.cursors import find_hold, lock_cursor
from api.sync.queries.refreshes import list_waiting
from api.sync.queries.runs import asked_since, find_newest
from api.sync.rules.cursor import Cursor
from api.sync.rules.trouble import TRIES, Trouble, pause, trouble, trouble_of
from api.sync.rules.turns import comparison_is_due, reread_is_due
from api.sync.schemas import RunKind

log = logging.getLogger("platen.sync")
# The link was ended or broke: nobody reads until it works again.
LINK_STOPPED: Final = (NotLinked, LinkNeedsReauth, LinkSuspended)


class OvertakenError(RuntimeError):
    """Another reader took over, or another link: what was read is thrown away, so that no older copy is stored (I9)."""


class TurnIsOverError(RuntimeError):
    """There is more to read, but not in this turn."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader needs to know. `cursor` is where it stood at the beginning."""

    workspace_id: UUID
    link: ActiveLink
    credentials: PlatformCredentials
    run_id: UUID
    kind: RunKind
    started_at: datetime
    asked_at: datetime | None
    interval: timedelta
    cursor: Cursor

    @property
    def is_first_import(self) -> bool:
        return self.kind == "first_import"


@dataclass(frozen=True, slots=True)
class Turns:
    """How often everything open is read again, and how often everything is compared."""

    reread: timedelta
    comparison: timedelta


async def begin_reading(
    session: AsyncSession, sealer: Sealer, workspace_id: UUID, *, turns: Turns, now: datetime
) -> Reading | None:
    """Open a run, or go on with the one under way, and overtake whoever else reads.

    None without a working link, and while the platform wants to be left alone, whoever asks meanwhile.
    """
    try:
        link = await require_active_link(session, workspace_id)
    except LINK_STOPPED as stopped:
        await _close(session, workspace_id, stopped, now=now)
        return None
    await make_cursor(session, workspace_id, link.id)
    cursor = await lock_cursor(session, workspace_id, link.id)
    hold_until = await find_hold(session, workspace_id, link.id)
    if hold_until is not None and hold_until > now:
        await postpone_work(session, workspace_id, SYNC, due_at=hold_until)
        return None
    kind = _kind_due(link, workspace_id, cursor, turns, now)
    run = await open_run(session, workspace_id, link.id, kind=kind, now=now)
    if kind == "nightly":
        await open_comparison(session, workspace_id, link.id, kind=kind, now=now)
    return Reading(
        workspace_id=workspace_id,
        link=link,
        credentials=await get_platform_credentials(session, sealer, workspace_id),
        run_id=run.id,
        kind=run.kind,
        started_at=run.started_at,
        asked_at=run.asked_at,
        interval=await _interval(session, workspace_id),
        cursor=await overtake(session, workspace_id, link.id, cursor, now=now),
    )


async def _interval(session: AsyncSession, workspace_id: UUID) -> timedelta:
    chosen = await get_inksoft_settings(session, workspace_id)
    return timedelta(minutes=chosen.sync_interval_minutes)


def _kind_due(link: ActiveLink, workspace_id: UUID, cursor: Cursor, turns: Turns, now: datetime) -> RunKind:
    """What a reading that begins now is for, beside what changed."""
    if comparison_is_due(
        cursor, every=turns.comparison, time_zone=link.time_zone, workspace_id=workspace_id, now=now
    ):
        return "nightly"
    return "open_reread" if reread_is_due(cursor, every=turns.reread, now=now) else "incremental"


async def _close(session: AsyncSession, workspace_id: UUID, stopped: Problem, *, now: datetime) -> None:
    """The run that waits for a broken link is over. One of a link that was ended shows so by itself."""
    link = await find_active_link(session, workspace_id)
    run = link and await find_newest(session, workspace_id, link.id)
    if run is not None:
        await fail(session, workspace_id, run.id, why_stopped(stopped), now=now)


async def hold(session: AsyncSession, reading: Reading, cursor: Cursor) -> None:
    """The fence: nothing is stored for a link that ended, nor after another reader took over (I8, I9).

    Raises `OvertakenError` and what `require_active_link` raises. Holds link and cursor until the transaction ends.
    """
    link = await require_active_link(session, reading.workspace_id)
    if link.id != reading.link.id:
        raise OvertakenError("another link took over")
    if (await lock_cursor(session, reading.workspace_id, link.id)).step != cursor.step:
        raise OvertakenError("another reader took over")


async def finish_reading(
    session: AsyncSession,
    reading: Reading,
    cursor: Cursor,
    *,
    heard: datetime,
    now: datetime,
    interval: timedelta,
) -> datetime | None:
    """Close the run, and have the next one come after `interval`.

    If a person asked for orders later than the last look at what changed answers (`heard`), or for some that were not read
    yet, nothing ends: returns since when there is more to read.
    """
    # The link first, and for writing at once: nobody waits for it while holding it for reading.
    through = cursor.modified_through or now
    await note_synced(session, reading.workspace_id, reading.link.id, synced_at=through)
    await hold(session, reading, cursor)
    asked_at = await asked_since(session, reading.workspace_id, reading.run_id, heard)
    if asked_at is None and await list_waiting(session, reading.workspace_id):
        asked_at = now
    if asked_at is None:
        await succeed(session, reading.workspace_id, reading.run_id, now=now)
        await postpone_work(session, reading.workspace_id, SYNC, due_at=now + interval)
    return asked_at


async def give_up(
    session: AsyncSession,
    reading: Reading,
    cursor: Cursor,
    error: Exception,
    *,
    now: datetime,
    interval: timedelta,
) -> None:
    """What stopped a reading decides what comes next: another turn, a pause, the next run at its usual time, or nothing
    until a person acts (L6). The cursor stays where it is.
    """
    try:
        await _go_on(session, reading, cursor, error, now=now, interval=interval)
    except OvertakenError as overtaken:
        log.info("a reading was left: %s", overtaken, extra={"workspace_id": str(reading.workspace_id)})
    except LINK_STOPPED as stopped:
        await fail(session, reading.workspace_id, reading.run_id, why_stopped(stopped), now=now)


async def _go_on(
    session: AsyncSession,
    reading: Reading,
    cursor: Cursor,
    error: Exception,
    *,
    now: datetime,
    interval: timedelta,
) -> None:
    if isinstance(error, OvertakenError | NotLinked | LinkNeedsReauth | LinkSuspended):
        raise error
    why = trouble_of(error)
    if isinstance(error, LinkBroken):
        await _break(session, reading, error, why, now=now)
        return
    await hold(session, reading, cursor)
    if isinstance(error, TurnIsOverError):
        due_at = now
    else:
        failures = await _count_failure(session, reading, error, now)
        if not why.passes or failures >= TRIES:
            await fail(session, reading.workspace_id, reading.run_id, why, now=now)
        due_at = now + pause(error, failures, passes=why.passes, interval=interval)
    await postpone_work(session, reading.workspace_id, SYNC, due_at=due_at)


async def _count_failure(session: AsyncSession, reading: Reading, error: Exception, now: datetime) -> int:
    """One more failure in a row, with the pause that the platform asked for."""
    asked = error.retry_after if isinstance(error, SlowDown) else None
    hold_until = None if asked is None else now + timedelta(seconds=asked)
    return await count_failure(session, reading.workspace_id, reading.link.id, hold_until=hold_until, now=now)


async def _break(
    session: AsyncSession, reading: Reading, error: LinkBroken, why: Trouble, *, now: datetime
) -> None:
    """Say that the link is broken, unless it got new credentials meanwhile: then reading begins again with them."""
    await mark_broken(session, reading.workspace_id, error, seen=reading.link, now=now)
    link = await find_active_link(session, reading.workspace_id)
    if link is not None and link.id == reading.link.id and link.state == "linked":
        await schedule_work(session, reading.workspace_id, SYNC, due_at=now)
        return
    await fail(session, reading.workspace_id, reading.run_id, why, now=now)


def why_stopped(stopped: Problem) -> Trouble:
    """The link's own words: they name the side."""
    if isinstance(stopped, LinkNeedsReauth):
        return Trouble("link_needs_reauth", stopped.detail)
    if isinstance(stopped, LinkSuspended):
        return Trouble("link_suspended", stopped.detail)
    return trouble("link_ended")
