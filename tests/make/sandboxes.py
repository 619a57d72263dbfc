"""The two sandboxes as separate HTTP processes on free ports."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from api.core.ports import find_free_port


@dataclass(frozen=True, slots=True)
class Sandboxes:
    """Where they listen. `inksoft` and `printavo` speak to the control API."""

    inksoft_url: str
    printavo_url: str

    async def inksoft(self, method: str, path: str, body: Any = None) -> Any:
        return await _control(self.inksoft_url, method, path, body)

    async def printavo(self, method: str, path: str, body: Any = None) -> Any:
        return await _control(self.printavo_url, method, path, body)

    async def reset(self) -> None:
        """Both as they were at the start: the seed, no faults, default switches, no counts."""
        await self.inksoft("POST", "/reset")
        await self.printavo("POST", "/reset")


async def _control(base: str, method: str, path: str, body: Any) -> Any:
    async with httpx.AsyncClient(base_url=base, timeout=30) as http:
        answer = await http.request(method, f"/_control{path}", json=body)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer.json() if answer.content else None


@contextmanager
def start_sandboxes(folder: Path, *, seed: str = "tests") -> Iterator[Sandboxes]:
    """Start both, wait until they answer, stop both at the end."""
    ports = {vendor: find_free_port() for vendor in ("inksoft", "printavo")}
    running = []
    try:
        for vendor, port in ports.items():
            command = [
                sys.executable,
                "-m",
                "api.sandbox",
                vendor,
                "--port",
                str(port),
                "--data",
                str(folder / vendor),
            ]
            command += ["--seed", seed, "--limit-scale", "0.01"]
            with (folder / f"{vendor}.log").open("wb") as log:
                running.append(subprocess.Popen(command, stdout=log, stderr=log))  # noqa: S603 - our own program
        for vendor, port in ports.items():
            _wait(f"http://127.0.0.1:{port}/_control/accounts", folder / f"{vendor}.log")
        yield Sandboxes(f"http://127.0.0.1:{ports['inksoft']}", f"http://127.0.0.1:{ports['printavo']}")
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(10)


def _wait(url: str, log: Path, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if httpx.get(url, timeout=2).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    message = f"{url} did not answer: {log.read_text()[-1000:]}"
    raise RuntimeError(message)
