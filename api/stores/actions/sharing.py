"""Sharing stores (S1, S2): every change of a mark or the mode holds the sharing row, so that it is decided one after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.etag import check_if_match
from api.core.outbox import EventType, record
from api.core.problems import InputFault, InvalidInput
from api.stores.queries import get_sharing
from api.stores.rules import Marks, Mode, change_marks, is_shared, share_marks
from api.stores.schemas import SharingChange

_BEGIN = text("""
INSERT INTO sharing (workspace_id, account, mode, version) VALUES (:workspace, :account, 'none', 0)
ON CONFLICT DO NOTHING
""")
_LOCK = text("""
SELECT mode, version FROM sharing WHERE workspace_id = :workspace AND account = :account FOR UPDATE
""")
_MARKS = text("""
SELECT id, is_selected, is_excluded FROM store WHERE workspace_id = :workspace AND account = :account
""")
_MARK = text("""
WITH given AS (
    SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:selected AS boolean[]), CAST(:excluded AS boolean[]))
        AS given (id, is_selected, is_excluded)
), locked AS (
    SELECT s.id FROM store s JOIN given USING (id) WHERE s.workspace_id = :workspace ORDER BY s.id FOR UPDATE OF s
)
UPDATE store SET is_selected = given.is_selected, is_excluded = given.is_excluded, version = store.version + 1
FROM given JOIN locked USING (id) WHERE store.workspace_id = :workspace AND store.id = given.id
""")
_MOVE = text("""
UPDATE sharing SET mode = :mode, version = version + 1, changed_at = now()
WHERE workspace_id = :workspace AND account = :account
""")


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account's stores are shared, with the sharing row locked."""

    mode: Mode
    version: int
    marks: dict[UUID, Marks]

    def shared(self) -> set[UUID]:
        return {store_id for store_id, marks in self.marks.items() if is_shared(self.mode, marks)}


async def change_sharing(
    session: AsyncSession,
    workspace_id: UUID,
    account: str,
    change: SharingChange,
    *,
    if_match: str | None,
    actor: dict[str, Any],
) -> None:
    """Set the mode, the selection and the exceptions. Raises `PreconditionRequired`, `PreconditionFailed`, `InvalidInput`."""
    before = await lock_sharing(session, workspace_id, account)
    current = await get_sharing(session, workspace_id, account)
    check_if_match(if_match, before.version, current=current, required=True)
    _check_known(change, before)
    marks = change_marks(before.marks, selected=change.selected_store_ids, excluded=change.excluded_store_ids)
    await _settle(session, workspace_id, account, before, Standing(change.mode, 0, marks), actor)


async def share_stores(
    session: AsyncSession,
    workspace_id: UUID,
    account: str,
    store_ids: Sequence[UUID],
    *,
    shared: bool,
    actor: dict[str, Any],
) -> None:
    """Share or un-share these stores, whatever the mode (S2). Ids that the account does not have are left alone."""
    before = await lock_sharing(session, workspace_id, account)
    mode, marks = share_marks(before.mode, before.marks, set(store_ids) & set(before.marks), shared=shared)
    await _settle(session, workspace_id, account, before, Standing(mode, 0, marks), actor)


async def lock_sharing(session: AsyncSession, workspace_id: UUID, account: str) -> Standing:
    """Hold the sharing of this account; before any store in the lock order."""
    place = {"workspace": workspace_id, "account": account}
    await session.execute(_BEGIN, place)
    row = (await session.execute(_LOCK, place)).one()
    marks = {
        store.id: Marks(store.is_selected, store.is_excluded)
        for store in await session.execute(_MARKS, place)
    }
    return Standing(row.mode, row.version, marks)


def _check_known(change: SharingChange, standing: Standing) -> None:
    """Every store named must be one of the account's: a mistyped id is told, not swallowed."""
    faults = [
        InputFault(pointer=f"/{name}/{index}", code="store_not_found", message="is no store of this account")
        for name in ("selected_store_ids", "excluded_store_ids")
        for index, store_id in enumerate(getattr(change, name) or ())
        if store_id not in standing.marks
    ]
    if faults:
        raise InvalidInput(errors=tuple(faults[:50]))


async def _settle(
    session: AsyncSession,
    workspace_id: UUID,
    account: str,
    before: Standing,
    after: Standing,
    actor: dict[str, Any],
) -> None:
    """Write what differs and say so: one event for the change, one for each store that it shares or un-shares."""
    marked = {id_: marks for id_, marks in after.marks.items() if marks != before.marks[id_]}
    if not marked and after.mode == before.mode:
        return
    values: dict[str, Any] = {"workspace": workspace_id, "account": account, "mode": after.mode}
    if marked:
        await session.execute(
            _MARK,
            {
                "workspace": workspace_id,
                "ids": [*marked],
                "selected": [marks.is_selected for marks in marked.values()],
                "excluded": [marks.is_excluded for marks in marked.values()],
            },
        )
    await session.execute(_MOVE, values)
    was, is_ = before.shared(), after.shared()
    data = {
        "before": before.mode, "after": after.mode, "account": account,
        "shared": len(is_ - was), "unshared": len(was - is_),
    }  # fmt: skip
    events: list[tuple[EventType, str, list[tuple[UUID, dict[str, Any]]]]] = [
        ("sharing.changed", "workspace", [(workspace_id, data)]),
        ("store.shared", "store", [(store_id, {}) for store_id in sorted(is_ - was)]),
        ("store.unshared", "store", [(store_id, {}) for store_id in sorted(was - is_)]),
    ]
    for type_, subject_type, subjects in events:
        await record(
            session,
            type_,
            workspace_id=workspace_id,
            subject_type=subject_type,
            subjects=subjects,
            actor=actor,
        )
