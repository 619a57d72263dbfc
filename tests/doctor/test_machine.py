"""What the doctor says of a machine: each thing broken by itself, and its sentence read."""

import re
import shutil
from pathlib import Path

import pytest

from api.core.embedded.files import data_folder
from api.doctor.findings import Finding, as_text, exit_code, ok, warning, wrong
from api.doctor.machine import (
    GIBIBYTE,
    check_node,
    check_page,
    check_python,
    check_secret_files,
    check_space,
    fullest,
    node_version,
    secret_files,
    wanted_node,
)
from tests.conftest import PROJECT
from tests.house.test_what_make_needs import NODES_REFUSED, NODES_TAKEN


class TestVersions:
    def test_of_python_that_are_too_old_are_named(self) -> None:
        found = check_python((3, 10, 4))
        assert (found.level, found.sentence) == ("wrong", "Python is 3.10.4, and Platen needs 3.11 or newer.")
        assert check_python().level == "ok"

    @pytest.mark.parametrize(
        ("version", "sentence"),
        [(None, "Node is not installed, so that the page cannot be built here."),
         ("v18.19.0", "Node is v18.19.0, which cannot build the page."),
         ("", "Node is of no known version, which cannot build the page.")],
    )  # fmt: skip
    def test_of_node_only_matter_to_the_page(self, version: str | None, sentence: str) -> None:
        found = check_node(version, wanted_node(PROJECT))
        assert (found.level, found.sentence) == ("warning", sentence)
        assert "npm" in found.cure
        assert check_node("v18.19.0", wanted_node(PROJECT / "none")).level == "ok", "no page is built there"

    @pytest.mark.parametrize("version", [*NODES_REFUSED, *NODES_TAKEN])
    def test_of_node_are_judged_as_by_make(self, version: str) -> None:
        found = check_node(version, wanted_node(PROJECT))
        assert found.level == ("warning" if version in NODES_REFUSED else "ok")

    def test_of_node_are_read_from_the_program(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        program = tmp_path / "node"
        program.write_text("#!/bin/sh\necho v22.14.0\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert node_version() == "v22.14.0"
        assert check_node(node_version(), wanted_node(PROJECT)).level == "ok"
        program.unlink()
        assert node_version() is None


class TestThePage:
    def test_that_is_not_built_is_missed(self, tmp_path: Path) -> None:
        found = check_page(tmp_path)
        assert (found.level, f"there is no index.html in {tmp_path}." in found.sentence) == ("wrong", True)
        assert "make page" in found.cure
        (tmp_path / "index.html").write_text("<!doctype html>")
        assert check_page(tmp_path).level == "ok"

    def test_that_another_server_has_is_not_missed(self) -> None:
        assert check_page(None).level == "ok"


class TestRoom:
    @pytest.mark.parametrize(("gibibytes", "level"), [(0.4, "wrong"), (3.0, "warning"), (80.0, "ok")])
    def test_that_runs_out_is_told_in_time(self, tmp_path: Path, gibibytes: float, level: str) -> None:
        found = check_space(tmp_path, lambda _: int(gibibytes * GIBIBYTE))
        assert found.level == level
        assert "GiB" in found.sentence

    def test_is_looked_for_where_there_is_least(self, tmp_path: Path) -> None:
        """Root's database can be on another disk than the checkout; a folder that is not there yet takes no part."""
        (tmp_path / "database").mkdir()
        free = {tmp_path: 9, tmp_path / "database": 3, tmp_path / "none": 1}
        assert fullest(free, free.__getitem__) == tmp_path / "database"
        assert fullest([tmp_path]) == tmp_path

    def test_is_that_of_the_disk(self, tmp_path: Path) -> None:
        told = re.search(r"([\d.]+) GiB", check_space(tmp_path).sentence)
        assert told is not None
        assert float(told[1]) == pytest.approx(shutil.disk_usage(tmp_path).free / GIBIBYTE, abs=2)


class TestSecretFiles:
    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
    def test_that_others_can_read_are_named(self, tmp_path: Path, mode: int) -> None:
        files = [tmp_path / ".env", tmp_path / "secrets.json"]
        for file, its_mode in zip(files, (0o600, mode), strict=True):
            file.write_text("{}")
            file.chmod(its_mode)
        found = check_secret_files([*files, tmp_path / "none"])
        assert found.level == "wrong"
        assert found.sentence == f"Others on this machine can read {files[1]}, which holds secrets."
        assert f"chmod 600 {files[1]}" in found.cure
        files[1].chmod(0o600)
        assert check_secret_files(files).level == "ok"

    def test_are_those_of_the_folder_that_is_examined(self, tmp_path: Path) -> None:
        (tmp_path / "installation").write_text("0123456789ab")
        files = secret_files(tmp_path / "checkout", tmp_path)
        assert files[:2] == [tmp_path / "checkout" / ".env", tmp_path / "secrets.json"]
        assert files[2] == data_folder(tmp_path) / "passwords.json"


class TestTheReport:
    def test_ends_with_what_is_wrong_and_what_to_do(self) -> None:
        found: list[Finding] = [
            wrong("b", "B is broken.", "Mend B."),
            ok("a", "A is well."),
            warning("c", "C is odd.", "See C."),
        ]
        lines = as_text(found).splitlines()
        assert [line.strip() for line in lines if line.strip()] == [
            "ok       A is well.", "look at  C is odd.", "→ See C.", "WRONG    B is broken.", "→ Mend B.", "1 wrong, 1 to look at.",
        ]  # fmt: skip
        assert exit_code(found) == 1

    def test_of_warnings_alone_ends_well(self) -> None:
        found = [warning("c", "C is odd.", "See C.")]
        assert exit_code(found) == 0
        assert as_text(found).endswith("Nothing is wrong; 1 to look at.")
        assert as_text([ok("a", "A is well.")]).endswith("All is well.")
