"""The processes of one installation, its database server among them: `.ci/walk` looks who is there, and who is left after Ctrl-C.

`python -m tests.make.family of PID DATA` prints them, one a line; `… left FILE` prints those of such a file that still run.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from api.core.embedded.files import find_data_folder

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """`started` tells it from a later process of the same number, in ticks since this machine did."""

    pid: int
    started: int
    parent: int
    name: str


def running() -> dict[int, Process]:
    """Every process of this machine that has not ended, by number."""
    found = {}
    for folder in PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            stat = (folder / "stat").read_text(errors="replace")
        except OSError:
            continue  # it ended in between
        name, _, rest = stat.partition("(")[2].rpartition(")")
        state, parent, *fields = rest.split()
        if state not in "ZX":
            pid = int(folder.name)
            found[pid] = Process(pid, int(fields[17]), int(parent), name)
    return found


def family(*roots: int) -> list[Process]:
    """Those with these numbers, and all that descend from them."""
    there = running()
    found = {root: there[root] for root in roots}
    while more := {one.pid: one for one in there.values() if one.parent in found and one.pid not in found}:
        found |= more
    return list(found.values())


def database_of(data: Path) -> int:
    """The number of its database server, which has no parent here: it was left to run by itself."""
    folder = find_data_folder(data)
    assert folder is not None, f"there is no installation in {data}"
    return int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])


def main(command: str, *arguments: str) -> list[str]:
    if command == "of":
        pid, data = arguments
        members = family(int(pid), database_of(Path(data)))
        return [f"{one.pid} {one.started} {one.name}" for one in members]
    there = {(one.pid, one.started) for one in running().values()}
    lines = Path(arguments[0]).read_text().splitlines()
    return [line for line in lines if (int(line.split()[0]), int(line.split()[1])) in there]


if __name__ == "__main__":
    for line in main(*sys.argv[1:]):
        print(line)  # noqa: T201 - a command
