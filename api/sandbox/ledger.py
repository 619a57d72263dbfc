"""The sandbox's own truth: every write as one JSON line, on the disk before anybody is answered."""

import fcntl
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from api.sandbox.clock import parse_stamp, stamp


class FolderInUse(Exception):
    """Another sandbox process holds this ledger; two writers would tear it."""


class LedgerDamaged(Exception):
    """A line in the middle of the ledger cannot be read. Only the last line may be cut short (by a kill)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One write: who did what, with which arguments, and what came of it. ``seq`` counts from 1 without gaps."""

    seq: int
    at: datetime
    by: str
    op: str
    args: Mapping[str, Any]
    result: Any

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"at": stamp(self.at)}


class Ledger:
    """An append-only file that one process owns.

    ``entries`` holds what the file held at the start plus what was appended since. A last line without its line
    break was never acknowledged: it is cut off. Raises FolderInUse or LedgerDamaged on opening.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            os.close(self._file)
            raise FolderInUse(f"{path.name} is held by another sandbox process") from held
        self._sync_folder(path.parent)
        self.entries = self._read()

    def append(self, op: str, args: Mapping[str, Any], result: Any, *, by: str, at: datetime) -> Entry:
        """Write one line and wait until it is on the disk.

        A write that fails ends the process: the state in memory would be ahead of the ledger, and an answer
        given from it would be a lie.
        """
        entry = Entry(len(self.entries) + 1, at, by, op, args, result)
        line = orjson.dumps(entry.as_json()) + b"\n"
        try:
            if os.write(self._file, line) != len(line):
                os._exit(74)
            os.fsync(self._file)
        except OSError:
            os._exit(74)  # EX_IOERR
        self.entries.append(entry)
        return entry

    def after(self, seq: int, limit: int = 1000) -> list[Entry]:
        """The entries that follow ``seq``, oldest first."""
        return self.entries[max(seq, 0) : max(seq, 0) + limit]

    def clear(self) -> None:
        """Forget everything (a reset of the whole sandbox)."""
        os.ftruncate(self._file, 0)
        os.fsync(self._file)
        self.entries.clear()

    def close(self) -> None:
        """Release the file, and with it the folder."""
        os.close(self._file)

    def _read(self) -> list[Entry]:
        content = self._content()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            os.ftruncate(self._file, whole)
            os.fsync(self._file)
        return [
            self._entry(number, line) for number, line in enumerate(content[:whole].splitlines(), start=1)
        ]

    def _content(self) -> bytes:
        with os.fdopen(os.dup(self._file), "rb") as reader:
            reader.seek(0)
            return reader.read()

    @staticmethod
    def _entry(number: int, line: bytes) -> Entry:
        try:
            raw = orjson.loads(line)
            entry = Entry(
                raw["seq"], parse_stamp(raw["at"]), raw["by"], raw["op"], raw["args"], raw["result"]
            )
        except (ValueError, KeyError, TypeError) as unreadable:
            raise LedgerDamaged(f"line {number} of the ledger cannot be read") from unreadable
        if entry.seq != number:
            raise LedgerDamaged(f"line {number} of the ledger carries seq {entry.seq}")
        return entry

    @staticmethod
    def _sync_folder(folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
