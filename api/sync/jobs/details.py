"""Reads whole orders, newest first; one that cannot be read does not take the others with it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from api.connectors.ports import StorePlatform
from api.connectors.store_platform import OrderSnapshot, PlatformCredentials
from api.connectors.vendor_errors import Refused, Unexpected, VendorError
from api.orders.actions.ingest import ingest_snapshots
from api.orders.queries.ingest import count_due_details, list_due_details
from api.orders.queries.states import window_of
from api.orders.rules.due import DueOrder
from api.orders.rules.row import approval_of
from api.sync.actions.exceptions import clear_unreadable, list_unreadable, note_unreadable
from api.sync.actions.runs import Figures
from api.sync.jobs.reader import Reader
from api.sync.rules.matching import match_answers

log = logging.getLogger("platen.sync")
# The most that the port takes at a time.
BATCH: Final = 50


@dataclass(frozen=True, slots=True)
class Due:
    """Orders to read next, and how many are due with them."""

    orders: list[DueOrder]
    count: int


async def read_due(reader: Reader, *, at_least: int = 1) -> None:
    """Read details while so many are due. Orders that could not be read before come last: they keep nobody waiting.

    A batch of which nothing can be read ends it: whatever it is, it is not these orders' own trouble alone.
    """
    async with reader.tools.database.transaction(reader.workspace_id) as session:
        unreadable = await list_unreadable(session, reader.workspace_id)
    for without in (unreadable, set[UUID]()) if unreadable else (unreadable,):
        while len((due := await _find(reader, without)).orders) >= at_least:
            if not await _read(reader, due, unreadable):
                break


async def _find(reader: Reader, without: set[UUID]) -> Due:
    """What is due and was not tried in this reading."""
    window = window_of(reader.reading.link)
    left_out = without | reader.waiting
    async with reader.tools.database.transaction(reader.workspace_id) as session:
        orders = await list_due_details(
            session, reader.workspace_id, reader.account, window, without=left_out, most=BATCH
        )
        if len(orders) < BATCH:
            return Due(orders, len(orders))
        counted = await count_due_details(
            session, reader.workspace_id, reader.account, window, without=left_out
        )
        return Due(orders, counted)


async def _read(reader: Reader, due: Due, unreadable: set[UUID]) -> bool:
    """Ask for a batch and store it; says whether any of it could be read."""
    platform, credentials = reader.platform()
    answers, calls = await ask(platform, credentials, due.orders)
    found, lacking = match_answers(due.orders, answers)
    read = {order.id for order, _ in found}
    async with reader.step() as step:
        done = await ingest_snapshots(step.session, reader.workspace_id, found, now=reader.now())
        await note_unreadable(step.session, reader.workspace_id, lacking)
        await clear_unreadable(step.session, reader.workspace_id, read & unreadable, resolution="read")
        step.figures = Figures(
            changed=reader.changed(done),
            details_read=len(found),
            details_left=due.count - len(due.orders),
            vendor_calls=calls,
        )
    reader.waiting |= {order.id for order in lacking}
    reader.waiting |= {order.id for order, answer in found if approval_of(answer) == "pending"}
    return bool(found)


async def ask(
    platform: StorePlatform, credentials: PlatformCredentials, orders: Sequence[DueOrder]
) -> tuple[list[OrderSnapshot], int]:
    """The orders that can be read, and how often the platform was asked.

    Raises `Unreachable`, `SlowDown` and `LinkBroken`: that is not one order's trouble.
    """
    try:
        wanted = [(order.external_id, order.email) for order in orders]
        return await platform.get_orders(credentials, wanted), 1
    except (Refused, Unexpected) as error:
        log.warning("orders could not be read: %s", error)
        return [], 1
    except VendorError:
        raise
    except Exception:
        # Something that our own reading trips over: it is found by halves, so that the others get through.
        if len(orders) == 1:
            log.exception("an order could not be read", extra={"order_id": str(orders[0].id)})
            return [], 1
        middle = len(orders) // 2
        first, calls = await ask(platform, credentials, orders[:middle])
        second, more = await ask(platform, credentials, orders[middle:])
        return first + second, calls + more + 1
