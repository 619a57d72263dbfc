"""Walks the order list: the window (what is recent, what changed), the history, and a count of the whole."""

from datetime import datetime, timedelta
from typing import Final

from api.connectors.store_platform import SummaryPage, SummaryQuery
from api.orders.actions.ingest import Ingested
from api.orders.queries.ingest import count_orders
from api.sync.actions.comparisons import note_page
from api.sync.actions.entries import store_entries
from api.sync.actions.exceptions import tell_missing
from api.sync.actions.runs import Figures
from api.sync.jobs.details import BATCH, read_due
from api.sync.jobs.reader import Reader, Step
from api.sync.queries.reconciliation import find_open_comparison
from api.sync.rules import cursor as rules
from api.sync.rules.cursor import Window
from api.sync.rules.progress import Walked, entries_seen
from api.sync.rules.walk import PAGE, PageSeen, advance, went_back

# Pages of a window after which full batches of details are read between, so that the first orders are there soon.
PAGES_BETWEEN_DETAILS: Final = 5


async def read_window(reader: Reader) -> None:
    """Walk what is recent, or what changed since the window before, less the overlap."""
    overlap = timedelta(seconds=reader.tools.settings.sync_overlap)
    share_from = reader.reading.link.share_orders_from
    window: Window | None = rules.next_window(
        reader.cursor, share_from=share_from, overlap=overlap, now=reader.now()
    )
    steps_back, pages = 0, 0
    while window is not None:
        page = await _ask(reader, _query(window))
        seen = _seen(page)
        walk = advance(window.walk, seen, steps_back=steps_back)
        steps_back += went_back(window.walk, seen)
        async with reader.step() as step:
            await _store(reader, step, page, window.phase)
            step.cursor = rules.after_window(reader.cursor, window, walk, told_at=page.told_at)
        window, pages = reader.cursor.window, pages + 1
        if pages % PAGES_BETWEEN_DETAILS == 0:
            await read_due(reader, at_least=BATCH)


async def read_history(reader: Reader, *, pages: int) -> bool:
    """Walk on through all orders, so many pages at most; says whether the list is done. Its end counts what is stored."""
    steps_back = 0
    for _ in range(pages):
        walk = reader.cursor.history
        if walk is None:
            break
        asked_at = reader.now()
        page = await _ask(reader, SummaryQuery(offset=walk.offset, limit=PAGE))
        seen = _seen(page)
        after = advance(walk, seen, steps_back=steps_back)
        steps_back += went_back(walk, seen)
        async with reader.step() as step:
            done = await _store(reader, step, page, "history")
            await _note(reader, step, page, done)
            step.cursor = rules.after_history_page(reader.cursor, after, told_at=page.told_at, now=asked_at)
            if after is None:
                await _end_history(reader, step, page.total, asked_at)
    return reader.cursor.history is None


async def _note(reader: Reader, step: Step, page: SummaryPage, done: Ingested) -> None:
    """Tell the comparison that this walk is for, if there is one."""
    if reader.cursor.reconciliation_id is None:
        return
    link_id = reader.reading.link.id
    comparison = await find_open_comparison(step.session, reader.workspace_id, link_id)
    if comparison is not None and comparison.id == reader.cursor.reconciliation_id:
        await note_page(
            step.session,
            reader.workspace_id,
            comparison.id,
            done,
            expected=page.total,
            since=comparison.since,
        )


async def _end_history(reader: Reader, step: Step, total: int, asked_at: datetime) -> None:
    """Compare what the platform counts with what is stored; what is missing is said, and looked for once more."""
    stored = await count_orders(step.session, reader.workspace_id, reader.account)
    step.cursor = rules.after_history(step.cursor, total=total, stored=stored, now=asked_at)
    await tell_missing(step.session, reader.workspace_id, reader.reading.link.id, step.cursor.missing)


async def count(reader: Reader) -> bool:
    """Hourly, or when a person asked: does the platform count more orders than are stored? Then all are walked again (I9)."""
    if not rules.count_is_due(reader.cursor, asked_at=reader.asked_at, now=reader.now()):
        return False
    asked_at = reader.now()
    page = await _ask(reader, SummaryQuery(offset=0, limit=1))
    async with reader.step() as step:
        stored = await count_orders(step.session, reader.workspace_id, reader.account)
        step.cursor = rules.after_count(reader.cursor, total=page.total, stored=stored, now=asked_at)
        if step.cursor.missing < reader.cursor.missing:
            await tell_missing(step.session, reader.workspace_id, reader.reading.link.id, step.cursor.missing)
        step.figures = Figures(vendor_calls=1)
    return reader.cursor.history is not None


async def _ask(reader: Reader, query: SummaryQuery) -> SummaryPage:
    platform, credentials = reader.platform()
    return await platform.list_summaries(credentials, query)


async def _store(reader: Reader, step: Step, page: SummaryPage, walked: Walked) -> Ingested:
    """Take in the page's orders, and count them."""
    link = reader.reading.link
    done = await store_entries(step.session, reader.workspace_id, link, page.rows, now=reader.now())
    seen = entries_seen(
        [row.placed_at for row in page.rows],
        walked,
        is_first_import=reader.reading.is_first_import,
        recent_since=None if reader.cursor.modified_through is None else link.share_orders_from,
    )
    step.figures = Figures(
        expected=None if walked != "history" and reader.reading.is_first_import else page.total,
        seen=seen,
        added=done.added,
        changed=reader.changed(done),
        unchanged=done.unchanged,
        vendor_calls=1,
    )
    return done


def _query(window: Window) -> SummaryQuery:
    offset = window.walk.offset
    if window.phase == "recent":
        return SummaryQuery(offset=offset, limit=PAGE, created_since=window.since)
    return SummaryQuery(offset=offset, limit=PAGE, modified_since=window.since)


def _seen(page: SummaryPage) -> PageSeen:
    keys = [(row.store_external_id, row.external_id) for row in page.rows]
    return PageSeen(keys, page.total, is_last=page.next_offset is None)
