"""The adapters that are in use, made from configuration by a door, and the toolbox that doors hand down to rooms."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, fields
from typing import Self

import asyncpg

from api.connectors.inksoft.adapter import InkSoft
from api.connectors.merch import MerchStores
from api.connectors.pacing import Pace, Unpaced
from api.connectors.ports import PrintShop, StorePlatform
from api.connectors.printavo.adapter import Printavo
from api.connectors.printavo.merch.adapter import PrintavoMerch
from api.core.clock import Clock
from api.core.config import Settings, parse_master_keys
from api.core.db import Database
from api.core.http import HttpDoor
from api.core.mail import Mail, NoMail, Smtp, parse_smtp_url
from api.core.pacing import PacingRow
from api.core.paging import Cursors
from api.core.secrets import KeyedHash, Sealer


@dataclass(frozen=True, slots=True)
class Vendors:
    """One adapter per port; `close` ends their connections."""

    store_platform: StorePlatform
    print_shop: PrintShop
    merch: MerchStores
    doors: tuple[HttpDoor, ...]

    async def close(self) -> None:
        for door in self.doors:
            await door.close()


def open_vendors(settings: Settings, print_shop_pace: Pace) -> Vendors:
    """The real adapters, on the addresses of the configuration (a sandbox's or the vendor's)."""
    inksoft = HttpDoor(settings.inksoft_url, timeout=settings.vendor_timeout)
    printavo = HttpDoor(settings.printavo_url, timeout=settings.vendor_timeout)
    return Vendors(
        store_platform=InkSoft(inksoft, Unpaced()),
        print_shop=Printavo(printavo, print_shop_pace),
        merch=PrintavoMerch(printavo, print_shop_pace),
        doors=(inksoft, printavo),
    )


@dataclass(frozen=True, slots=True)
class Terms:
    """What rooms go by of the configuration, by the same names and in the same units; no address and no key is among them."""

    platen_public_url: str
    origins: frozenset[str]
    sync_interval: float | None
    sync_reread: float
    sync_comparison: float
    sync_overlap: float
    push_quarantine: float
    push_gap: float
    push_lease: float

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(**{each.name: getattr(settings, each.name) for each in fields(cls)})


@dataclass(frozen=True, slots=True)
class Toolbox:
    """What a door hands down: nothing below a door reads configuration or makes its own connections."""

    settings: Terms
    database: Database
    vendors: Vendors
    clock: Clock
    sealer: Sealer
    hashes: KeyedHash
    cursors: Cursors
    mail: Mail
    # Set when this process is told to stop: what takes minutes ends with the step it is in, and goes on elsewhere.
    stopping: asyncio.Event = field(default_factory=asyncio.Event)


def open_mail(settings: Settings) -> Mail:
    """The mail server of the configuration, or the twin that sends nothing."""
    if settings.smtp_url is None or settings.mail_from is None:
        return NoMail()
    return Smtp(parse_smtp_url(settings.smtp_url.get_secret_value()), sender=settings.mail_from)


@asynccontextmanager
async def open_toolbox(settings: Settings, clock: Clock, database: Database) -> AsyncIterator[Toolbox]:
    """The toolbox over a database of the caller's; closes the vendors' connections afterwards."""
    hashes = KeyedHash(settings.platen_hmac_key.get_secret_value())
    async with AsyncExitStack() as stack:
        pool = await stack.enter_async_context(
            asyncpg.create_pool(
                settings.database_url.get_secret_value(),
                min_size=0,
                max_size=4,
                server_settings={"role": "platen_app"} if settings.database_set_role else {},
            )
        )
        pace = PacingRow(pool, hashes, interval=settings.printavo_interval)
        vendors = open_vendors(settings, pace)
        stack.push_async_callback(vendors.close)
        yield Toolbox(
            settings=Terms.of(settings),
            database=database,
            vendors=vendors,
            clock=clock,
            sealer=Sealer(parse_master_keys(settings.platen_master_keys.get_secret_value())),
            hashes=hashes,
            cursors=Cursors(settings.platen_hmac_key.get_secret_value()),
            mail=open_mail(settings),
        )
