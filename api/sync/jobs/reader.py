"""A reader of one link's orders: where it stands, and how it stores what an answer said before it asks again."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.ports import StorePlatform
from api.connectors.registry import Toolbox
from api.connectors.store_platform import PlatformCredentials
from api.core.failpoints import reach
from api.orders.actions.ingest import Ingested
from api.sync.actions.cursors import save_cursor
from api.sync.actions.reading import Reading, TurnIsOverError, Turns, finish_reading, give_up, hold
from api.sync.actions.runs import Figures, move_run
from api.sync.rules.cursor import Cursor

# Seconds after which a long reading lets others have their turn; it goes on where it stood.
TURN: Final = 120.0


def turns_of(tools: Toolbox) -> Turns:
    """How often what did not seem to change is looked at anyway."""
    return Turns(
        reread=timedelta(seconds=tools.settings.sync_reread),
        comparison=timedelta(seconds=tools.settings.sync_comparison),
    )


@dataclass(slots=True)
class Step:
    """What one answer does: set `cursor` and `figures`, write through `session`; all of it is stored together."""

    session: AsyncSession
    cursor: Cursor
    figures: Figures = field(default_factory=Figures)


class Reader:
    """`cursor` is where it stands, as stored. `waiting` are orders that were read and are still due in this reading."""

    def __init__(self, tools: Toolbox, reading: Reading) -> None:
        self.tools = tools
        self.reading = reading
        self.cursor = reading.cursor
        self.asked_at = reading.asked_at
        self._heard_at = self.now()
        self.waiting: set[UUID] = set()
        self._changed: set[UUID] = set()
        self._turn_ends = time.monotonic() + TURN

    @property
    def workspace_id(self) -> UUID:
        return self.reading.workspace_id

    @property
    def account(self) -> str:
        return self.reading.link.inksoft_account

    @property
    def interval(self) -> timedelta:
        """What the shop chose, unless this installation says otherwise."""
        seconds = self.tools.settings.sync_interval
        return self.reading.interval if seconds is None else timedelta(seconds=seconds)

    @property
    def turns(self) -> Turns:
        return turns_of(self.tools)

    @property
    def fresh_since(self) -> datetime:
        """What changed up to then is read before this reading ends. Whoever asks may have a clock that is ahead of ours."""
        return min(max(self.reading.started_at, self.asked_at or self.reading.started_at), self._heard_at)

    def now(self) -> datetime:
        return self.tools.clock.now()

    def platform(self) -> tuple[StorePlatform, PlatformCredentials]:
        """Whom to ask next, and with what; raises `TurnIsOverError`."""
        if time.monotonic() > self._turn_ends or self.tools.stopping.is_set():
            raise TurnIsOverError
        return self.tools.vendors.store_platform, self.reading.credentials

    @asynccontextmanager
    async def step(self) -> AsyncIterator[Step]:
        """The transaction that stores an answer: behind the fence, with the cursor and the run's figures (I9)."""
        async with self.tools.database.transaction(self.workspace_id) as session:
            await hold(session, self.reading, self.cursor)
            step = Step(session, self.cursor)
            yield step
            await move_run(session, self.workspace_id, self.reading.run_id, step.figures)
            moved = await save_cursor(
                session, self.workspace_id, self.reading.link.id, step.cursor, now=self.now()
            )
            reach("before_step_commit")
        self.cursor = moved
        reach("after_step_commit")

    def changed(self, done: Ingested) -> int:
        """How many orders changed that had not in this reading: list and detail tell of one change both."""
        new = done.changed - self._changed
        self._changed |= new
        return len(new)

    async def finish(self) -> bool:
        """Close the run; False when a person asked for more meanwhile."""
        now = self.now()
        through = self.cursor.modified_through or now
        heard = self.asked_at if self.asked_at is not None and through >= self.fresh_since else through
        async with self.tools.database.transaction(self.workspace_id) as session:
            asked_at = await finish_reading(
                session, self.reading, self.cursor, heard=max(through, heard), now=now, interval=self.interval
            )
        if asked_at is not None:
            self.asked_at, self._heard_at = asked_at, self.now()
        return asked_at is None

    async def give_up(self, error: Exception) -> None:
        """Say what comes next after a reading that something stopped."""
        async with self.tools.database.transaction(self.workspace_id) as session:
            await give_up(session, self.reading, self.cursor, error, now=self.now(), interval=self.interval)
