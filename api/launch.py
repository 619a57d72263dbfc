"""Runs the whole service on one machine: database, migrations, sandboxes, API, worker, demo data; stops what it started."""

import asyncio
import base64
import fcntl
import json
import os
import secrets
import signal
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
from pydantic import TypeAdapter

from api.core.crew import Crew
from api.core.embedded import (
    Cluster,
    EmbeddedPostgresError,
    data_folder,
    find_cluster,
    start_cluster,
    stop_cluster,
)
from api.demo import SIGN_INS, DemoRefusedError, seed_demo


def sandbox_ports(port: int) -> dict[str, int]:
    """The sandboxes stand beside the app: 8470 goes with 8481 and 8482."""
    return {"inksoft": port + 11, "printavo": port + 12}


class CannotStartError(RuntimeError):
    """Why it does not start, in one sentence with what to do."""


async def launch(project: Path, data: Path, port: int, environment: Mapping[str, str]) -> None:
    """Start everything, print where it is, run until Ctrl-C or SIGTERM. Raises `CannotStartError`."""
    started = time.monotonic()
    await _refuse_occupied_ports(port)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    data.chmod(0o700)
    logs = data / "logs"
    logs.mkdir(exist_ok=True)
    stop = asyncio.Event()
    # A terminal that is closed hangs up: nothing may be left running without anybody who could stop it.
    for signal_ in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(signal_, stop.set)
    folder = None if environment.get("DATABASE_URL") else data_folder(data)
    with _held(data):
        crew = Crew(logs, _environment(project, data, port, environment, folder))
        await _run(crew, stop, data, port, started, folder)


