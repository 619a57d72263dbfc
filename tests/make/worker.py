"""The real job door as a process of its own, that can be told where to kill itself."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import asyncpg
from pydantic import SecretStr

from api.core.config import Settings


@contextmanager
def running_worker(settings: Settings, **changes: object) -> Iterator[subprocess.Popen[bytes]]:
    """`platen work` with these settings; whatever of it is left at the end is killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "work"],
        env={**os.environ, **_environment(settings.model_copy(update=changes))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


async def wait_for_death(worker: subprocess.Popen[bytes], *, seconds: float = 60) -> int:
    """The exit code of a worker that kills itself at its failpoint."""
    end = monotonic() + seconds
    while worker.poll() is None:
        assert monotonic() < end, "the worker did not reach its failpoint"
        await asyncio.sleep(0.05)
    return int(worker.returncode)


def _environment(settings: Settings) -> dict[str, str]:
    """Settings as the environment that makes them; what is not set stays unset."""
    found: dict[str, str] = {}
    for name, value in settings:
        if isinstance(value, SecretStr):
            found[name.upper()] = value.get_secret_value()
        elif isinstance(value, bool | int | float | str):
            found[name.upper()] = str(value)
    return found


async def forget_queued_jobs(settings: Settings) -> None:
    """Empty the queue, as its own time-outs would in the end: one that waits for a dead worker's job is not what is tested."""
    connection = await asyncpg.connect(settings.direct_url)
    try:
        await connection.execute("DELETE FROM queue.pgqueuer")
    finally:
        await connection.close()
