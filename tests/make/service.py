"""Both doors as real processes on a database of their own, and somebody in a browser who reaches them through a socket."""

import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from pydantic import SecretStr

from api.core.config import Settings
from api.core.limits import Rate
from api.core.ports import find_free_port
from tests.make.browser import Browser


@dataclass(frozen=True, slots=True)
class Service:
    """`platen serve` at `url`, `platen work` beside it; everything they wrote to their outputs is in `folder`."""

    url: str
    folder: Path

    def said(self) -> str:
        """Everything that both processes have said so far."""
        return "".join(log.read_text(errors="replace") for log in sorted(self.folder.glob("*.log")))


@contextmanager
def running_service(settings: Settings, folder: Path) -> Iterator[Service]:
    """Start both doors, wait until the API is ready, stop both at the end."""
    port = find_free_port()
    url = f"http://127.0.0.1:{port}"
    environment = environment_of(settings.model_copy(update={"platen_public_url": url}))
    with ExitStack() as stack:
        stack.enter_context(_running(["serve", "--port", str(port)], environment, folder / "api.log"))
        stack.enter_context(_running(["work"], environment, folder / "worker.log"))
        _wait_until_ready(url, folder / "api.log")
        yield Service(url, folder)


@asynccontextmanager
async def open_browser(service: Service) -> AsyncIterator[Browser]:
    """A browser on a running service, not signed in yet."""
    async with httpx.AsyncClient(base_url=service.url, headers={"Origin": service.url}, timeout=30) as http:

        async def take_along(request: httpx.Request) -> None:
            # Browsers take loopback for a secure place, httpx keeps secure cookies to itself there.
            if kept := "; ".join(f"{cookie.name}={cookie.value}" for cookie in http.cookies.jar):
                request.headers["Cookie"] = kept

        http.event_hooks["request"].append(take_along)
        yield Browser(http)


def run_command(arguments: list[str], environment: Mapping[str, str]) -> str:
    """What a `platen` command says that ends by itself."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "api.cli", *arguments],
        env=_whole(environment), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    return done.stdout + done.stderr


def environment_of(settings: Settings) -> dict[str, str]:
    """Settings as the environment that makes them; what is not set stays unset."""
    found: dict[str, str] = {}
    for name, value in settings:
        if isinstance(value, SecretStr):
            found[name.upper()] = value.get_secret_value()
        elif isinstance(value, bool | int | float | str | Rate):
            found[name.upper()] = str(value)
    return found


@contextmanager
def _running(arguments: list[str], environment: Mapping[str, str], log: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "api.cli", *arguments]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, env=_whole(environment), stdout=output, stderr=output
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _whole(environment: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, **environment}


def _wait_until_ready(url: str, log: Path, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if httpx.get(f"{url}/readyz", timeout=2).is_success:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.05)
    message = f"{url} did not get ready: {log.read_text()[-1000:]}"
    raise RuntimeError(message)
