"""Prints the shell blocks of docs/walk.md as one script: what people read is what the test runs.

`python -m tests.make.walk` prints all of them; `… before HEADING` and `… from HEADING` those of one part.
"""

import re
import sys
from pathlib import Path

PAGE = Path(__file__).parent.parent.parent / "docs" / "walk.md"


def script(page: str) -> str:
    """All blocks in order, stopping at the first failure."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    return "set -euo pipefail\n" + "\n".join(blocks)


def main(part: str = "all", heading: str = "") -> str:
    page = PAGE.read_text()
    if part == "all":
        return script(page)
    before, found, behind = page.partition(f"\n## {heading}\n")
    if not found:
        raise SystemExit(f"docs/walk.md has no heading {heading}")
    return script({"before": before, "from": behind}[part])


if __name__ == "__main__":
    print(main(*sys.argv[1:]))  # noqa: T201 - a command
