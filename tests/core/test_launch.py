"""`platen up` where it must not start, in one sentence with what to do; `make` and `.ci/walk` show that it does start."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

from api.core.ports import find_free_port
from api.launch.ports import sandbox_ports

PROJECT = Path(__file__).parent.parent.parent


def up(data: Path, *, port: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "api.cli", "up", "--port", str(port), "--data", str(data)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(  # noqa: S603 - our own program
        command, cwd=data, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


class TestASecondService:
    def test_on_the_same_data_is_refused_before_it_touches_the_database(self, tmp_path: Path) -> None:
        """Stopped later, it would stop the database under the first one."""
        with (tmp_path / "lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            refused = up(tmp_path, port=find_free_port(*sandbox_ports(0).values()))
        assert refused.returncode == 1
        assert "runs already with the data in" in refused.stderr
        assert "Traceback" not in refused.stderr
        assert not (tmp_path / "postgres").exists()
