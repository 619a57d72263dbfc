"""The import contracts of pyproject.toml: each is broken once in a copy and seen BROKEN, and none leaves out what there is."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT

API = PROJECT / "api"
CONTRACTS: dict[str, dict[str, Any]] = {
    one["name"]: one
    for one in tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}

FLOORS = "Floors: imports only point down"
SANDBOX = "The sandbox stands apart"
PRODUCT = "The product does not know the sandbox"
INSIDE = "Inside a room: routes and jobs, actions, queries, schemas, rules, events and models"
PORTS = "Rooms speak to ports, never to a vendor's package"
PURE = "Rules and mappings are pure"
DOORS = "Configuration is read at the doors only"

# Contract → a file, and the import that breaks this contract and no other.
PLANTED = {
    FLOORS: ("stores/models.py", "api.orders.models"),
    INSIDE: ("stores/rules.py", "api.stores.queries"),
    SANDBOX: ("sandbox/clock.py", "api.core.clock"),
    PRODUCT: ("permissions.py", "api.sandbox.clock"),
    "Vendors do not know each other": ("connectors/inksoft/adapter.py", "api.connectors.printavo.client"),
    PORTS: ("stores/models.py", "api.connectors.inksoft.client"),
    PURE: ("stores/rules.py", "sqlalchemy"),
    DOORS: ("stores/queries.py", "api.core.config"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("floors")
    shutil.copytree(API, made / "api", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(PROJECT / "pyproject.toml", made)
    return made


def verdicts(folder: Path) -> dict[str, str]:
    """Each contract with KEPT or BROKEN, as lint-imports prints it there."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(  # noqa: S603 - our own linter
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    # It breaks long names to the width of a terminal.
    told = " ".join(done.stdout.split())
    found = {name: re.search(rf"{re.escape(name)} (KEPT|BROKEN)", told) for name in CONTRACTS}
    assert all(found.values()), done.stdout + done.stderr
    verdict = {name: match[1] for name, match in found.items() if match}
    assert done.returncode == ("BROKEN" in verdict.values())
    return verdict


def rooms() -> set[str]:
    """Those of the floors between `activity` and `identity`."""
    floors = CONTRACTS[FLOORS]["layers"]
    between = floors[floors.index("activity") : floors.index("identity") + 1]
    return {f"api.{room}" for floor in between for room in floor.split(" | ")}


def modules(folder: Path, name: str) -> set[str]:
    """The modules and packages of this name under `folder`, as imports name them."""
    found = [*folder.rglob(f"{name}.py"), *(one for one in folder.rglob(name) if one.is_dir())]
    return {".".join(one.relative_to(PROJECT).with_suffix("").parts) for one in found}


class TestEachContract:
    def test_is_kept_by_the_code_as_it_is(self, copy: Path) -> None:
        assert set(verdicts(copy).values()) == {"KEPT"}

    def test_has_an_import_here_that_breaks_it(self) -> None:
        assert set(PLANTED) == set(CONTRACTS)

    @pytest.mark.parametrize("contract", PLANTED)
    def test_is_broken_by_one_forbidden_import(self, copy: Path, contract: str) -> None:
        file, forbidden = PLANTED[contract]
        path = copy / "api" / file
        sound = path.read_text()
        path.write_text(f"{sound}\nimport {forbidden}\n")
        try:
            broken = {name for name, verdict in verdicts(copy).items() if verdict == "BROKEN"}
        finally:
            path.write_text(sound)
        assert broken == {contract}


class TestTheListsOfAContract:
    def test_name_all_of_the_product_where_the_sandbox_is_kept_apart(self) -> None:
        there = (one for one in API.iterdir() if one.suffix == ".py" or (one / "__init__.py").exists())
        product = {f"api.{one.stem}" for one in there} - {"api.__init__", "api.sandbox"}
        assert set(CONTRACTS[SANDBOX]["forbidden_modules"]) == product
        assert set(CONTRACTS[PRODUCT]["source_modules"]) == product

    def test_name_every_room(self) -> None:
        assert set(CONTRACTS[INSIDE]["containers"]) == rooms()
        assert set(CONTRACTS[PORTS]["source_modules"]) == rooms()
        assert set(CONTRACTS[DOORS]["source_modules"]) == rooms()

    def test_name_all_rules_and_mappings(self) -> None:
        of_rooms = {one for one in modules(API, "rules") if one.rpartition(".")[0] in rooms()}
        assert set(CONTRACTS[PURE]["source_modules"]) == of_rooms | modules(API / "connectors", "mapping")
