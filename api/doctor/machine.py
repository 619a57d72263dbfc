"""What this machine must have: versions, room on the disk, a built page, secrets that nobody else reads."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from api.core.embedded.files import find_data_folder
from api.core.embedded.programs import EmbeddedPostgresError
from api.doctor.findings import Finding, ok, warning, wrong

LEAST_PYTHON: Final = (3, 11)
GIBIBYTE: Final = 1024**3
_OF_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def check_python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> Finding:
    told = ".".join(map(str, version))
    if version[:2] < LEAST_PYTHON:
        return wrong(
            "python",
            f"Python is {told}, and Platen needs 3.11 or newer.",
            "Install a newer Python and run `make setup`.",
        )
    return ok("python", f"Python is {told}.")


def node_version() -> str | None:
    """What `node --version` says, None without Node."""
    program = shutil.which("node")
    if program is None:
        return None
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603 - found on the path


def wanted_node(project: Path) -> str:
    """What the page's packages take, as in `^20.19.0 || >=24.0.0`; nothing where there is no page to build (an image)."""
    path = project / "frontend" / "package.json"
    return str(json.loads(path.read_text())["engines"]["node"]) if path.exists() else ""


def check_node(version: str | None, wanted: str) -> Finding:
    """Only building the page needs it; `wanted` as in `wanted_node`."""
    cure = "Run `make page`: it says which versions suit, and where to get one with npm."
    if version is None:
        return warning("node", "Node is not installed, so that the page cannot be built here.", cure)
    if wanted and not any(_takes(one.strip(), version) for one in wanted.split("||")):
        return warning(
            "node", f"Node is {version or 'of no known version'}, which cannot build the page.", cure
        )
    return ok("node", f"Node is {version}.")


def _takes(wanted: str, version: str) -> bool:
    """`^20.19.0` is the same major version from there on, `>=24.0.0` whatever is newer."""
    least, found = (
        [int(part) for part in re.findall(r"\d+", text.partition("-")[0])[:3]] for text in (wanted, version)
    )
    return found >= least and (wanted.startswith(">=") or found[0] == least[0])


def check_page(folder: Path | None) -> Finding:
    """`folder` is PLATEN_FRONTEND; without it another server has the page."""
    if folder is None:
        return ok("page", "The page is not served from here (PLATEN_FRONTEND is not set).")
    if not (folder / "index.html").is_file():
        return wrong(
            "page",
            f"The page is not built: there is no index.html in {folder}.",
            "Run `make page`, or set PLATEN_FRONTEND to the folder of a built page.",
        )
    return ok("page", "The page is built.")


def free_on_disk(path: Path) -> int:
    """In bytes."""
    return shutil.disk_usage(path).free


def check_space(folder: Path, free: Callable[[Path], int] = free_on_disk) -> Finding:
    """Room where the installation lives."""
    left = free(folder) / GIBIBYTE
    cure = "Make room, or move the data to a larger disk: a full disk stops the database."
    if left < 1:
        return wrong("space", f"Only {left:.1f} GiB are free on the disk of {folder}.", cure)
    if left < 5:  # noqa: PLR2004 - GiB
        return warning("space", f"{left:.1f} GiB are free on the disk of {folder}.", cure)
    return ok("space", f"{left:.0f} GiB are free.")


def fullest(folders: Iterable[Path], free: Callable[[Path], int] = free_on_disk) -> Path:
    """Of those that are there, the one whose disk has the least room: the database can be on another one than the keys."""
    return min(filter(os.path.exists, folders), key=free)


def places_of(project: Path, data: Path) -> list[Path]:
    """Where an installation of `make up` writes, the database last where it is known."""
    try:
        folder = find_data_folder(data)
    except (EmbeddedPostgresError, OSError):
        folder = None
    return [project, data] if folder is None else [project, data, folder]


def secret_files(project: Path, data: Path) -> list[Path]:
    """Where keys and passwords are kept, with `data` the data folder of `make up`."""
    _, *kept = places_of(project, data)
    names = ("secrets.json", "passwords.json")
    return [project / ".env", *(folder / name for folder, name in zip(kept, names, strict=False))]


def check_secret_files(files: Iterable[Path]) -> Finding:
    """Files with keys and passwords are their owner's alone."""
    try:
        open_ = [str(file) for file in files if file.is_file() and file.stat().st_mode & _OF_OTHERS]
    except PermissionError as error:
        cure = "Run the doctor as the account that runs Platen."
        return warning(
            "secret_files", f"{error.filename} belongs to another account and cannot be looked at.", cure
        )
    if open_:
        told = ", ".join(open_)
        return wrong(
            "secret_files",
            f"Others on this machine can read {told}, which holds secrets.",
            f"Run `chmod 600 {' '.join(open_)}`; where others have accounts here, make new keys too.",
        )
    return ok("secret_files", "Nobody else can read the files with secrets.")
