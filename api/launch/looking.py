"""Looks at an installation without touching it: whether it runs, and what would keep it from starting."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from api.core.embedded.cluster import Cluster, find_cluster
from api.core.embedded.files import check_version, find_data_folder, is_made
from api.core.embedded.programs import EmbeddedPostgresError
from api.launch.environment import check_settings, environment_before, make_environment
from api.launch.folder import (
    CannotStartError,
    held_by,
    read_keys,
    refuse_lost_keys,
    refuse_unusable,
    tell_unusable,
)
from api.launch.ports import refuse_occupied_ports

T = TypeVar("T")


@dataclass(slots=True)
class Look:
    """`environment` is what the doors run with, None when they do not run; `troubles` are sentences by key, with what to do."""

    data: Path
    environment: dict[str, str] | None = None
    troubles: dict[str, str] = field(default_factory=dict)

    def ask(self, key: str, question: Callable[[], T]) -> T | None:
        """Its answer, or None with a trouble."""
        try:
            return question()
        except (CannotStartError, EmbeddedPostgresError) as error:
            self.troubles[key] = str(error)
        except OSError as error:
            self.troubles[key] = tell_unusable(self.data, error)
        return None


async def look_at(project: Path, data: Path, port: int, given: Mapping[str, str]) -> Look:
    """`port` is where it would be served; one that runs has written down its own."""
    seen = Look(data)
    seen.ask("folder", lambda: refuse_unusable(data))
    holder = None if seen.troubles else seen.ask("folder", lambda: held_by(data))
    if seen.troubles:
        return seen
    keys = seen.ask("keys", lambda: _keys(data, given))
    cluster = None if given.get("DATABASE_URL") else seen.ask("database", lambda: _cluster(data))
    if holder is None:
        await _look_before_start(seen, project, port, given, is_left_over=cluster is not None)
    elif keys and (cluster or given.get("DATABASE_URL")):
        seen.environment = make_environment(project, holder or port, given, keys=keys, cluster=cluster)
    elif not seen.troubles:
        told = f"Platen runs with the data in {data}, but its database does not, or not yet."
        seen.troubles["running"] = (
            f"{told} Give it a minute; then stop Platen with Ctrl-C, and start it again: make up"
        )
    return seen


async def _look_before_start(
    seen: Look, project: Path, port: int, given: Mapping[str, str], *, is_left_over: bool
) -> None:
    try:
        await refuse_occupied_ports(port)
    except CannotStartError as error:
        seen.troubles["port"] = str(error)
    seen.ask("configuration", lambda: check_settings(environment_before(project, port, given)))
    told = f"Platen does not run with the data in {seen.data}"
    if is_left_over:
        told = f"Platen was ended by force, and left its database running with the data in {seen.data}"
    cure = "Mend what else is wrong here, then start it: make up" if seen.troubles else "Start it: make up"
    if is_left_over and "port" in seen.troubles:
        cure = "End what it left behind (restarting this machine does), then start it: make up"
    seen.troubles["running"] = f"{told}. {cure}"


def _keys(data: Path, given: Mapping[str, str]) -> dict[str, str] | None:
    """None where none are made yet."""
    if (data / "secrets.json").exists():
        return read_keys(data)
    folder = None if given.get("DATABASE_URL") else find_data_folder(data)
    if folder is not None and is_made(folder):
        refuse_lost_keys(data)
    return None


def _cluster(data: Path) -> Cluster | None:
    folder = find_data_folder(data)
    if folder is None or not is_made(folder):
        return None
    check_version(folder)
    return find_cluster(folder)
