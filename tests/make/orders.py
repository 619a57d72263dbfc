"""Links, stores and orders straight in the tables, written as the app's role: for tests that only read them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.db import Database
from api.core.ids import new_id
from api.orders.actions.days import append_day_deltas
from api.orders.rules.days import DayDelta
from api.orders.schemas import OrderFacts, OrderLine
from api.stores.actions import CounterDelta, append_deltas

ACCOUNT = "9001"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SHARE_FROM = datetime(2026, 11, 1, tzinfo=UTC)

_CONNECTION = text("""
INSERT INTO connection (workspace_id, id, side, external_id, account_name, plan, currency, details, state)
VALUES (:workspace, :id, :side, :external, :name, :plan, 'USD', CAST(:details AS jsonb), 'active')
""")
_LINK = text("""
INSERT INTO link (workspace_id, id, inksoft_connection_id, printavo_connection_id, inksoft_account, printavo_account,
                  currency, epoch, share_orders_from, share_sources, skip_free_orders, native_link, linked_at, linked_by)
VALUES (:workspace, :id, :inksoft, :printavo, :account, :shop, 'USD', 1, :share_from,
        '{store,proposal,embedded_designer}', false, false, now(), :id)
""")
_STORE = text("""
INSERT INTO store (workspace_id, id, account, external_id, name, kind, is_embedded, is_selected, is_excluded)
VALUES (:workspace, :id, :account, :external, :name, :kind, :embedded, :selected, :excluded)
""")
_SHARING = text("""
INSERT INTO sharing (workspace_id, account, mode) VALUES (:workspace, :account, :mode)
ON CONFLICT (workspace_id, account) DO UPDATE SET mode = excluded.mode, version = sharing.version + 1
""")
_ORDER = text("""
INSERT INTO store_order (workspace_id, id, account, store_id, external_id, number, origin, placed_at, status,
    production_status, payment_status, approval, cancelled, detail_due, has_detail, item_count, piece_count, total_amount,
    currency, summary_hash, content_hash, attach_state, invoice_id, invoice_number)
VALUES (:workspace, :id, :account, :store, :external, :number, :origin, :placed, :status, 'New', 'paid', :approval,
    :cancelled, false, true, 1, :pieces, :amount, 'USD', '\\x00', :hash, :attach_state, :invoice, :invoice_number)
RETURNING open
""")
_DOCUMENT = text("""
INSERT INTO order_document (workspace_id, order_id, summary, lines) VALUES (:workspace, :id, :summary, :lines)
""")
_SEARCH = text("""
INSERT INTO order_search (workspace_id, order_id, store_id, placed_at, text)
VALUES (:workspace, :id, :store, :placed, :text)
""")


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order to insert; what is not said is an ordinary open, approved order of one piece."""

    number: str
    placed_at: datetime = NOON
    origin: str = "store"
    status: str = "processing"
    approval: str = "approved"
    cancelled: bool = False
    customer: str = "Ana Lopez"
    email: str | None = "ana@example.com"
    pieces: int = 1
    amount: int = 2500
    attach_state: str | None = None
    invoice_id: UUID | None = None
    invoice_number: str | None = None
    content_hash: bytes = b"v1"
    lines: Sequence[OrderLine] = field(default_factory=tuple)


async def make_link(
    database: Database, workspace_id: UUID, *, account: str = ACCOUNT, share_from: datetime = SHARE_FROM
) -> UUID:
    """An active link with this InkSoft account, both sides working."""
    link, inksoft, printavo = new_id(), new_id(), new_id()
    async with database.transaction(workspace_id) as session:
        for side, id_, plan in (("inksoft", inksoft, "unlimited"), ("printavo", printavo, "premium")):
            await session.execute(
                _CONNECTION,
                {
                    "workspace": workspace_id, "id": id_, "side": side, "external": account, "name": side.title(),
                    "plan": plan, "details": '{"time_zone": "America/Chicago"}',
                },
            )  # fmt: skip
        await session.execute(
            _LINK,
            {
                "workspace": workspace_id, "id": link, "inksoft": inksoft, "printavo": printavo,
                "account": account, "shop": "77", "share_from": share_from,
            },
        )  # fmt: skip
    return link


async def end_link(database: Database, workspace_id: UUID) -> None:
    """End the active link and close its connections, as disconnecting does."""
    async with database.transaction(workspace_id) as session:
        await session.execute(
            text("UPDATE link SET ended_at = now() WHERE workspace_id = :w"), {"w": workspace_id}
        )
        await session.execute(
            text("UPDATE connection SET state = 'closed' WHERE workspace_id = :w"), {"w": workspace_id}
        )


