"""From nothing to a running service, and down again in order."""

import asyncio
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import asyncpg
import httpx

from api.core.crew import Crew
from api.core.embedded.cluster import Cluster, start_cluster, stop_cluster
from api.core.embedded.files import LOGINS, data_folder, is_made
from api.core.embedded.programs import EmbeddedPostgresError
from api.demo import SIGN_INS, DemoRefusedError, seed_demo
from api.launch.environment import check_settings, environment_before, make_environment
from api.launch.folder import (
    CannotStartError,
    held,
    held_by,
    make_keys,
    open_folder,
    refuse_lost_keys,
    refuse_unusable,
    tell_unusable,
    tell_who_holds,
)
from api.launch.ports import refuse_occupied_ports, sandbox_ports


async def launch(project: Path, data: Path, port: int, environment: Mapping[str, str]) -> None:
    """Start everything, print where it is, run until Ctrl-C or SIGTERM. Raises `CannotStartError`."""
    started = time.monotonic()
    refuse_unusable(data)
    if (holder := held_by(data)) is not None:
        raise CannotStartError(tell_who_holds(data, holder))
    await refuse_occupied_ports(port)
    check_settings(environment_before(project, port, environment))
    logs = open_folder(data)
    stop = asyncio.Event()
    # A terminal that is closed hangs up: nothing may be left running without anybody who could stop it.
    for signal_ in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(signal_, stop.set)
    with held(data, port):
        folder = _own_database(data, environment)
        keys = make_keys(data)
        cluster = None if folder is None else _started(folder)
        crew = Crew(logs, make_environment(project, port, environment, keys=keys, cluster=cluster))
        await _run(crew, stop, data, port, started, cluster)


async def _run(
    crew: Crew, stop: asyncio.Event, data: Path, port: int, started: float, cluster: Cluster | None
) -> None:
    """Come up, stay up until somebody stops it, also while it comes up, and take everything down again."""
    coming = asyncio.create_task(_come_up(crew, data, port, started, cluster))
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
        await take_down(crew, cluster)


async def take_down(crew: Crew, cluster: Cluster | None) -> None:
    """Stop the processes, then the database under them, and say whether all of them ended in order."""
    disorderly = await crew.stop()
    if cluster is not None:
        try:
            await asyncio.to_thread(stop_cluster, cluster.folder)
        except EmbeddedPostgresError:
            disorderly.append("database")
    if not disorderly:
        print("Platen has stopped; nothing was lost.", flush=True)
        return
    told = (
        f"Platen has stopped, but not in order: {' and '.join(disorderly)}. What was saved is safe; what was being done "
        f"is taken up again at the next start. Logs: {crew.folder}"
    )
    print(told, flush=True)


async def _come_up(crew: Crew, data: Path, port: int, started: float, cluster: Cluster | None) -> None:
    if cluster is not None:
        await _try_passwords(cluster)
    await _migrate(crew)
    await _start(crew, data, port)
    url = f"http://localhost:{port}"
    try:
        await seed_demo(url)
    except (httpx.HTTPError, DemoRefusedError) as error:
        # What people did to the demo's accounts must not keep the service from running.
        print(f"  The demo data is not complete: {str(error) or type(error).__name__}", flush=True)
    _announce(url, crew.folder, time.monotonic() - started)


def _own_database(data: Path, environment: Mapping[str, str]) -> Path | None:
    """Where the embedded server's files are; None where the person brings a database. Raises `CannotStartError`."""
    if environment.get("DATABASE_URL"):
        return None
    try:
        folder = data_folder(data)
        if is_made(folder):
            refuse_lost_keys(data)
    except EmbeddedPostgresError as error:
        raise CannotStartError(str(error)) from None
    except OSError as error:
        raise CannotStartError(tell_unusable(data, error)) from None
    return folder


def _started(folder: Path) -> Cluster:
    try:
        return start_cluster(folder)
    except EmbeddedPostgresError as error:
        raise CannotStartError(str(error)) from None


async def _try_passwords(cluster: Cluster) -> None:
    for login in LOGINS:
        try:
            await (await asyncpg.connect(cluster.url(login))).close()
        except asyncpg.InvalidPasswordError:
            kept = cluster.folder / "passwords.json"
            message = (
                f"The passwords in {kept} are not those of the database. Put the file back from a backup."
            )
            raise CannotStartError(message) from None


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
