"""The command's own part: asking a person, printing, and the exit code of an interrupted check."""

import asyncio
import sys
from collections.abc import Sequence
from typing import Final, get_args

import orjson
import typer
from pydantic import ValidationError

from api.connectors.vendor_errors import Side
from api.vendor_checks.access import Access
from api.vendor_checks.report import COULD_NOT_LOOK, SOMETHING_STAYED, Report, check_vendors

INTERRUPTED: Final = 130


class NobodyToAskError(RuntimeError):
    """Something is missing, and nobody sits at the keyboard."""


def run_check(sides: Sequence[str], *, write: bool, as_json: bool) -> int:
    """Check, print, and return the exit code. Ctrl-C ends it after what was written is deleted."""
    chosen: list[Side] = [side for side in get_args(Side) if side in sides]
    if len(chosen) != len(set(sides)):
        typer.echo("A side is inksoft or printavo.", err=True)
        return COULD_NOT_LOOK
    try:
        access = Access()
    except ValidationError as error:
        names = sorted({str(item["loc"][0]).upper() for item in error.errors()})
        typer.echo(f"Nothing was asked: {', '.join(names)} cannot be understood.", err=True)
        return COULD_NOT_LOOK
    report = Report()
    try:
        asyncio.run(check_vendors(access, _ask, report, sides=chosen, write=write))
    except NobodyToAskError as missing:
        typer.echo(f"Nothing was asked: {missing} is not set, and there is nobody to type it.", err=True)
        return COULD_NOT_LOOK
    except KeyboardInterrupt:
        _print(report, as_json=as_json)
        typer.echo(
            "Interrupted." + ("" if report.left.ids else " Nothing of the check stayed behind."), err=True
        )
        return SOMETHING_STAYED if report.left.ids else INTERRUPTED
    _print(report, as_json=as_json)
    return report.exit_code


def _ask(what: str, is_secret: bool) -> str:
    if not sys.stdin.isatty():
        raise NobodyToAskError(what)
    answer: str = typer.prompt(what, hide_input=is_secret)
    return answer


def _print(report: Report, *, as_json: bool) -> None:
    typer.echo(orjson.dumps(report.as_json(), option=orjson.OPT_INDENT_2) if as_json else report.text())