async def make_store(
    database: Database,
    workspace_id: UUID,
    name: str,
    *,
    account: str = ACCOUNT,
    external_id: str | None = None,
    kind: str = "store",
    embedded: bool = False,
    selected: bool = False,
    excluded: bool = False,
) -> UUID:
    store_id = new_id()
    async with database.transaction(workspace_id) as session:
        await session.execute(
            _STORE,
            {
                "workspace": workspace_id, "id": store_id, "account": account, "name": name, "kind": kind,
                "external": external_id or name.lower().replace(" ", "_"), "embedded": embedded,
                "selected": selected, "excluded": excluded,
            },
        )  # fmt: skip
    return store_id


async def set_mode(database: Database, workspace_id: UUID, mode: str, *, account: str = ACCOUNT) -> None:
    async with database.transaction(workspace_id) as session:
        await session.execute(_SHARING, {"workspace": workspace_id, "account": account, "mode": mode})


async def make_orders(
    database: Database, workspace_id: UUID, store_id: UUID, *drafts: OrderDraft, account: str = ACCOUNT
) -> list[UUID]:
    """Insert the orders with documents, search texts and counter deltas; returns their ids in the order given."""
    async with database.transaction(workspace_id) as session:
        return [await _make_order(session, workspace_id, account, store_id, draft) for draft in drafts]


async def _make_order(
    session: AsyncSession, workspace_id: UUID, account: str, store_id: UUID, draft: OrderDraft
) -> UUID:
    order_id = new_id()
    is_open = await session.scalar(_ORDER, _columns(workspace_id, account, store_id, order_id, draft))
    place = {"workspace": workspace_id, "id": order_id}
    facts = OrderFacts(
        id=order_id, external_id=f"x{draft.number}", number=draft.number, customer_name=draft.customer,
        email=draft.email, placed_at=draft.placed_at, production_status="New", payment_status="paid",
        item_count=1, piece_count=draft.pieces, total_amount=draft.amount, currency="USD",
    )  # fmt: skip
    lines = ",".join(line.model_dump_json() for line in draft.lines)
    await session.execute(
        _DOCUMENT, {**place, "summary": facts.model_dump_json()[1:-1], "lines": f"[{lines}]"}
    )
    names = " ".join(f"{line.name} {line.item_number}" for line in draft.lines)
    words = f"{draft.number} {draft.customer} {draft.email or ''} {names}".lower()
    await session.execute(_SEARCH, {**place, "store": store_id, "placed": draft.placed_at, "text": words})
    delta = CounterDelta(
        store_id, draft.origin, draft.amount == 0, orders=1, open_orders=int(is_open), open_pieces=draft.pieces * is_open,
        open_amount=draft.amount * is_open, attached_orders=int(draft.invoice_id is not None),
    )  # fmt: skip
    await append_deltas(session, workspace_id, [delta])
    is_attached = draft.invoice_id is not None
    counts = not draft.cancelled and (draft.approval == "approved" or is_attached)
    day = DayDelta(
        store_id, draft.placed_at, draft.origin, draft.amount == 0, int(counts), int(counts and is_attached)
    )
    await append_day_deltas(session, workspace_id, [day])
    return order_id


def _columns(
    workspace_id: UUID, account: str, store_id: UUID, order_id: UUID, draft: OrderDraft
) -> dict[str, Any]:
    return {
        "workspace": workspace_id, "id": order_id, "account": account, "store": store_id,
        "external": f"x{draft.number}", "number": draft.number, "origin": draft.origin, "placed": draft.placed_at,
        "status": draft.status, "approval": draft.approval, "cancelled": draft.cancelled, "pieces": draft.pieces,
        "amount": draft.amount, "hash": draft.content_hash, "attach_state": draft.attach_state,
        "invoice": draft.invoice_id, "invoice_number": draft.invoice_number,
    }  # fmt: skip


async def pin_version(
    database: Database, workspace_id: UUID, order_id: UUID, version: int, content_hash: bytes
) -> None:
    """Pin a version as attaching does (A4)."""
    async with database.transaction(workspace_id) as session:
        await session.execute(
            text(
                "INSERT INTO order_version (workspace_id, order_id, version, content_hash, snapshot) "
                "VALUES (:workspace, :id, :version, :hash, '{}')"
            ),
            {"workspace": workspace_id, "id": order_id, "version": version, "hash": content_hash},
        )


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
