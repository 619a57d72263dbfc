"""Looks at both accounts, and says point by point what holds: as text, as JSON, as an exit code."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from api.connectors.inksoft.adapter import InkSoft
from api.connectors.pacing import Unpaced
from api.connectors.printavo.adapter import Printavo
from api.connectors.vendor_errors import LinkBroken, Side, VendorError
from api.core.http import HttpDoor, HttpFailure
from api.vendor_checks.access import Access, Ask, sign_in_to_inksoft, sign_in_to_printavo
from api.vendor_checks.asking import Apart, InkSoftDesk, PrintavoDesk
from api.vendor_checks.inksoft import look_at_inksoft
from api.vendor_checks.points import NAMES, Point, count, run_checks
from api.vendor_checks.printavo import look_at_printavo
from api.vendor_checks.writing import Leftovers, NobodyToQuoteError, marked_quote

ALL_HOLDS: Final = 0
SOMETHING_DIFFERS: Final = 1
COULD_NOT_LOOK: Final = 2
SOMETHING_STAYED: Final = 3


@dataclass(slots=True)
class Report:
    """`troubles` says, by side, why it could not be looked at; `left` are quotes that could not be deleted again."""

    points: list[Point] = field(default_factory=list)
    troubles: dict[Side, str] = field(default_factory=dict)
    left: Leftovers = field(default_factory=lambda: Leftovers([]))

    @property
    def exit_code(self) -> int:
        """3 when something of ours stayed, 2 when a side could not be looked at, 1 when a point does not hold, else 0."""
        if self.left.ids:
            return SOMETHING_STAYED
        if self.troubles:
            return COULD_NOT_LOOK
        return SOMETHING_DIFFERS if count(self.points, "differs") else ALL_HOLDS

    def text(self) -> str:
        """For people."""
        lines: list[str] = []
        for side, name in NAMES.items():
            points = [point for point in self.points if point.side == side]
            told = [point.line() for point in points]
            if side in self.troubles:
                told.append(
                    f"  could not be looked at{' any further' if points else ''}: {self.troubles[side]}"
                )
            if told:
                lines += [name, *told, ""]
        if self.left.ids:
            lines += [f"These quotes stayed in Printavo, delete them there: {', '.join(self.left.ids)}", ""]
        held, differ, unclear = (count(self.points, verdict) for verdict in ("holds", "differs", "unclear"))
        return "\n".join([*lines, f"{held} hold, {differ} do not hold, {unclear} could not be told."])

    def as_json(self) -> dict[str, Any]:
        """For programs; the same facts."""
        return {
            "points": [asdict(point) for point in self.points],
            "troubles": self.troubles,
            "left": self.left.ids,
            "exit_code": self.exit_code,
        }


async def check_vendors(
    access: Access, ask: Ask, report: Report, *, sides: Sequence[Side], write: bool = False
) -> None:
    """Fill the report. It is the caller's, so that an interrupted check can still say what it left behind."""
    if "inksoft" in sides:
        async with _trouble_noted(report, "inksoft"), AsyncExitStack() as stack:
            door = await stack.enter_async_context(
                HttpDoor(access.inksoft_url, timeout=access.vendor_timeout)
            )
            await _look_at_inksoft(access, door, ask, report)
    if "printavo" in sides:
        async with _trouble_noted(report, "printavo"), AsyncExitStack() as stack:
            door = await stack.enter_async_context(
                HttpDoor(access.printavo_url, timeout=access.vendor_timeout)
            )
            await _look_at_printavo(access, door, ask, report, write=write)


@asynccontextmanager
async def _trouble_noted(report: Report, side: Side) -> AsyncIterator[None]:
    try:
        yield
    except LinkBroken as broken:
        because = {
            "credentials": "it does not accept these credentials",
            "plan": "the plan of this account does not include the API",
        }
        report.troubles[side] = because[broken.reason]
    except VendorError as error:
        report.troubles[side] = f"it gave no usable answer ({type(error).__name__})"
    except HttpFailure as failure:
        report.troubles[side] = f"it gave no whole answer ({failure.kind})"
    except NobodyToQuoteError:
        report.troubles[side] = "it has no contact that a quote could be made out to"


async def _look_at_inksoft(access: Access, door: HttpDoor, ask: Ask, report: Report) -> None:
    adapter = InkSoft(door, Unpaced())
    credentials = await sign_in_to_inksoft(access, adapter, ask)
    checks = await look_at_inksoft(InkSoftDesk(door, credentials), adapter)
    if checks is None:
        report.troubles["inksoft"] = (
            "its order list is empty: there are no orders yet, or the list covers the main store only"
        )
        return
    report.points += await run_checks("inksoft", checks.all())


async def _look_at_printavo(access: Access, door: HttpDoor, ask: Ask, report: Report, *, write: bool) -> None:
    adapter = Printavo(door, Apart(access.printavo_interval))
    credentials = await sign_in_to_printavo(access, adapter, ask)
    desk = PrintavoDesk(door, credentials, access.printavo_interval)
    report.points += await run_checks("printavo", (await look_at_printavo(desk, adapter)).all())
    if write:
        async with marked_quote(desk, adapter, report.left) as checks:
            report.points += await run_checks("printavo", checks.all())
