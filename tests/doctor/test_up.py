"""The installation that `make up` runs, broken in one way: what the doctor says before, what `make up` says, and what stays."""

import asyncio
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.core.embedded.cluster import start_cluster, stop_cluster
from api.core.embedded.files import data_folder, write_private
from api.core.ports import find_free_port
from api.launch.folder import held, make_keys
from api.launch.looking import Look, look_at
from api.launch.ports import sandbox_ports
from tests.conftest import PROJECT

SPOILT = [
    b"",
    b'{"PLATEN_HMAC_KEY": "very-secr',
    b"[]",
    b'{"PLATEN_HMAC_KEY": "very"}',
    b'{"platen_app": 3}',
    b"\xff\xfe",
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of an installation that is stopped: keys, and a database that was finished."""
    made = tmp_path_factory.mktemp("installation")
    folder = data_folder(made)
    make_keys(made)
    start_cluster(folder, durable=False)
    stop_cluster(folder)
    yield made
    shutil.rmtree(folder)


@pytest.fixture
def port() -> int:
    """A port with its sandboxes' ports beside it, all of them free."""
    return find_free_port(*sandbox_ports(0).values())


def platen(command: str, data: Path, port: int, **environment: str) -> subprocess.CompletedProcess[str]:
    """`platen up` or `platen doctor` with an embedded server, in an environment that names no database."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "api.cli", command, "--data", str(data), "--port", str(port)],
        cwd=PROJECT, env={**usual, **environment}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def seen(data: Path, port: int, **given: str) -> Look:
    return asyncio.run(look_at(PROJECT, data, port, given))


@contextmanager
def broken(file: Path, content: bytes | None) -> Iterator[None]:
    """The file with this content instead, or gone for None; afterwards it is looked at, and put back."""
    kept = file.with_name("kept-for-the-test")
    file.rename(kept)
    if content is not None:
        file.write_bytes(content)
        shutil.chown(file, kept.stat().st_uid, kept.stat().st_gid)
    try:
        yield
        assert (file.read_bytes() if file.exists() else None) == content, "nothing may be written over it"
    finally:
        kept.replace(file)


def assert_refused(data: Path, port: int, told: str) -> None:
    """`platen up` ends with this sentence, and leaves no server behind."""
    done = platen("up", data, port)
    assert (done.returncode, told in done.stderr) == (1, True), done.stderr
    assert "Traceback" not in done.stderr
    assert "very" not in done.stderr
    assert not (data_folder(data) / "data" / "postmaster.pid").exists()


class TestThePort:
    @pytest.mark.parametrize("beside", [0, 11, 12])
    def test_of_another_program_is_told_before_anything_is_made(
        self, tmp_path: Path, port: int, beside: int
    ) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", port + beside))
            troubles = seen(tmp_path / "new", port).troubles
        assert troubles["port"].startswith(f"Port {port + beside} is in use by another program. Stop it, or")
        assert troubles["running"].startswith(
            f"Platen does not run with the data in {tmp_path / 'new'}. Mend"
        )
        assert not (tmp_path / "new").exists()

    @pytest.mark.parametrize("beside", [0, 12])
    def test_of_another_program_starts_nothing(self, tmp_path: Path, port: int, beside: int) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", port + beside))
            done = platen("up", tmp_path / "new", port)
        told = f"Port {port + beside} is in use by another program. Stop it, or choose another port: make up PORT="
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(told), done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert not (tmp_path / "new").exists()

    def test_is_told_by_the_doctor_with_its_exit_code(self, tmp_path: Path, port: int) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", port))
            done = platen("doctor", tmp_path / "new", port)
        assert (done.returncode, done.stderr) == (1, "")
        assert f"WRONG    Port {port} is in use by another program." in done.stdout
        assert f"WRONG    Platen does not run with the data in {tmp_path / 'new'}." in done.stdout
        assert not (tmp_path / "new").exists()

    def test_of_platen_itself_is_no_trouble_whatever_port_is_asked_for(self, data: Path, port: int) -> None:
        folder = data_folder(data)
        (data / "lock").touch()
        with held(data, port), socket.socket() as own:
            own.bind(("127.0.0.1", port))
            cluster = start_cluster(folder, durable=False)
            try:
                found = seen(data, port + 1)
            finally:
                stop_cluster(folder)
            assert found.troubles == {}
            assert found.environment is not None
            assert found.environment["PLATEN_PUBLIC_URL"] == f"http://localhost:{port}"
            assert found.environment["DATABASE_URL"] == cluster.url("platen_app")
            assert seen(data, port).troubles.keys() == {"running"}, "its database was stopped under it"
            assert_refused(
                data, port, f"Platen runs already with the data in {data}: http://localhost:{port}."
            )


class TestAServiceThatWasKilled:
    def test_is_told_from_one_that_was_stopped(self, data: Path, port: int) -> None:
        """Its database runs on, and whatever else of it does may hold the port."""
        start_cluster(data_folder(data), durable=False)
        try:
            told = f"Platen was ended by force, and left its database running with the data in {data}."
            assert seen(data, port).troubles == {"running": f"{told} Start it: make up"}
            with socket.socket() as left_over:
                left_over.bind(("127.0.0.1", port))
                cure = "End what it left behind (restarting this machine does), then start it: make up"
                assert seen(data, port).troubles["running"] == f"{told} {cure}"
        finally:
            stop_cluster(data_folder(data))
        assert seen(data, port).troubles["running"].startswith("Platen does not run with the data in")


class TestTheKeys:
    @pytest.mark.parametrize("content", SPOILT)
    def test_that_are_spoilt_are_told(self, data: Path, port: int, content: bytes) -> None:
        path = data / "secrets.json"
        with broken(path, content):
            told = seen(data, port).troubles["keys"]
        assert told.startswith(
            f"The keys in {path} cannot be read (it is empty or spoilt). Put the file back"
        )
        assert "very" not in told

    def test_that_are_spoilt_or_gone_start_nothing(self, data: Path, port: int) -> None:
        with broken(data / "secrets.json", b'{"PLATEN_HMAC_KEY": "very-secr'):
            assert_refused(
                data, port, "cannot be read (it is empty or spoilt). Put the file back from a backup"
            )
        with broken(data / "secrets.json", None):
            lost = "The keys of this installation are gone: there is its database, but no"
            assert_refused(data, port, lost)
            assert seen(data, port).troubles["keys"].startswith(lost)


class TestThePasswords:
    @pytest.mark.parametrize("content", [*SPOILT, None])
    def test_that_cannot_be_read_are_told(self, data: Path, port: int, content: bytes | None) -> None:
        path = data_folder(data) / "passwords.json"
        why = "it is gone" if content is None else "it is empty or spoilt"
        with broken(path, content):
            told = seen(data, port).troubles["database"]
        assert told.startswith(
            f"The passwords of the database in {path} cannot be read ({why}). Put the file"
        )
        assert "very" not in told

    def test_that_are_spoilt_or_another_servers_start_nothing(self, data: Path, port: int) -> None:
        path = data_folder(data) / "passwords.json"
        others = json.dumps(dict.fromkeys(json.loads(path.read_bytes()), "very-other")).encode()
        with broken(path, b"{"):
            assert_refused(
                data, port, "cannot be read (it is empty or spoilt). Put the file back from a backup"
            )
        with broken(path, others):
            assert_refused(data, port, f"The passwords in {path} are not those of the database.")


class TestTheDatabasesFiles:
    @pytest.mark.parametrize(
        ("content", "told"),
        [(None, "is not whole: its file PG_VERSION is gone or spoilt. Put"), (b"", "is not whole: its file PG_VERSION"),
         (b"99\n", "was made by PostgreSQL 99, and this version of Platen runs"), (b"9\n", "Install the older version of")],
    )  # fmt: skip
    def test_of_another_version_or_not_whole_are_told_and_never_begun_anew(
        self, data: Path, port: int, content: bytes | None, told: str
    ) -> None:
        folder = data_folder(data) / "data"
        before = sorted(folder.iterdir())
        with broken(folder / "PG_VERSION", content):
            assert told in seen(data, port).troubles["database"]
            if content is None:
                assert_refused(data, port, told)
        assert sorted(folder.iterdir()) == before

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root keeps the database elsewhere")
    @pytest.mark.parametrize("name", ["", "../../tmp", "not-a-name-of-ours"])
    def test_are_not_looked_for_where_a_spoilt_name_leads(self, tmp_path: Path, port: int, name: str) -> None:
        (tmp_path / "installation").write_text(name)
        assert "The name of the database's folder in" in seen(tmp_path, port).troubles["database"]
        if not name:
            assert platen("up", tmp_path, port).stderr.startswith("The name of the database's folder in")

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root could begin an empty one beside it")
    def test_of_an_ordinary_user_are_not_left_aside_by_root(self, tmp_path: Path, port: int) -> None:
        (tmp_path / "postgres" / "data").mkdir(parents=True)
        (tmp_path / "postgres" / "passwords.json").touch()
        shutil.chown(tmp_path / "postgres", "nobody")
        told = seen(tmp_path, port).troubles["database"]
        assert "belongs to the account nobody" in told
        assert told.endswith("Run Platen as nobody.")


class TestTheFolder:
    def test_that_cannot_be_one_is_told_by_both(self, tmp_path: Path, port: int) -> None:
        (tmp_path / "file").touch()
        for wanted in (tmp_path / "file", tmp_path / "file" / "below"):
            told = f"Platen cannot keep its data in {wanted} ({tmp_path / 'file'} is no folder)."
            assert seen(wanted, port).troubles["folder"].startswith(told)
        done = platen("up", tmp_path / "file", port)
        assert (done.returncode, done.stderr.startswith("Platen cannot keep its data in")) == (1, True)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_that_others_shut_is_told(self, tmp_path: Path, port: int) -> None:
        tmp_path.chmod(0o500)
        try:
            assert "may not be written to" in seen(tmp_path / "new", port).troubles["folder"]
            assert "folder" not in seen(tmp_path, port).troubles, (
                "its own folder is opened again at the start"
            )
        finally:
            tmp_path.chmod(0o700)


class TestAFullDisk:
    """Stood in for by a process that may not write a byte: what it meets is the same error at the same call."""

    def test_is_told_and_leaves_no_half_of_a_file(self, tmp_path: Path, port: int) -> None:
        command = f"{sys.executable} -B -m api.cli up --data {tmp_path} --port {port}"
        done = subprocess.run(  # noqa: S603 - our own program
            ["/bin/sh", "-c", f"ulimit -f 0; exec {command}"],
            cwd=PROJECT, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 1
        assert done.stderr.startswith(f"Platen cannot keep its data in {tmp_path} (")
        assert "see that its disk has room" in done.stderr
        assert "Traceback" not in done.stderr
        assert seen(tmp_path, port).troubles.keys() == {"running"}, "with room again it can start"

    def test_leaves_a_kept_file_as_it_was(self, tmp_path: Path) -> None:
        write_private(tmp_path / "kept", "whole")
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2, hard))
        try:
            with pytest.raises(OSError, match="File too large"):
                write_private(tmp_path / "kept", "other words")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("kept", "whole")]


class TestTheSettings:
    def test_that_are_not_understood_are_told_before_anything_is_made(
        self, tmp_path: Path, port: int
    ) -> None:
        odd = {"SMTP_URL": "smtp://a:very-secret@mail.example/x", "MAIL_FROM": "dana@shop.example"}
        told = seen(tmp_path / "new", port, **odd).troubles["configuration"]
        assert told.startswith("The configuration is not understood: SMTP_URL is smtp://")
        done = platen("up", tmp_path / "new", port, **odd)
        assert (done.returncode, done.stderr.strip()) == (1, told)
        assert "very" not in told
        assert not (tmp_path / "new").exists()
