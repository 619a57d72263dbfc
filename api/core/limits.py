"""How often somebody may ask: a rate per key, person, workspace and address (decision 9).

Every process counts in memory, so that no request waits for a count. Once a second the processes add up in Postgres what
busy callers took, and learn what the others gave them.
"""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import text
from starlette.types import Scope

from api.core.db import Database
from api.core.problems import Problem
from api.core.schema import Wire
from api.core.secrets import KeyedHash

RateName = Literal["address", "sign_in", "sign_up", "person", "key", "workspace"]

AGREE_EVERY = 1.0
# The share of a quota that a process gives without telling the others: the most that each of them can give too much.
UNTOLD = 4
# Callers are forgotten when their quota is whole again; with more than these at once, the first seen is forgotten early.
MOST_CALLERS = 100_000

log = logging.getLogger("platen.limits")


class RateLimited(Problem):
    """Too many requests in a short time. Wait a moment; the header Retry-After says how long."""

    status = 429
    retryable = True

    class Extra(Wire):
        """Which limit it was."""

        violated_policies: list[str]
        retry_after: int


@dataclass(frozen=True, slots=True)
class Rate:
    """`quota` requests in `seconds`: all of them at once, or evenly; what was taken comes back evenly."""

    quota: int
    seconds: int

    def __str__(self) -> str:
        return f"{self.quota}/{self.seconds}"

    @property
    def interval(self) -> float:
        """Seconds in which one request comes back."""
        return self.seconds / self.quota

    @property
    def untold(self) -> float:
        """The most (in seconds) that one process gives before the others know; of a small quota at least ten requests."""
        return max(self.seconds / UNTOLD, 10 * self.interval)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a quota after a request: requests, seconds until it is whole, and until one more is given (0: now)."""

    name: RateName
    rate: Rate
    remaining: int
    whole_in: int
    retry_after: int


@dataclass(slots=True)
class _Account:
    """When the quota is whole again, and how much of what was taken (in seconds) the other processes do not know yet."""

    whole_at: float
    untold: float


class Limiter:
    """Counts one process's requests. `clock` gives seconds that never jump."""

    def __init__(
        self,
        rates: Mapping[RateName, Rate],
        hashes: KeyedHash,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rates = rates
        self._hashes = hashes
        self._clock = clock
        self._accounts: dict[tuple[RateName, str], _Account] = {}
        self._news = asyncio.Event()
        self._agreeing = True

    def take(self, name: RateName, subject: str) -> Left:
        """Take one request of the subject's quota, or nothing when none is left."""
        rate, now = self._rates[name], self._clock()
        account = self._account(name, subject, now)
        taken = max(account.whole_at - now, 0.0)
        # What came back since needs no telling.
        account.untold = min(account.untold, taken)
        wait = taken + rate.interval - rate.seconds
        if self._agreeing and account.untold + rate.interval > rate.untold:
            wait = max(wait, AGREE_EVERY)
        if wait <= 0:
            taken += rate.interval
            account.whole_at = now + taken
            account.untold += rate.interval
        if account.untold > rate.untold / 2:
            self._news.set()
        remaining = 0 if wait > 0 else math.floor((rate.seconds - taken) / rate.interval + 1e-9)
        return Left(name, rate, remaining, math.ceil(taken), math.ceil(max(wait, 0.0)))

    def _account(self, name: RateName, subject: str, now: float) -> _Account:
        account = self._accounts.get((name, subject))
        if account is None:
            if len(self._accounts) >= MOST_CALLERS:
                del self._accounts[next(iter(self._accounts))]
            account = self._accounts[name, subject] = _Account(whole_at=now, untold=0.0)
        return account

    async def keep_agreeing(self, database: Database) -> None:
        """Agree with the other processes once a second, and sooner with news; alone while the database cannot be asked."""
        while True:
            try:
                async with asyncio.timeout(AGREE_EVERY):
                    await self._news.wait()
            except TimeoutError:
                pass
            self._news.clear()
            try:
                await self.agree(database)
                self._agreeing = True
            except Exception:
                if self._agreeing:
                    log.warning("limits are this process's own for now", exc_info=True)
                self._agreeing = False
                await asyncio.sleep(AGREE_EVERY)

    async def agree(self, database: Database) -> None:
        """Tell what busy callers took here, and learn what they took everywhere. Quiet callers cost no row."""
        now = self._clock()
        for key in [key for key, account in self._accounts.items() if account.whole_at <= now]:
            del self._accounts[key]
        busy = {
            self._hashes.digest(f"limit:{name}", subject): (account, account.untold)
            for (name, subject), account in self._accounts.items()
            if account.untold > 0 and account.whole_at - now > self._rates[name].untold / 2
        }
        if not busy:
            return
        async with database.transaction(None) as session:
            told = await session.execute(
                _AGREE, {"subjects": sorted(busy), "taken": [busy[subject][1] for subject in sorted(busy)]}
            )
            known = {bytes(row.subject_hash): float(row.ahead) for row in told}
        now = self._clock()
        for subject, (account, sent) in busy.items():
            account.untold = max(account.untold - sent, 0.0)
            account.whole_at = now + max(known[subject], 0.0) + account.untold


# In the order of the keys, so that two processes cannot lock each other out.
_AGREE = text("""
INSERT INTO rate_use AS known (subject_hash, whole_at)
SELECT subject, statement_timestamp() + make_interval(secs => taken)
FROM unnest(CAST(:subjects AS bytea[]), CAST(:taken AS float8[])) AS given (subject, taken)
ON CONFLICT (subject_hash) DO UPDATE SET
    whole_at = greatest(known.whole_at, statement_timestamp()) + (excluded.whole_at - statement_timestamp())
RETURNING subject_hash, extract(epoch FROM whole_at - statement_timestamp()) AS ahead
""")


async def forget_uses(database: Database) -> int:
    """Forget callers whose quota is whole again. Returns 0: there is never more to do at once."""
    async with database.transaction(None) as session:
        await session.execute(text("DELETE FROM rate_use WHERE whole_at < now() - interval '1 hour'"))
    return 0


def spend(scope: Scope, name: RateName, subject: str) -> None:
    """Count this request against a quota; raises `RateLimited`. What is left goes out with the answer."""
    limiter: Limiter = scope["app"].state.limiter
    left = limiter.take(name, subject)
    scope.setdefault("platen.limits", []).append(left)
    if left.retry_after:
        headers = {"Retry-After": str(left.retry_after)}
        raise RateLimited(headers=headers, violated_policies=[name], retry_after=left.retry_after)


def limit_headers(lefts: Iterable[Left]) -> dict[str, str]:
    """The fields of the IETF's draft (draft-ietf-httpapi-ratelimit-headers): every policy, and what is left of each."""
    found = list(lefts)
    if not found:
        return {}
    return {
        "RateLimit-Policy": ", ".join(
            f'"{left.name}";q={left.rate.quota};w={left.rate.seconds}' for left in found
        ),
        "RateLimit": ", ".join(f'"{left.name}";r={left.remaining};t={left.whole_in}' for left in found),
    }


def parse_rate(given: Any) -> Rate:
    """`600/60` is 600 requests in 60 seconds, and what is a rate already stays one; raises ValueError."""
    quota, separator, seconds = str(given).partition("/")
    if not (separator and quota.isdecimal() and seconds.isdecimal() and int(quota) and int(seconds)):
        message = "a rate is requests/seconds, as in 600/60"
        raise ValueError(message)
    return Rate(int(quota), int(seconds))
