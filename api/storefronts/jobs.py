"""The job `merch`: reads Printavo's own stores, a bounded number of calls a turn, at the pace of every other call."""

import logging
import math
from typing import Any, Final
from uuid import UUID

from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import Refused, Unexpected, Unreachable, VendorError
from api.core.jobs import JobBook
from api.storefronts.actions.orders import begin_again, store_page
from api.storefronts.actions.reading import (
    MERCH,
    DueStore,
    OvertakenError,
    Reading,
    begin_reading,
    end_turn,
    find_due_store,
    give_up,
)
from api.storefronts.actions.stores import store_stores
from api.storefronts.rules.merch import CALLS_A_TURN

log = logging.getLogger("platen.merch")
book = JobBook()
A_PAGE: Final = 25


@book.job(MERCH, tries=1)
async def read_merch(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """List the stores when that is due, then read the orders of those that changed; go on next time where this stopped."""
    workspace = UUID(workspace_id)
    async with tools.database.transaction(workspace) as session:
        reading = await begin_reading(session, tools.sealer, workspace, now=tools.clock.now())
    if reading is None:
        return
    try:
        is_done = await _read(tools, reading)
    except OvertakenError:
        log.info("a reading of merch stores was left to another", extra={"workspace_id": workspace_id})
        return
    except Exception as error:
        async with tools.database.transaction(workspace) as session:
            await give_up(session, reading, error, now=tools.clock.now())
        if not isinstance(error, VendorError):
            raise
        return
    async with tools.database.transaction(workspace) as session:
        await end_turn(session, reading, now=tools.clock.now(), is_done=is_done)


async def _read(tools: Toolbox, reading: Reading) -> bool:
    """Whether nothing is due any more; False when the turn's calls were used up first.

    A store that cannot be read holds up no other one: its trouble is raised when the others had their turn.
    """
    calls, stuck = 0, dict[UUID, VendorError]()
    if reading.lists:
        stores = await tools.vendors.merch.list_stores(reading.credentials)
        calls += max(1, math.ceil(len(stores) / A_PAGE))
        async with tools.database.transaction(reading.workspace_id) as session:
            await store_stores(session, reading, stores, now=tools.clock.now())
    while calls < CALLS_A_TURN:
        async with tools.database.transaction(reading.workspace_id) as session:
            due = await find_due_store(session, reading, without=stuck)
        if due is None:
            break
        calls += 1
        if trouble := await _read_page(tools, reading, due):
            stuck[due.id] = trouble
    if stuck:
        raise next(iter(stuck.values()))
    return calls < CALLS_A_TURN


async def _read_page(tools: Toolbox, reading: Reading, due: DueStore) -> VendorError | None:
    """Read and keep the next page of a store's orders; returns what is wrong with this store alone, if anything."""
    try:
        page = await tools.vendors.merch.list_orders(
            reading.credentials, store_id=due.external_id, cursor=due.cursor
        )
    except (Refused, Unexpected) as error:
        async with tools.database.transaction(reading.workspace_id) as session:
            await begin_again(session, reading, due)
        return error
    async with tools.database.transaction(reading.workspace_id) as session:
        is_whole = await store_page(session, reading, due, page, now=tools.clock.now())
    if is_whole:
        return None
    return Unreachable("printavo", "not as many merch orders as there are: somebody edited in between")
