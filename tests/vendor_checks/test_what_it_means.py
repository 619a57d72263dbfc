"""Whatever the check may say, the page about it says what Platen does then."""

from typing import Any

from api.vendor_checks.inksoft import InkSoftChecks
from api.vendor_checks.printavo import PrintavoChecks
from api.vendor_checks.writing import WritingChecks
from tests.conftest import PROJECT


def test_every_point_has_its_row_and_every_row_its_point() -> None:
    nobody: Any = None
    checks = (
        *InkSoftChecks(nobody, nobody, newest=(), total=0).all(),
        *PrintavoChecks(nobody, nobody).all(),
        *WritingChecks(nobody, nobody, nobody).all(),
    )
    page = (PROJECT / "docs" / "connect-real-accounts.md").read_text()
    _, _, meanings = page.partition("## What a point that does not hold means")
    rows = [line for line in meanings.partition("\n## ")[0].splitlines() if line.startswith("| ")]
    points = [row.split(" | ")[0].removeprefix("| ") for row in rows]
    said = [check.assumption.removesuffix(".") for check in checks]
    assert [point for point in points if not point.startswith(("InkSoft", "Printavo"))] == said
