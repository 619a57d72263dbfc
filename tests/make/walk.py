"""Prints the shell blocks of docs/walk.md as one script: what people read is what the test runs."""

import re
from pathlib import Path

PAGE = Path(__file__).parent.parent.parent / "docs" / "walk.md"


def script() -> str:
    """All blocks in order, stopping at the first failure."""
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    return "set -euo pipefail\n" + "\n".join(blocks)


if __name__ == "__main__":
    print(script())  # noqa: T201 - a command
