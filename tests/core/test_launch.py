"""`platen up` where it must not start, in one sentence with what to do; `make` and `.ci/walk` show that it does start."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

from api.launch.ports import sandbox_ports
from tests.make.sandboxes import free_port, is_free

PROJECT = Path(__file__).parent.parent.parent


def up(data: Path, *, port: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "api.cli", "up", "--port", str(port), "--data", str(data)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(  # noqa: S603 - our own program
        command, cwd=data, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def free_ports() -> int:
    """A port with its sandboxes' ports beside it, all of them free."""
    while not all(map(is_free, sandbox_ports(port := free_port()).values())):
        pass
    return port


class TestASecondService:
    def test_on_the_same_data_is_refused_before_it_touches_the_database(self, tmp_path: Path) -> None:
        """Stopped later, it would stop the database under the first one."""
        with (tmp_path / "lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            refused = up(tmp_path, port=free_ports())
        assert refused.returncode == 1
        assert "runs already with the data in" in refused.stderr
        assert "Traceback" not in refused.stderr
        assert not (tmp_path / "postgres").exists()
