"""Where the embedded server's files are, and whether they are whole. What may be somebody's data is never begun anew."""

import json
import os
import pwd
import re
import secrets
from pathlib import Path

from pydantic import TypeAdapter

from api.core.embedded.programs import ROOTS_FOLDER, EmbeddedPostgresError, installed_version

LOGINS = ("platen_owner", "platen_app", "platen_dispatch")


def data_folder(data: Path) -> Path:
    """Where the server of an installation keeps its files: in its data folder. Raises `EmbeddedPostgresError`.

    Root may not run a server, and an account that may cannot reach into root's folders: there the files are under
    /var/lib/platen, by a name that is kept in the data folder, so that a new data folder is a new installation.
    """
    known = find_data_folder(data)
    if known is not None:
        return known
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = secrets.token_hex(6)
    write_private(data / "installation", name)
    return ROOTS_FOLDER / name


def find_data_folder(data: Path) -> Path | None:
    """The same, None where root has not made one yet. Changes nothing."""
    if os.geteuid() != 0:
        return data / "postgres"
    kept = data / "installation"
    if kept.exists():
        name = kept.read_text(errors="replace").strip()
        if re.fullmatch(r"[0-9a-f]{12}", name) is None:
            message = (
                f"The name of the database's folder in {kept} cannot be read. Put the file back from a backup: it holds the "
                f"name of one of the folders in {ROOTS_FOLDER}."
            )
            raise EmbeddedPostgresError(message)
        return ROOTS_FOLDER / name
    if is_made(data / "postgres"):
        owner = account_of(data / "postgres")
        message = (
            f"The database in {data / 'postgres'} belongs to the account {owner}, and root would begin an empty one. "
            f"Run Platen as {owner}."
        )
        raise EmbeddedPostgresError(message)
    return None


def is_made(folder: Path) -> bool:
    """Whether a database was once finished here. One that was cut off while it was made holds nothing yet."""
    data = folder / "data"
    begun = (folder / "passwords.json").exists() or (data.is_dir() and any(data.iterdir()))
    return begun and not (folder / "superuser").exists()


def check_version(folder: Path) -> None:
    """Raise `EmbeddedPostgresError` unless the data of `folder` are a whole database of the PostgreSQL that is installed."""
    kept = folder / "data" / "PG_VERSION"
    made_by = kept.read_text(errors="replace").strip() if kept.exists() else ""
    if not made_by.isdigit():
        message = (
            f"The database in {kept.parent} is not whole: its file {kept.name} is gone or spoilt. Put the folder back from a "
            f"backup, or mount the disk it is on; to begin with an empty database, move {folder} away."
        )
        raise EmbeddedPostgresError(message)
    if int(made_by) != (major := installed_version()):
        age = "newer" if int(made_by) > major else "older"
        message = (
            f"The database in {kept.parent} was made by PostgreSQL {made_by}, and this version of Platen runs {major}. "
            f"Install the {age} version of Platen again that made it; nothing was changed."
        )
        raise EmbeddedPostgresError(message)


def read_passwords(folder: Path) -> dict[str, str]:
    """By login. Raises `EmbeddedPostgresError`, which repeats nothing of the file."""
    path = folder / "passwords.json"
    try:
        kept = TypeAdapter(dict[str, str]).validate_json(path.read_bytes())
        found = {login: kept[login] for login in ("postgres", *LOGINS)}
    except (OSError, ValueError, KeyError) as error:
        message = (
            f"The passwords of the database in {path} cannot be read ({tell_why(error)}). Put the file back from a backup, "
            "or give it back to the account that runs the database: without it Platen cannot sign in. Nothing was changed."
        )
        raise EmbeddedPostgresError(message) from None
    return found


def tell_why(error: Exception) -> str:
    """Why a kept file cannot be read, in words that repeat nothing of it."""
    if isinstance(error, FileNotFoundError):
        return "it is gone"
    return str(error.strerror) if isinstance(error, OSError) else "it is empty or spoilt"


def write_passwords(folder: Path, account: str | None) -> dict[str, str]:
    """Make fresh passwords; `superuser` beside them says that the database is not finished yet."""
    passwords = {login: secrets.token_urlsafe(24) for login in ("postgres", *LOGINS)}
    write_private(folder / "superuser", passwords["postgres"], account)
    write_private(folder / "passwords.json", json.dumps(passwords), account)
    return passwords


def own_folder(folder: Path, account: str | None) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    folder.chmod(0o700)
    _give_to(folder, account)


def write_private(path: Path, text: str, account: str | None = None) -> None:
    """The whole text or nothing, for its owner alone: a disk that fills up leaves no half of a file behind."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _give_to(fresh, account)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def account_of(path: Path) -> str:
    """The name of its owner, or the number where no account has it (a disk from another machine)."""
    try:
        return path.owner()
    except KeyError:
        return str(path.stat().st_uid)


def _give_to(path: Path, account: str | None) -> None:
    if account is not None:
        entry = pwd.getpwnam(account)
        os.chown(path, entry.pw_uid, entry.pw_gid)
