"""The processes of one installation: started together, told apart by name, stopped in order."""

import asyncio
import contextlib
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

# A web server finishes what it was doing and then hands the signal on to itself.
_IN_ORDER: Final = (0, -signal.SIGTERM)


@dataclass(slots=True)
class Crew:
    """The processes that were started, by name, each with a log file of its own."""

    folder: Path
    environment: dict[str, str]
    # Seconds that each has for what it is in the middle of, once it was told to stop.
    patience: float = 30
    running: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)
    # Where in its log each began this time: what it said in earlier lives explains nothing.
    begun: dict[str, int] = field(default_factory=dict)

    async def start(self, name: str, *arguments: str) -> None:
        """Start `python -m …` in a session of its own, so that Ctrl-C reaches only us and we stop it in order."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.begun[name] = log.tell()
            self.running[name] = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *arguments,
                env=self.environment, stdout=log, stderr=log, stdin=asyncio.subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip

    async def stop(self) -> list[str]:
        """SIGTERM in the reverse order of starting, SIGKILL when patience ends. Returns who did not end in order."""
        disorderly = []
        for name, process in reversed(self.running.items()):
            # It may end at any moment, and is not there to be told then.
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            try:
                await asyncio.wait_for(process.wait(), self.patience)
            except TimeoutError:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
            if process.returncode not in _IN_ORDER:
                disorderly.append(name)
        return disorderly

    async def first_to_end(self) -> str:
        """Wait until one of them ends by itself; returns its name."""
        waits = {asyncio.create_task(process.wait()): name for name, process in self.running.items()}
        done, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        return waits[done.pop()]

    def tail(self, name: str) -> str:
        """What it said last since it was started."""
        path = self.folder / f"{name}.log"
        said = path.read_bytes()[self.begun.get(name, 0) :] if path.exists() else b""
        return said.decode(errors="replace")[-1500:]
