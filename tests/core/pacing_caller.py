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


async def take_turns(url: str, interval: float, user: str, turns: int) -> None:
    async with asyncpg.create_pool(
        url, min_size=1, max_size=2, server_settings={"role": "platen_app"}
    ) as pool:
        pace = PacingRow(pool, KeyedHash("tests"), interval=interval)
        say("ready")
        await asyncio.to_thread(sys.stdin.readline)
        for _ in range(turns):
            await pace.wait_turn((user, "egress"), lane="background")
            say(str(time.clock_gettime(time.CLOCK_MONOTONIC)))


if __name__ == "__main__":
    asyncio.run(take_turns(sys.argv[1], float(sys.argv[2]), sys.argv[3], int(sys.argv[4])))
