"""A process of its own that takes turns and prints, one a line, the moment each one started (monotonic clock, all processes)."""

import asyncio
import sys
import time

import asyncpg

from api.core.pacing import PacingRow
from api.core.secrets import KeyedHash


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def take_turns(url: str, schema: str, interval: float, user: str, turns: int) -> None:
    settings = {"search_path": schema}
    async with asyncpg.create_pool(url, min_size=1, max_size=2, server_settings=settings) as pool:
        pace = PacingRow(pool, KeyedHash("tests"), interval=interval)
        say("ready")
        await asyncio.to_thread(sys.stdin.readline)
        for _ in range(turns):
            await pace.wait_turn((user, "egress"), lane="background")
            say(str(time.clock_gettime(time.CLOCK_MONOTONIC)))


if __name__ == "__main__":
    asyncio.run(take_turns(sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4], int(sys.argv[5])))
