"""The instant a folder was seeded. Dates of the seed are relative to it, so a restart sees the same orders."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson

from api.sandbox.clock import now, parse_stamp, stamp

SEEDS = ("demo", "tests", "empty")
SEED_NUMBER = 20_300_401


class SeedMismatch(Exception):
    """The folder was filled from another seed; its ledger would not fit."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Which seed, from which number, at which instant."""

    seed: str
    number: int
    at: datetime


def open_anchor(path: Path, seed: str) -> Anchor:
    """The folder's anchor; a new folder is anchored at the present instant. Raises SeedMismatch."""
    if not path.exists():
        return drop_anchor(path, seed)
    raw = orjson.loads(path.read_bytes())
    anchor = Anchor(raw["seed"], raw["number"], parse_stamp(raw["at"]))
    if anchor.seed != seed:
        raise SeedMismatch(f"this folder was seeded with {anchor.seed!r}, not {seed!r}: take another folder")
    return anchor


def drop_anchor(path: Path, seed: str, at: datetime | None = None) -> Anchor:
    """Anchor the folder at ``at`` (now by default), replacing an earlier anchor in one step."""
    if seed not in SEEDS:
        raise SeedMismatch(f"no seed is called {seed!r}; there are {', '.join(SEEDS)}")
    anchor = Anchor(seed, SEED_NUMBER, at or now())
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        file.write(orjson.dumps({"seed": anchor.seed, "number": anchor.number, "at": stamp(anchor.at)}))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return anchor
