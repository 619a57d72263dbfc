"""Plants each break of tests/house/breaks.toml in a copy of the code and sees that its tests turn red.

`python -m tests.make.breaks [RULE …]` runs all of them, or those of some rules; `--share N` runs N that the commit chooses.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from api.core.embedded.files import data_folder
from tests.make.rules import PROJECT, planted_breaks


def copy_project(target: Path) -> None:
    """The tracked and new files, without what is ignored; the environment is shared by a link."""
    listing = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    names = subprocess.run(listing, cwd=PROJECT, capture_output=True, check=True).stdout  # noqa: S603 - constants
    for name in filter(None, names.decode().split("\0")):
        if name.startswith("frontend/") or not (PROJECT / name).is_file():
            continue
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, target / name)
    (target / ".venv").symlink_to(PROJECT / ".venv")


def turns_red(folder: Path, planted: dict[str, Any]) -> tuple[bool, str]:
    """Apply one break, run its tests, undo it; whether they failed, and what pytest said last."""
    path = folder / planted["file"]
    sound = path.read_text()
    if sound.count(planted["find"]) != 1:
        return False, f"the text to break stands {sound.count(planted['find'])} times in {planted['file']}"
    path.write_text(sound.replace(planted["find"], planted["replace"]))
    try:
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *planted["tests"]]
        environment = {
            **os.environ,
            "PYTHONPATH": str(folder),
            "PYTHONDONTWRITEBYTECODE": "1",
            **_same_server(),
        }
        done = subprocess.run(  # noqa: S603 - our own tests
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
    finally:
        path.write_text(sound)
    last = next(iter(reversed(done.stdout.strip().splitlines())), done.stderr[-200:])
    return done.returncode == 1, last


def _same_server() -> dict[str, str]:
    """The copy's tests use the database server of this checkout: a server of its own would be left behind."""
    usual = data_folder(PROJECT / ".platen")
    return {"PLATEN_TEST_CLUSTER": str(usual.with_name(usual.name + "-tests"))}


def share_of(planted: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """So many, others at each commit, and the same ones whenever it is looked at again."""
    asked = ["git", "rev-parse", "HEAD"]
    commit = subprocess.run(asked, cwd=PROJECT, capture_output=True, check=True).stdout  # noqa: S603 - constants
    return random.Random(commit).sample(planted, count)  # noqa: S311 - no secret


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Plant breaks in a copy, and see their tests turn red.")
    parser.add_argument("rules", nargs="*", metavar="RULE")
    parser.add_argument("--share", type=int, metavar="N")
    asked = parser.parse_args(arguments)
    chosen = [one for one in planted_breaks() if not asked.rules or one["rule"] in asked.rules]
    chosen = chosen if asked.share is None else share_of(chosen, asked.share)
    green = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_project(folder)
        for planted in chosen:
            began = time.monotonic()
            red, last = turns_red(folder, planted)
            green += not red
            print(
                f"{'red  ' if red else 'GREEN'} {planted['rule']:4} {time.monotonic() - began:4.0f} s  {planted['what']}: {last}"
            )
    print(f"{len(chosen) - green} passed, {green} failed")
    return 1 if green else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
