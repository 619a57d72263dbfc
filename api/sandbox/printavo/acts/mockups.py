"""Pictures and files by address: the vendor copies them, and answers with addresses of its own."""

import mimetypes
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from api.sandbox.printavo.acts.inputs import ById, FileIn, MockupIn
from api.sandbox.printavo.acts.verbs import Verb, order_of
from api.sandbox.printavo.orders import Imprint, Line, Mockup, Order, ProductionFile
from api.sandbox.printavo.records import Account
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Args, Refused

FILE_HOST = "https://cdn.filepicker.invalid"


class LineMockup(Args):
    line_item_id: str
    public_image_url: str


class ImprintMockup(Args):
    imprint_id: str
    public_image_url: str


class FileOf(Args):
    parent_id: str
    public_file_url: str


def check_addresses(world: World, addresses: Sequence[str]) -> None:
    """Raises Refused for what can never be fetched, or for everything when the switch says so."""
    for address in addresses:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused("File could not be fetched: the address is not a public URL")
        if world.switches["file_fetch"] == "refused":
            raise Refused("File could not be fetched")


def write_mockup(world: World, account: Account, given: MockupIn, at: datetime) -> Mockup:
    stamped = world.stamped(Mockup, account, at)
    mockup = Mockup(
        **stamped,
        source_url=given.public_image_url,
        handle=world.secret("mockup", stamped["id"])[:20],
        fetch=world.switches["file_fetch"],
    )
    return world.keep(mockup)


def write_file(world: World, order: Order, given: FileIn, at: datetime) -> ProductionFile:
    stamped = world.stamped(ProductionFile, order.account, at)
    name = PurePosixPath(urlsplit(given.public_file_url).path).name or None
    kept = world.keep(
        ProductionFile(
            **stamped,
            order=order,
            source_url=given.public_file_url,
            file_url=f"{FILE_HOST}/{world.secret('file', stamped['id'])[:20]}",
            mime_type=mimetypes.guess_type(name or "")[0] or "application/octet-stream",
            name=name,
        )
    )
    order.production_files.append(kept)
    return kept


def _check_line_mockup(world: World, account: Account, given: LineMockup) -> None:
    world.get(Line, given.line_item_id, account)
    check_addresses(world, [given.public_image_url])


def _write_line_mockup(world: World, account: Account, given: LineMockup, at: datetime) -> str:
    line = world.get(Line, given.line_item_id, account)
    mockup = write_mockup(world, account, MockupIn(public_image_url=given.public_image_url), at)
    line.mockups.append(mockup)
    world.touch(at, line, line.line_item_group, line.line_item_group.order)
    return mockup.id


def _check_imprint_mockup(world: World, account: Account, given: ImprintMockup) -> None:
    world.get(Imprint, given.imprint_id, account)
    check_addresses(world, [given.public_image_url])


def _write_imprint_mockup(world: World, account: Account, given: ImprintMockup, at: datetime) -> str:
    imprint = world.get(Imprint, given.imprint_id, account)
    mockup = write_mockup(world, account, MockupIn(public_image_url=given.public_image_url), at)
    imprint.mockups.append(mockup)
    world.touch(at, imprint, imprint.group, imprint.group.order)
    return mockup.id


def _check_file(world: World, account: Account, given: FileOf) -> None:
    order_of(world, account, given.parent_id)
    check_addresses(world, [given.public_file_url])


def _write_file(world: World, account: Account, given: FileOf, at: datetime) -> str:
    order = order_of(world, account, given.parent_id)
    kept = write_file(world, order, FileIn(public_file_url=given.public_file_url), at)
    world.touch(at, order)
    return kept.id


def _check_file_delete(world: World, account: Account, given: ById) -> None:
    world.get(ProductionFile, given.id, account)


def _delete_file(world: World, account: Account, given: ById, at: datetime) -> str:
    kept = world.get(ProductionFile, given.id, account)
    kept.order.production_files.remove(kept)
    world.drop(kept)
    world.touch(at, kept.order)
    return kept.id


VERBS: dict[str, Verb[Any]] = {
    "lineItemMockupCreate": Verb(
        LineMockup, _check_line_mockup, _write_line_mockup, Mockup, "lineItemMockupCreates"
    ),
    "imprintMockupCreate": Verb(
        ImprintMockup, _check_imprint_mockup, _write_imprint_mockup, Mockup, "imprintMockupCreates"
    ),
    "productionFileCreate": Verb(FileOf, _check_file, _write_file, ProductionFile, "productionFileCreates"),
    "productionFileDelete": Verb(ById, _check_file_delete, _delete_file),
}
