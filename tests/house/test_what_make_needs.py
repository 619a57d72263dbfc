"""What `make` says on a machine that lacks something: one sentence with what to do. The programs found there are made up."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROJECT

NODES_REFUSED = ["v18.19.0", "v20.0.0", "v20.18.3", "v21.7.3", "v22.12.0", "v23.11.1", "v9.99.99"]
NODES_TAKEN = ["v20.19.0", "v20.20.2", "v22.13.0", "v24.0.0", "v25.3.1", "v100.0.0"]


def install(folder: Path, name: str, says: str = "") -> None:
    """A program of this name that says one line."""
    program = folder / name
    program.write_text(f"#!/bin/sh\necho {says}\n")
    program.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The only folder where programs are found, with what the scripts themselves need."""
    (tmp_path / "dirname").symlink_to(shutil.which("dirname") or "")
    return tmp_path


def run(script: str, machine: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own script
        [shutil.which("bash") or "", str(PROJECT / ".ci" / script)],
        cwd="/", env={"PATH": str(machine), **environment}, capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip


def assert_refused(done: subprocess.CompletedProcess[str], *told: str) -> None:
    """It ends with a line that says all of this, and nothing else."""
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert [part for part in told if part not in line] == [], line


class TestNode:
    WANTED = "Platen's page needs Node 20 (from 20.19), 22 (from 22.13) or 24 and newer, with npm"

    @pytest.mark.parametrize("installed", [(), ("node",), ("npm",)])
    def test_that_is_missing_is_asked_for_with_its_versions(
        self, machine: Path, installed: tuple[str, ...]
    ) -> None:
        for name in installed:
            install(machine, name, "v24.1.0")
        assert_refused(run("need-node", machine), f"{self.WANTED}, and finds none here.", "download page")

    @pytest.mark.parametrize("version", NODES_REFUSED)
    def test_that_npm_would_refuse_is_told_by_its_version(self, machine: Path, version: str) -> None:
        for name in ("node", "npm"):
            install(machine, name, version)
        assert_refused(run("need-node", machine), f"{self.WANTED}; this is {version}.", "version manager")

    def test_that_tells_no_version_is_none(self, machine: Path) -> None:
        for name in ("node", "npm"):
            install(machine, name)
        assert_refused(run("need-node", machine), "this is none that tells its version")

    @pytest.mark.parametrize(
        "version", ["v20.19.0", "v20.20.2", "v22.13.0", "v24.0.0", "v25.3.1", "v100.0.0"]
    )
    def test_that_suits_is_not_spoken_of(self, machine: Path, version: str) -> None:
        for name in ("node", "npm"):
            install(machine, name, version)
        done = run("need-node", machine)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


class TestChromium:
    def test_that_is_missing_is_asked_for(self, machine: Path) -> None:
        assert_refused(
            run("find-chromium", machine), "The browser tests need Chromium. Install it", "or set CHROMIUM"
        )

    @pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
    def test_is_found_by_the_names_it_goes_by(self, machine: Path, name: str) -> None:
        install(machine, name)
        done = run("find-chromium", machine)
        assert (done.returncode, done.stdout, done.stderr) == (0, f"{machine / name}\n", "")

    def test_is_the_one_that_was_named(self, machine: Path) -> None:
        install(machine, "chromium")
        install(machine, "another")
        assert (
            run("find-chromium", machine, CHROMIUM=str(machine / "another")).stdout
            == f"{machine / 'another'}\n"
        )
