"""`platen …`: the commands of the service, and the one that runs everything for a first look."""

import asyncio
import base64
import json
import os
import secrets
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import asyncpg
import typer
import uvicorn
from alembic import command
from alembic.config import Config
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from api.core.config import Settings, tell_what_is_wrong
from api.core.logs import set_up as set_up_logs

PROJECT = Path(__file__).parent.parent
# The sandboxes have the ports 11 and 12 above the app's.
Port = Annotated[int, typer.Option(help="Where the app of `make up` is served.", min=1, max=65_535 - 12)]
# Whole, because the database's programs are started elsewhere.
KEPT = typer.Option(help="Folder of all that `make up` keeps.", readable=False, resolve_path=True)
app = typer.Typer(
    # Whatever fails, a value of ours is never shown: it may be a key.
    pretty_exceptions_show_locals=False,
    no_args_is_help=True,
    add_completion=False,
    help="Platen: store orders on print-shop invoices.",
)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8470,
) -> None:
    """Run the HTTP door."""
    from api.main import create_app  # noqa: PLC0415 - so that `--help` does not load the whole service

    settings = _settings()
    set_up_logs(settings.log_level)
    _check_databases(settings)
    uvicorn.run(
        create_app(settings),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        # Believed from nobody unless TRUSTED_PROXIES names them, which the app itself looks after.
        proxy_headers=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=10,
        h11_max_incomplete_event_size=16 * 1024,
    )


@app.command()
def work() -> None:
    """Run the job door: sync, push, and everything else that is due."""
    from api.worker import run_worker  # noqa: PLC0415 - see `serve`

    settings = _settings()
    set_up_logs(settings.log_level)
    _check_databases(settings)
    asyncio.run(run_worker(settings))


@app.command()
def migrate() -> None:
    """Bring the database to the newest migration (as its owner)."""
    configuration = Config(str(PROJECT / "alembic.ini"))
    configuration.set_main_option("script_location", str(PROJECT / "migrations"))
    configuration.attributes["url"] = _settings().owner_url
    try:
        command.upgrade(configuration, "head")
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, SQLAlchemyError) as error:
        # The kind only: a driver's message can quote the address, and with it the password.
        _fail(
            f"The database cannot be migrated ({type(error).__name__}). Check DATABASE_OWNER_URL or DATABASE_URL."
        )
    except CommandError as error:
        if not isinstance(error.__cause__, ResolutionError):
            raise
        _fail(
            "A newer version of Platen migrated the database. Install that version again; nothing was changed."
        )


@app.command()
def openapi(
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether the committed file is fresh.")
    ] = False,
) -> None:
    """Write the contract to openapi/openapi.json."""
    from api.contract import render  # noqa: PLC0415 - see `serve`

    path = PROJECT / "openapi" / "openapi.json"
    fresh = render()
    if check:
        if not path.exists() or path.read_text() != fresh:
            _fail("openapi/openapi.json is stale: run `make contract` and commit it.")
        return
    path.parent.mkdir(exist_ok=True)
    path.write_text(fresh)
    typer.echo(f"wrote {path.relative_to(PROJECT)}")


@app.command()
def keys() -> None:
    """Print fresh values for PLATEN_MASTER_KEYS and PLATEN_HMAC_KEY."""
    master = base64.b64encode(secrets.token_bytes(32)).decode()
    typer.echo(f"PLATEN_MASTER_KEYS=k{secrets.token_hex(3)}:{master}")
    typer.echo(f"PLATEN_HMAC_KEY={secrets.token_urlsafe(48)}")


@app.command("reset-link")
def reset_link(email: Annotated[str, typer.Argument(help="Whose password was forgotten.")]) -> None:
    """Print a one-time link with which somebody can choose a new password: for an only owner who has no other way in."""
    from api.core.clock import SystemClock  # noqa: PLC0415 - see `serve`
    from api.identity.actions.resets import make_operator_reset  # noqa: PLC0415 - see `serve`
    from api.identity.rules.links import reset_link as link_of  # noqa: PLC0415 - see `serve`
    from api.worker import open_databases  # noqa: PLC0415 - see `serve`

    settings = _settings()
    _check_databases(settings)

    async def make() -> str | None:
        database, dispatch = open_databases(settings)
        try:
            async with database.transaction(None) as session:
                return await make_operator_reset(session, email, now=SystemClock().now())
        finally:
            await database.close()
            await dispatch.close()

    token = asyncio.run(make())
    if token is None:
        _fail("Nobody has this e-mail address.")
    typer.echo(f"Opens once, for a day: {link_of(settings.platen_public_url, token)}")


