"""The processes of one installation go down in order, and whoever did not is told of: no loss is promised away."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from api.core.crew import Crew
from api.core.embedded.cluster import Cluster
from api.core.embedded.programs import EmbeddedPostgresError
from api.launch import running

MODULES = {
    "obliging": "import signal; signal.signal(signal.SIGTERM, lambda *_: exit(0)); print('ready', flush=True); signal.pause()",
    "plain": "import signal; print('ready', flush=True); signal.pause()",
    "stubborn": "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True)\n"
    "while True: signal.pause()",
    "failing": "import signal; signal.signal(signal.SIGTERM, lambda *_: exit(3)); print('ready', flush=True); signal.pause()",
    "over": "print('ready', flush=True); exit(4)",
}


@asynccontextmanager
async def crew_of(folder: Path, *names: str) -> AsyncIterator[Crew]:
    """Such processes, each of which has said that it is ready; none of them is there afterwards."""
    crew = Crew(folder, {**os.environ, "PYTHONPATH": str(folder)}, patience=0.5)
    try:
        for name in names:
            (folder / f"{name}.py").write_text(MODULES[name])
            await crew.start(name, name)
            while "ready" not in crew.tail(name):
                assert crew.running[name].returncode in (None, 4)
                await asyncio.sleep(0.01)
        yield crew
        assert [name for name, process in crew.running.items() if process.returncode is None] == []
    finally:
        for process in crew.running.values():
            if process.returncode is None:
                process.kill()
                await process.wait()


class TestStopping:
    async def test_in_order_is_no_loss(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        async with crew_of(tmp_path, "obliging", "plain") as crew:
            await running.take_down(crew, None)
        assert capsys.readouterr().out == "Platen has stopped; nothing was lost.\n"

    @pytest.mark.parametrize("name", ["stubborn", "failing", "over"])
    async def test_out_of_order_is_told_with_who_it_was(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        async with crew_of(tmp_path, "obliging", name, "plain") as crew:
            if name == "over":
                await crew.running[name].wait()
            await running.take_down(crew, None)
        told = capsys.readouterr().out
        assert told.startswith(f"Platen has stopped, but not in order: {name}. What was saved is safe;"), told
        assert "nothing was lost" not in told

    async def test_with_a_database_that_does_not_stop_is_told_too(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_folder: Path) -> None:
            raise EmbeddedPostgresError

        monkeypatch.setattr(running, "stop_cluster", refuse)
        async with crew_of(tmp_path, "stubborn") as crew:
            await running.take_down(crew, Cluster(tmp_path, 1, {}))
        assert "not in order: stubborn and database." in capsys.readouterr().out
