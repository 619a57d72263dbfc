"""An invoice as it crosses the wire: content from the wanted state, attached orders, what the books show."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.problems import NotFound
from api.invoices.models import Invoice
from api.invoices.queries.purchasing import Goods, get_goods, show_group_purchasing, show_line_purchasing
from api.invoices.rules.texts import DOT
from api.invoices.rules.wanted import WantedGroup, WantedInvoice, WantedLine
from api.invoices.rules.wanted_json import wanted_from_json
from api.invoices.schemas.content import (
    FindingRead,
    InvoiceContent,
    InvoiceFee,
    InvoiceGroup,
    InvoiceImprint,
    InvoiceLine,
    NamedPieceRead,
    ProofRead,
    SizeCount,
)
from api.invoices.schemas.reading import AttachedOrder, InvoiceRead, PushProblem, ShopDifference, StoreRef

_HEAD = text("""
SELECT i.*, s.name AS store_name, r.wanted
FROM invoice i
JOIN store s ON s.workspace_id = i.workspace_id AND s.id = i.store_id
JOIN invoice_revision r ON r.workspace_id = i.workspace_id AND r.invoice_id = i.id AND r.revision = i.revision
WHERE i.workspace_id = :workspace AND i.id = :invoice
""")

_ORDERS = text("""
SELECT o.id, o.number, v.snapshot->>'customer_name' AS customer_name,
       (SELECT coalesce(sum(greatest((item->>'quantity')::integer, 0)), 0)
          FROM jsonb_array_elements(v.snapshot->'items') AS item) AS piece_count,
       (v.snapshot->'money'->>'total_amount')::bigint AS total_amount,
       a.order_version AS version, a.attached_at, a.attached_by
FROM attachment a
JOIN store_order o ON o.workspace_id = a.workspace_id AND o.id = a.order_id
JOIN order_version v ON v.workspace_id = a.workspace_id AND v.order_id = a.order_id AND v.version = a.order_version
WHERE a.workspace_id = :workspace AND a.invoice_id = :invoice AND a.detached_at IS NULL
ORDER BY o.number, o.id
""")


async def find_invoice(session: AsyncSession, workspace_id: UUID, invoice_id: UUID) -> Invoice:
    """The invoice's row; raises `NotFound`."""
    statement = select(Invoice).where(Invoice.workspace_id == workspace_id, Invoice.id == invoice_id)
    invoice = await session.scalar(statement)
    if invoice is None:
        raise NotFound("There is no such invoice.")
    return invoice


async def get_invoice(session: AsyncSession, workspace_id: UUID, invoice_id: UUID) -> InvoiceRead:
    """The whole invoice in four statements; raises `NotFound`."""
    place = {"workspace": workspace_id, "invoice": invoice_id}
    row = (await session.execute(_HEAD, place)).one_or_none()
    if row is None:
        raise NotFound("There is no such invoice.")
    orders = (await session.execute(_ORDERS, place)).all()
    goods = await get_goods(session, workspace_id, invoice_id)
    wanted = wanted_from_json(row.wanted)
    return InvoiceRead(
        **summary_members(row),
        external_id=row.external_id,
        public_url=row.public_url,
        status_name=row.status_name,
        customer_due_on=row.customer_due_on,
        revision=row.revision,
        pushed_revision=row.pushed_revision,
        push_problem=PushProblem.model_validate(row.push_problem) if row.push_problem else None,
        content=show_content(wanted, row.currency, goods),
        orders=[AttachedOrder.model_validate(order) for order in orders],
        differences=[_difference(one) for one in row.differences],
        read_back_at=row.read_back_at,
        version=row.version,
    )


def summary_members(row: Any) -> dict[str, Any]:
    """The members of `InvoiceSummary` from a row of `invoice` with its store's name."""
    return {
        "id": row.id,
        "number": row.visual_id,
        "nickname": row.nickname,
        "contact_name": row.contact_name,
        "store": StoreRef(id=row.store_id, name=row.store_name),
        "order_count": row.order_count,
        "piece_count": row.piece_count,
        "total_amount": row.total_amount,
        "currency": row.currency,
        "push_state": row.push_state,
        "closed": row.closed,
        "created_at": row.created_at,
        "created_by": row.created_by,
    }


def show_content(wanted: WantedInvoice, currency: str, goods: Goods | None = None) -> InvoiceContent:
    """The wanted state as people read it; `goods` with the purchasing status, which a preview has not."""
    proof = wanted.proof
    return InvoiceContent(
        nickname=wanted.nickname,
        groups=[_group(group, goods) for group in wanted.groups],
        fees=[
            InvoiceFee(kind=f.kind, description=f.draft.description, amount=f.draft.amount)
            for f in wanted.fees
        ],
        discount_amount=wanted.discount_amount,
        payment_amount=proof.payments_amount,
        proof=ProofRead.model_validate(proof),
        findings=[
            FindingRead(code=f.code, order_id=f.order_id, details=dict(f.details)) for f in wanted.findings
        ],
        order_count=wanted.order_count,
        piece_count=wanted.piece_count,
        currency=currency,
    )


def _group(group: WantedGroup, goods: Goods | None) -> InvoiceGroup:
    imprints = [
        InvoiceImprint(
            details=one.draft.details,
            type_of_work_id=one.draft.type_of_work_id,
            mockup_url=next(iter(one.draft.mockup_urls), None),
        )
        for one in group.imprints
    ]
    return InvoiceGroup(
        sizes=list(group.enabled_sizes),
        lines=[_line(line, goods) for line in group.lines],
        imprints=imprints,
        purchasing=show_group_purchasing(goods, group) if goods else None,
    )


def _line(line: WantedLine, goods: Goods | None) -> InvoiceLine:
    pieces = sum(count for _, count in line.draft.sizes)
    return InvoiceLine(
        name=line.name or line.draft.description.split(DOT)[0],
        item_number=line.draft.item_number,
        color=line.draft.color,
        description=line.draft.description,
        unit_price_amount=line.draft.unit_price_amount,
        sizes=[
            SizeCount(size=size, count=count, texts=_texts(line, size)) for size, count in line.draft.sizes
        ],
        piece_count=pieces,
        total_amount=pieces * line.draft.unit_price_amount,
        personalizations=[
            NamedPieceRead(
                order_number=one.order_number, size=one.size_text, name=one.name, number=one.number,
                values=list(one.values), quantity=one.quantity,
            )
            for one in line.named
        ],
        purchasing=show_line_purchasing(goods, line) if goods else None,
    )  # fmt: skip


def _texts(line: WantedLine, size: str) -> list[str]:
    """The platform's texts of a size, each once; none for pieces whose size was not given."""
    return list(
        dict.fromkeys(each.size_text for each in line.trace if each.size_code == size and each.size_text)
    )


def _difference(one: dict[str, Any]) -> ShopDifference:
    return ShopDifference(kind=one["kind"], field=one["field"], wanted=one["wanted"], remote=one["remote"])
