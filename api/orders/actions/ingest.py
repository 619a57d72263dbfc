"""Writes what the platform says about orders: whole batches, hashes first, so that what did not change writes nothing (I9).

Documents, search text, counters and events stand in the same transaction. The caller (the sync) holds the fence that
keeps an older copy from overwriting a newer one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.store_platform import OrderSnapshot, OrderSummary
from api.core.ids import new_id
from api.orders.actions.changes import Change, counted, tell, write_changes
from api.orders.actions.exceptions import tell_changed, tell_sums
from api.orders.actions.rows import add_rows, write_copies, write_texts
from api.orders.queries.ingest import OrderKey, list_known, lock_rows
from api.orders.rules.document import texts_of_snapshot, texts_of_summary
from api.orders.rules.due import DueOrder
from api.orders.rules.row import after_snapshot, after_summary, approval_of, row_of_summary
from api.orders.rules.snapshot_json import snapshot_to_json
from api.stores.actions import append_deltas

BATCH: Final = 250


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came of it: orders that are new, ids of those that people see changed, entries that said nothing new.

    Of list entries also: `new` with its orders by id, `different` the ids of known orders whose entry said something
    else than before, `met` the ids of all.
    """

    added: int = 0
    changed: frozenset[UUID] = frozenset()
    unchanged: int = 0
    new: Mapping[UUID, OrderSummary] = field(default_factory=dict)
    different: Mapping[UUID, OrderSummary] = field(default_factory=dict)
    met: frozenset[UUID] = frozenset()

    def __or__(self, other: "Ingested") -> "Ingested":
        return Ingested(
            self.added + other.added,
            self.changed | other.changed,
            self.unchanged + other.unchanged,
            {**self.new, **other.new},
            {**self.different, **other.different},
            self.met | other.met,
        )


async def ingest_summaries(
    session: AsyncSession,
    workspace_id: UUID,
    account: str,
    summaries: Mapping[OrderKey, OrderSummary],
    *,
    currency: str,
    now: datetime,
) -> Ingested:
    """Store entries of the platform's order list. `currency` is the link's: the list tells none."""
    done, entries = Ingested(), list(summaries.items())
    for start in range(0, len(entries), BATCH):
        batch = dict(entries[start : start + BATCH])
        known = await list_known(session, workspace_id, account, list(batch))
        new = {key: summary for key, summary in batch.items() if key not in known}
        news = {
            known[key].id: summary
            for key, summary in batch.items()
            if key in known and known[key].summary_hash.hex() != summary.fingerprint
        }
        added = await _add(session, workspace_id, account, new, currency=currency, now=now)
        changed = await _change(session, workspace_id, news, now=now)
        done |= Ingested(
            added=len(added),
            changed=changed,
            unchanged=len(batch) - len(new) - len(news),
            new=added,
            different=news,
            met=frozenset(added) | {each.id for each in known.values()},
        )
    return done


async def ingest_snapshots(
    session: AsyncSession,
    workspace_id: UUID,
    orders: Sequence[tuple[DueOrder, OrderSnapshot]],
    *,
    now: datetime,
) -> Ingested:
    """Store whole orders. Equal content writes nothing, unless its row still asks for what was just read."""
    done = Ingested()
    for start in range(0, len(orders), BATCH):
        batch = orders[start : start + BATCH]
        news = {due.id: order for due, order in batch if _says_something(due, order)}
        changed = await _complete(session, workspace_id, news, now=now)
        done |= Ingested(0, changed, len(batch) - len(news))
    return done


async def _add(
    session: AsyncSession,
    workspace_id: UUID,
    account: str,
    new: Mapping[OrderKey, OrderSummary],
    *,
    currency: str,
    now: datetime,
) -> dict[UUID, OrderSummary]:
    """Insert; those that were really new, by id."""
    if not new:
        return {}
    rows = {
        key: row_of_summary(summary, order_id=new_id(), store_id=key.store_id, currency=currency)
        for key, summary in new.items()
    }
    ids = await add_rows(session, workspace_id, account, list(rows.values()), now=now)
    added = {key: row for key, row in rows.items() if row.id in ids}
    texts = [texts_of_summary(row, new[key]) for key, row in added.items()]
    await write_texts(session, workspace_id, texts)
    await append_deltas(session, workspace_id, map(counted, added.values()))
    await tell(session, workspace_id, "order.received", [(row, {}) for row in added.values()])
    return {row.id: new[key] for key, row in added.items()}


async def _change(
    session: AsyncSession, workspace_id: UUID, news: Mapping[UUID, OrderSummary], *, now: datetime
) -> frozenset[UUID]:
    """News from the list about known orders; ids of those that people see changed by it already."""
    if not news:
        return frozenset()
    held = await lock_rows(session, workspace_id, news)
    changes = [Change(row, after_summary(row, news[row.id])) for row in held.values()]
    await write_changes(session, workspace_id, changes, now=now)
    thin = [change.after for change in changes if not change.after.has_detail]
    await write_texts(session, workspace_id, [texts_of_summary(row, news[row.id]) for row in thin])
    # The list tells of a cancellation before the whole order does.
    await tell_changed(session, workspace_id, _attached(changes, "cancelled"))
    return frozenset(change.after.id for change in changes if change.event)


async def _complete(
    session: AsyncSession, workspace_id: UUID, news: Mapping[UUID, OrderSnapshot], *, now: datetime
) -> frozenset[UUID]:
    """Whole orders over what was known of them; ids of those that changed since they were read before."""
    if not news:
        return frozenset()
    held = await lock_rows(session, workspace_id, news)
    changes = [
        Change(row, after_snapshot(row, news[row.id]), news[row.id].approval_required)
        for row in held.values()
    ]
    await write_changes(session, workspace_id, changes, now=now)
    fresh = [each.after for each in changes if each.before.content_hash != each.after.content_hash]
    await write_texts(session, workspace_id, [texts_of_snapshot(row, news[row.id]) for row in fresh])
    # Where an order comes from is told by the list alone, so the copy takes it from the row.
    copies = [(row.id, snapshot_to_json(replace(news[row.id], origin=row.origin))) for row in fresh]
    await write_copies(session, workspace_id, copies)
    await tell_changed(session, workspace_id, _attached(changes, "content_hash"))
    await tell_sums(session, workspace_id, news, [(each.before, each.after) for each in changes])
    return frozenset(each.after.id for each in changes if each.event and each.before.has_detail)


def _attached(changes: Sequence[Change], member: str) -> list[UUID]:
    """Those on an invoice in which this member of the row changed."""
    return [
        each.after.id
        for each in changes
        if each.after.invoice_id is not None and getattr(each.before, member) != getattr(each.after, member)
    ]


def _says_something(due: DueOrder, order: OrderSnapshot) -> bool:
    """New content, or content that ends the waiting: an order that still waits for approval asks again anyway."""
    if due.content_hash is None or due.content_hash.hex() != order.content_hash:
        return True
    if not due.is_asked:
        return False
    return approval_of(order) != "pending" or order.status == "cancelled"
