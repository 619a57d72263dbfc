"""Starts sandbox processes for tests: real processes, real HTTP, free ports, folders that vanish."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.sandbox.inksoft_shop import Shop
from tests.sandbox.printavo_shop import Books

ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class RunningSandbox:
    """A sandbox process: its address, its folder, and a client for its control API."""

    vendor: str
    url: str
    data: Path
    process: subprocess.Popen[str]
    control: httpx.Client

    def act(self, verb: str, **arguments: object) -> dict[str, object]:
        """Do as a person would; the answer must be a success."""
        answer = self.control.post(verb, json=arguments)
        assert answer.status_code == 200, f"{verb}: {answer.status_code} {answer.text}"
        return dict(answer.json())

    def switch(self, **values: object) -> None:
        answer = self.control.put("switches", json=values)
        assert answer.status_code == 200, answer.text

    def kill(self) -> None:
        """Without a chance to tidy up, as by `kill -9`."""
        self.process.kill()
        self.process.wait()
        self._close_pipes()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)
        self._close_pipes()

    def _close_pipes(self) -> None:
        self.control.close()
        if self.process.stdout:
            self.process.stdout.close()


StartSandbox = Callable[..., RunningSandbox]


def launch(vendor: str, data: Path, *options: str, seed: str = "tests") -> RunningSandbox:
    """Start one sandbox and wait for the line that names its address."""
    command = [
        sys.executable,
        "-m",
        "api.sandbox",
        vendor,
        "--port",
        "0",
        "--data",
        str(data),
        "--seed",
        seed,
        *options,
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
    assert process.stdout is not None
    line = process.stdout.readline()
    assert " at http://" in line, f"the {vendor} sandbox did not start (exit code {process.wait(5)})"
    url = line.rsplit(" ", 1)[1].strip()
    control = httpx.Client(base_url=f"{url}/_control/", timeout=30, trust_env=False)
    return RunningSandbox(vendor, url, data, process, control)


@pytest.fixture
def start_sandbox(tmp_path: Path) -> Iterator[StartSandbox]:
    """``start_sandbox("inksoft", "--limit-scale", "0.1", seed="tests", data=folder)``; stopped after the test."""
    running: list[RunningSandbox] = []

    def start(vendor: str, *options: str, seed: str = "tests", data: Path | None = None) -> RunningSandbox:
        sandbox = launch(vendor, data or tmp_path / f"{vendor}-{len(running)}", *options, seed=seed)
        running.append(sandbox)
        return sandbox

    yield start
    for sandbox in running:
        sandbox.stop()


@pytest.fixture(scope="session")
def inksoft_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    """One InkSoft sandbox for many tests."""
    sandbox = launch(
        "inksoft", tmp_path_factory.mktemp("inksoft"), "--time-scale", "0.01", "--limit-scale", "0.05"
    )
    yield sandbox
    sandbox.stop()


@pytest.fixture
def shop(inksoft_process: RunningSandbox) -> Iterator[Shop]:
    """The InkSoft sandbox as freshly seeded, called as Northside Print Co unless said otherwise."""
    with Shop(inksoft_process.url) as shop:
        shop.reset()
        yield shop


@pytest.fixture(scope="session")
def printavo_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    """One Printavo process for all tests that do not restart it; its windows last a thousandth."""
    sandbox = launch("printavo", tmp_path_factory.mktemp("printavo"), "--limit-scale", "0.001")
    yield sandbox
    sandbox.stop()


@pytest.fixture
def books(printavo_process: RunningSandbox) -> Iterator[Books]:
    """The Printavo sandbox as freshly seeded, called as Northside's office unless said otherwise."""
    with Books(printavo_process.url) as books:
        books.desk("reset", "POST")
        yield books