async def _run(
    crew: Crew, stop: asyncio.Event, data: Path, port: int, started: float, folder: Path | None
) -> None:
    """Come up, stay up until somebody stops it, also while it comes up, and take everything down again."""
    coming = asyncio.create_task(_come_up(crew, data, port, started))
    stopped = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({coming, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not stop.is_set():
            await coming
            await _run_until(stop, crew)
    finally:
        for task in (coming, stopped):
            task.cancel()
        await asyncio.gather(coming, stopped, return_exceptions=True)
        await crew.stop()
        if folder is not None:
            await asyncio.to_thread(stop_cluster, folder)
        print("Platen has stopped; nothing was lost.", flush=True)


async def _come_up(crew: Crew, data: Path, port: int, started: float) -> None:
    await _migrate(crew)
    await _start(crew, data, port)
    url = f"http://localhost:{port}"
    try:
        await seed_demo(url)
    except (httpx.HTTPError, DemoRefusedError) as error:
        # What people did to the demo's accounts must not keep the service from running.
        print(f"  The demo data is not complete: {str(error) or type(error).__name__}", flush=True)
    _announce(url, crew.folder, time.monotonic() - started)


@contextmanager
def _held(data: Path) -> Iterator[None]:
    """One service a data folder: a second one on other ports would stop the database under the first."""
    with (data / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            message = f"Platen runs already with the data in {data}. Stop it first, or give this one --data of its own."
            raise CannotStartError(message) from None
        yield


def _environment(
    project: Path, data: Path, port: int, given: Mapping[str, str], folder: Path | None
) -> dict[str, str]:
    # On one machine everybody has one address: who tries everything out is not to be taken for a crowd.
    roomy = {"RATE_SIGN_IN": "600/60", "RATE_SIGN_UP": "600/60"}
    made = {**roomy, **os.environ, **given, **_secrets(data / "secrets.json")}
    made |= {
        "PLATEN_PUBLIC_URL": f"http://localhost:{port}",
        "PLATEN_FRONTEND": str(project / "frontend" / "dist"),
        "INKSOFT_URL": f"http://127.0.0.1:{sandbox_ports(port)['inksoft']}",
        "PRINTAVO_URL": f"http://127.0.0.1:{sandbox_ports(port)['printavo']}",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(project),
    }
    if folder is not None:
        try:
            cluster = start_cluster(folder)
        except EmbeddedPostgresError as error:
            raise CannotStartError(str(error)) from None
        made |= _addresses(cluster)
    return made


def _addresses(cluster: Cluster) -> dict[str, str]:
    return {
        "DATABASE_URL": cluster.url("platen_app"),
        "DATABASE_OWNER_URL": cluster.url("platen_owner"),
        "DATABASE_DIRECT_URL": cluster.url("platen_dispatch"),
    }


def environment_of_running(
    project: Path, data: Path, port: int, environment: Mapping[str, str]
) -> dict[str, str]:
    """What the doors run with in this data folder. Raises `CannotStartError` when nothing runs there."""
    made_here, given = (data / "secrets.json").exists(), bool(environment.get("DATABASE_URL"))
    found = find_cluster(data_folder(data)) if made_here and not given else None
    if not made_here or (found is None and not given):
        message = f"Platen does not run with the data in {data}. Start it: make up"
        raise CannotStartError(message)
    made = _environment(project, data, port, environment, None)
    return made if found is None else made | _addresses(found)


def _secrets(path: Path) -> dict[str, str]:
    """This installation's keys: made once, kept in a 0600 file."""
    if not path.exists():
        keys = {
            "PLATEN_MASTER_KEYS": f"demo:{base64.b64encode(secrets.token_bytes(32)).decode()}",
            "PLATEN_HMAC_KEY": secrets.token_urlsafe(48),
        }
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(keys, file)
    try:
        return TypeAdapter(dict[str, str]).validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        message = (
            f"The keys in {path} cannot be read ({type(error).__name__}). Put the file back from a backup, or give it back to "
            "you alone (chmod 600): without it the stored credentials cannot be opened."
        )
        raise CannotStartError(message) from None


async def _refuse_occupied_ports(port: int) -> None:
    for wanted in (port, *sandbox_ports(port).values()):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                raise CannotStartError(await _who_holds(port, wanted)) from None


async def _who_holds(port: int, occupied: int) -> str:
    try:
        async with httpx.AsyncClient(timeout=2) as http:
            if "version" in (await http.get(f"http://127.0.0.1:{port}/version")).json():
                return f"Platen is running already: http://localhost:{port}"
    except (httpx.HTTPError, ValueError):
        pass
    return f"Port {occupied} is in use by another program. Stop it, or choose another port: make up PORT=8570"


async def _migrate(crew: Crew) -> None:
    await crew.start("migrate", "api.cli", "migrate")
    code = await crew.running["migrate"].wait()
    del crew.running["migrate"]
    if code != 0:
        message = f"The database could not be migrated:\n{crew.tail('migrate')}"
        raise CannotStartError(message)


async def _start(crew: Crew, data: Path, port: int) -> None:
    for vendor, vendor_port in sandbox_ports(port).items():
        folder = str(data / "sandbox" / vendor)
        await crew.start(
            vendor, "api.sandbox", vendor, "--port", str(vendor_port), "--data", folder, "--seed", "demo"
        )
    await crew.start("api", "api.cli", "serve", "--port", str(port))
    await crew.start("worker", "api.cli", "work")
    for vendor, vendor_port in sandbox_ports(port).items():
        await _wait(crew, vendor, f"http://127.0.0.1:{vendor_port}/_control/accounts")
    await _wait(crew, "api", f"http://127.0.0.1:{port}/readyz")


async def _wait(crew: Crew, name: str, url: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    async with httpx.AsyncClient(timeout=2) as http:
        while time.monotonic() < end and crew.running[name].returncode is None:
            try:
                if (await http.get(url)).is_success:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.1)
    message = f"The {name} process did not come up:\n{crew.tail(name)}"
    raise CannotStartError(message)


def _announce(url: str, logs: Path, seconds: float) -> None:
    lines = [
        "",
        f"  Platen is running ({seconds:.0f} s): {url}",
        "",
        *(f"  {email:<28} {password:<20} {note}" for email, password, note in SIGN_INS),
        "",
        f"  Logs: {logs}   Stop with Ctrl-C.",
        "",
    ]
    print("\n".join(lines), flush=True)


async def _run_until(stop: asyncio.Event, crew: Crew) -> None:
    stopped = asyncio.create_task(stop.wait())
    ended = asyncio.create_task(crew.first_to_end())
    done, _ = await asyncio.wait({stopped, ended}, return_when=asyncio.FIRST_COMPLETED)
    if ended in done:
        stopped.cancel()
        name = ended.result()
        message = f"The {name} process ended by itself:\n{crew.tail(name)}"
        raise CannotStartError(message)
    ended.cancel()
