"""The data folder of one installation: its own, held by one service at a time, with the keys that are made once."""

import base64
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import TypeAdapter

from api.core.config import check_hmac_key, parse_master_keys
from api.core.embedded.files import account_of, tell_why, write_private


class CannotStartError(RuntimeError):
    """Why it does not start, in one sentence with what to do behind it."""


def refuse_unusable(data: Path) -> None:
    """Raise `CannotStartError` where the folder cannot be made or written to; nothing is tried that leaves a trace."""
    try:
        why = _why_unusable(data)
    except OSError as error:
        raise CannotStartError(tell_unusable(data, error)) from None
    if why is not None:
        raise CannotStartError(tell_unusable(data, why))


def _why_unusable(data: Path) -> str | None:
    nearest = next(place for place in (data, *data.absolute().parents) if place.exists())
    if not nearest.is_dir():
        return f"{nearest} is no folder"
    is_ours = os.geteuid() in {0, nearest.stat().st_uid}
    if nearest == data and is_ours:
        return None  # its permissions are set at every start
    if nearest == data or not os.access(nearest, os.W_OK | os.X_OK):
        return (
            f"{nearest} may not be written to"
            if is_ours
            else f"{nearest} belongs to the account {account_of(nearest)}"
        )
    return None


def open_folder(data: Path) -> Path:
    """Make the folder where it is new, for its owner alone; returns that of the logs. Raises `CannotStartError`."""
    logs = data / "logs"
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        data.chmod(0o700)
        logs.mkdir(exist_ok=True)
        (data / "lock").open("a").close()
    except OSError as error:
        raise CannotStartError(tell_unusable(data, error)) from None
    return logs


@contextmanager
def held(data: Path, port: int) -> Iterator[None]:
    """One service a data folder: a second one on other ports would stop the database under the first."""
    # Unbuffered: on a full disk a buffer would fail a second time while it is closed.
    with (data / "lock").open("r+b", buffering=0) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotStartError(tell_who_holds(data, _port_in(data / "lock"))) from None
        try:
            lock.truncate()
            lock.write(str(port).encode())
        except OSError as error:
            raise CannotStartError(tell_unusable(data, error)) from None
        yield


def held_by(data: Path) -> int | None:
    """The port of the service that runs with this folder, 0 where it did not write one; None when none runs."""
    path = data / "lock"
    try:
        lock = path.open()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise CannotStartError(tell_unusable(data, error)) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return _port_in(path)
    return None


def tell_who_holds(data: Path, port: int) -> str:
    where = f": http://localhost:{port}" if port else ""
    return f"Platen runs already with the data in {data}{where}. Stop it first, or give this one --data of its own."


def _port_in(lock: Path) -> int:
    text = lock.read_text(errors="replace")
    return int(text) if text.isascii() and text.isdigit() else 0


def fresh_keys() -> dict[str, str]:
    return {
        "PLATEN_MASTER_KEYS": f"demo:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "PLATEN_HMAC_KEY": secrets.token_urlsafe(48),
    }


def make_keys(data: Path) -> dict[str, str]:
    """This installation's keys: made once, kept in a 0600 file. Raises `CannotStartError`."""
    path = data / "secrets.json"
    if not path.exists():
        try:
            write_private(path, TypeAdapter(dict[str, str]).dump_json(fresh_keys()).decode())
        except OSError as error:
            raise CannotStartError(tell_unusable(data, error)) from None
    return read_keys(data)


def read_keys(data: Path) -> dict[str, str]:
    """The kept ones. Raises `CannotStartError`, which repeats nothing of the file."""
    path = data / "secrets.json"
    try:
        found = TypeAdapter(dict[str, str]).validate_json(path.read_bytes())
        parse_master_keys(found["PLATEN_MASTER_KEYS"])
        check_hmac_key(found["PLATEN_HMAC_KEY"])
    except (OSError, ValueError, KeyError) as error:
        message = (
            f"The keys in {path} cannot be read ({tell_why(error)}). Put the file back from a backup, or give it back "
            "to you alone (chmod 600): without it the stored credentials cannot be opened."
        )
        raise CannotStartError(message) from None
    return found


def refuse_lost_keys(data: Path) -> None:
    """Where the database is there already, fresh keys would open nothing in it. Raises `CannotStartError`."""
    if not (data / "secrets.json").exists():
        message = (
            f"The keys of this installation are gone: there is its database, but no {data / 'secrets.json'}. Put the file back "
            f"from a backup: without it the stored credentials cannot be opened. To begin anew and empty, move {data} away."
        )
        raise CannotStartError(message)


def tell_unusable(data: Path, why: OSError | str) -> str:
    told = why if isinstance(why, str) else why.strerror or type(why).__name__
    return (
        f"Platen cannot keep its data in {data} ({told}). Give the folder back to the account that runs Platen, see that its disk "
        "has room, or choose another one with --data."
    )
