"""The whole examination, in the order in which one thing needs the other."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from api.core.clock import Clock
from api.core.config import Settings, parse_master_keys, tell_what_is_wrong
from api.core.db import Database
from api.core.health import head_revision
from api.core.http import HttpDoor, HttpFailure
from api.core.mail import parse_smtp_url
from api.core.secrets import KeyedHash, Sealer
from api.doctor import database as checks
from api.doctor import machine
from api.doctor.findings import Finding, ok, trouble, wrong
from api.doctor.keys import check_keys
from api.worker import open_databases

NO_TROUBLES: Final[Mapping[str, str]] = MappingProxyType({})
PARTNERS: Final = {"INKSOFT_URL": "InkSoft", "PRINTAVO_URL": "Printavo"}


async def examine(
    project: Path, clock: Clock, *, read: Callable[[], Settings] | None = Settings, node: str | None = None,
    data: Path | None = None, troubles: Mapping[str, str] = NO_TROUBLES,
) -> list[Finding]:  # fmt: skip
    """Every finding about the installation in `project`, which `read` configures; nothing is changed.

    `data` is the data folder of `make up`, and `troubles` what is known to be wrong with it, in sentences by key. Without
    `read` nothing runs, and there is no more to be looked at than the machine.
    """
    data = data or project / ".platen"
    found = [machine.check_python(), machine.check_node(node, machine.wanted_node(project))]
    found.append(machine.check_space(machine.fullest(machine.places_of(project, data))))
    found.append(machine.check_secret_files(machine.secret_files(project, data)))
    found += [trouble(key, told) for key, told in troubles.items()]
    if read is None:
        return found
    settings = read_settings(read, found)
    if settings is None:
        return found
    found.append(machine.check_page(settings.platen_frontend))
    found += await check_databases(settings, clock)
    found.append(await check_mail(settings))
    addresses = {"INKSOFT_URL": settings.inksoft_url, "PRINTAVO_URL": settings.printavo_url}
    return [*found, *await check_partners(addresses, timeout=min(settings.vendor_timeout, 10.0))]


def read_settings(read: Callable[[], Settings], found: list[Finding]) -> Settings | None:
    """The settings, or None with a finding that names what is missing, never a value."""
    try:
        settings = read()
    except ValidationError as error:
        cure = "Set it right in the environment; `platen keys` prints fresh keys. What each means stands in api/core/config.py."
        told = f"The configuration is missing something, or it is not understood: {'; '.join(tell_what_is_wrong(error))}."
        found.append(wrong("configuration", told, cure))
        return None
    found.append(ok("configuration", "The configuration is complete."))
    return settings


async def check_databases(settings: Settings, clock: Clock) -> list[Finding]:
    """Both databases' addresses first; what is behind them only where both can be trusted to answer."""
    database, dispatch = open_databases(settings)
    try:
        found = await checks.check_roles({"DATABASE_URL": database, "DATABASE_DIRECT_URL": dispatch})
        if all(finding.level == "ok" for finding in found):
            found += await _look_inside(settings, database, dispatch, clock)
        return found
    finally:
        await database.close()
        await dispatch.close()


async def _look_inside(
    settings: Settings, database: Database, dispatch: Database, clock: Clock
) -> list[Finding]:
    sealer = Sealer(parse_master_keys(settings.platen_master_keys.get_secret_value()))
    hashes = KeyedHash(settings.platen_hmac_key.get_secret_value())

    async def migrations() -> list[Finding]:
        return [await checks.check_migrations(database, head_revision())]

    async def policies() -> list[Finding]:
        return [await checks.check_policies(database)]

    looks: dict[str, Callable[[], Awaitable[list[Finding]]]] = {
        "server": lambda: checks.check_server(database, clock),
        "migrations": migrations,
        "policies": policies,
        "worker": lambda: checks.check_worker(dispatch, clock.now()),
        "keys": lambda: check_keys(database, sealer, hashes),
    }
    found: list[Finding] = []
    for name, look in looks.items():
        try:
            found += await look()
        except DBAPIError as error:
            # The kind only: a driver's message can quote an address.
            told = f"The database refused to be examined for: {name} ({type(error.orig).__name__})."
            found.append(
                wrong(name, told, "See the other findings first; a missing migration is a usual cause.")
            )
    return found


async def check_mail(settings: Settings, *, seconds: float = 5) -> Finding:
    """Whether the mail server takes connections; whether it takes a letter shows with the first one."""
    if settings.smtp_url is None:
        return ok(
            "mail", "Nothing is mailed (SMTP_URL is not set): whoever makes a one-time link passes it on."
        )
    address = parse_smtp_url(settings.smtp_url.get_secret_value())
    try:
        async with asyncio.timeout(seconds):
            _, writer = await asyncio.open_connection(address.host, address.port)
    except OSError as error:
        cure = "Check SMTP_URL, the machine's way out (DNS, firewall), and whether the server is up. Letters wait until it is."
        return wrong("mail", f"The mail server in SMTP_URL does not answer ({type(error).__name__}).", cure)
    writer.close()
    return ok("mail", "The mail server answers.")


async def check_partners(addresses: Mapping[str, str], *, timeout: float) -> list[Finding]:  # noqa: ASYNC109 - handed on
    """Whether each vendor answers at all; whether it accepts an account is for `platen check-vendors`."""
    found = []
    for variable, address in addresses.items():
        name, key = PARTNERS[variable], f"partner:{variable}"
        try:
            async with HttpDoor(address, timeout=timeout) as door:
                answer = await door.send("GET", "/")
        except HttpFailure as failure:
            cure = (
                f"Check {variable}, the machine's way out (DNS, firewall, proxy), and whether {name} is up."
            )
            found.append(wrong(key, f"{name} does not answer ({failure.kind}).", cure))
        else:
            found.append(ok(key, f"{name} answers (HTTP {answer.status})."))
    return found