@app.command()
def up(
    port: Port = 8470,
    data: Annotated[Path, KEPT] = PROJECT / ".platen",
) -> None:
    """Run everything on this machine: database, both sandboxes, API, worker, demo data. Ctrl-C stops it all."""
    from api.launch.folder import CannotStartError  # noqa: PLC0415 - see `serve`
    from api.launch.running import launch  # noqa: PLC0415 - see `serve`

    try:
        asyncio.run(launch(PROJECT, data, port, os.environ))
    except CannotStartError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


@app.command(name="check-vendors")
def check_vendors(
    side: Annotated[list[str] | None, typer.Option(help="inksoft or printavo; both unless said.")] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Also write one marked quote to Printavo, and delete it again.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
) -> None:
    """Say point by point which assumptions about InkSoft and Printavo hold on your accounts. Reads only, unless --write.

    Credentials come from INKSOFT_STORE, INKSOFT_API_KEY (or INKSOFT_EMAIL, INKSOFT_PASSWORD), PRINTAVO_EMAIL and
    PRINTAVO_TOKEN (or PRINTAVO_PASSWORD), or are asked for. Exit code: 0 all hold, 1 some do not, 2 a side could not be
    looked at, 3 something stayed in Printavo.
    """
    from api.vendor_checks.command import run_check  # noqa: PLC0415 - see `serve`

    raise SystemExit(run_check(side or ["inksoft", "printavo"], write=write, as_json=as_json))


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")] = False,
    data: Annotated[Path | None, KEPT] = None,
    port: Port = 8470,
) -> None:
    """Examine this installation, and say what is wrong and what to do. Exit code: 0 nothing is wrong, 1 something is."""
    from api.core.clock import SystemClock  # noqa: PLC0415 - see `serve`
    from api.doctor.examination import examine  # noqa: PLC0415 - see `serve`
    from api.doctor.findings import as_text, exit_code  # noqa: PLC0415 - see `serve`
    from api.doctor.machine import node_version  # noqa: PLC0415 - see `serve`
    from api.launch.looking import look_at  # noqa: PLC0415 - see `serve`

    seen = asyncio.run(look_at(PROJECT, data, port, os.environ)) if data is not None else None
    os.environ.update((seen and seen.environment) or {})
    read, troubles = (Settings if seen.environment else None, seen.troubles) if seen else (Settings, {})
    looking = examine(PROJECT, SystemClock(), read=read, node=node_version(), data=data, troubles=troubles)
    found = asyncio.run(looking)
    told = {"exit_code": exit_code(found), "findings": [asdict(finding) for finding in found]}
    typer.echo(json.dumps(told, indent=1, ensure_ascii=False) if as_json else as_text(found))
    raise SystemExit(exit_code(found))


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        _fail(f"The configuration is not complete. {'; '.join(tell_what_is_wrong(error))}")


def _check_databases(settings: Settings) -> None:
    """No door opens on a database that keeps no workspace apart, or no promise."""
    from api.core.start import UnfitDatabaseError, check_database  # noqa: PLC0415 - see `serve`
    from api.worker import open_databases  # noqa: PLC0415 - see `serve`

    async def check() -> None:
        database, dispatch = open_databases(settings)
        try:
            await check_database(database, variable="DATABASE_URL")
            await check_database(dispatch, variable="DATABASE_DIRECT_URL")
        finally:
            await database.close()
            await dispatch.close()

    try:
        asyncio.run(check())
    except UnfitDatabaseError as error:
        _fail(str(error))


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise SystemExit(1)


def main() -> None:
    """Entry point of the `platen` command."""
    app()


if __name__ == "__main__":
    main()
