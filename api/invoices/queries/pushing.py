"""What a push needs to know: the wanted state, what was written, and when there is more to push."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.invoices.rules.steps import Written
from api.invoices.rules.wanted import WantedInvoice
from api.invoices.rules.wanted_json import wanted_from_json, written_from_row


@dataclass(frozen=True, slots=True)
class Push:
    """An invoice as it is to be pushed: its latest revision, and everything known of the record in the shop's books.

    `age` is in seconds since that revision was made; `external_id` is None while the record is not known to be there;
    it may be there all the same once its quote was sent.
    """

    revision: int
    age: float
    wanted: WantedInvoice
    written: dict[str, Written]
    external_id: str | None
    quote_was_sent: bool
    marker: str
    contact_id: str
    customer_due_on: date
    due_at: datetime
    status_id: str


# Nothing is written for a pair that is not linked any more, even if one of its accounts is linked to another (I8).
OF_THE_LINKED_PAIR = """EXISTS (
    SELECT FROM link made JOIN link now_linked USING (workspace_id, inksoft_account, printavo_account)
    WHERE made.workspace_id = invoice.workspace_id AND made.id = invoice.link_id AND now_linked.ended_at IS NULL)"""

_HEAD = text("""
SELECT i.revision, extract(epoch FROM now() - r.made_at)::float AS age, r.wanted, i.external_id, i.marker, i.contact_id,
       i.customer_due_on, i.due_at, i.status_id,
       EXISTS (SELECT FROM remote_operation o WHERE o.workspace_id = i.workspace_id AND o.invoice_id = i.id
               AND o.verb = 'create_quote' AND o.attempts > 0) AS quote_was_sent
FROM invoice i
JOIN invoice_revision r ON r.workspace_id = i.workspace_id AND r.invoice_id = i.id AND r.revision = i.revision
WHERE i.workspace_id = :workspace AND i.id = :invoice
""")
_WRITTEN = text("""
SELECT key, kind, external_id, parent_external_id, written FROM remote_object
WHERE workspace_id = :workspace AND invoice_id = :invoice
""")
_NEXT = text(f"""
SELECT min(greatest(push_due_at, push_lease_until, now())) FROM invoice
WHERE workspace_id = :workspace AND printavo_account = :account AND pushed_revision < revision AND NOT closed
  AND push_state IN ('queued', 'sending', 'checking') AND {OF_THE_LINKED_PAIR}
""")  # noqa: S608 - a constant
_ATTACHED = text("""
SELECT order_id FROM attachment WHERE workspace_id = :workspace AND invoice_id = :invoice AND detached_at IS NULL
""")


async def get_push(session: AsyncSession, workspace_id: UUID, invoice_id: UUID) -> Push:
    """The invoice at its latest revision, with what was written of it."""
    place = {"workspace": workspace_id, "invoice": invoice_id}
    row = (await session.execute(_HEAD, place)).one()
    written = {known.key: written_from_row(known) for known in await session.execute(_WRITTEN, place)}
    return Push(
        revision=row.revision,
        age=row.age,
        wanted=wanted_from_json(row.wanted),
        written=written,
        external_id=row.external_id,
        quote_was_sent=row.quote_was_sent,
        marker=row.marker,
        contact_id=row.contact_id,
        customer_due_on=row.customer_due_on,
        due_at=row.due_at,
        status_id=row.status_id,
    )


async def find_next_push(session: AsyncSession, workspace_id: UUID, account: str) -> datetime | None:
    """When an invoice of this Printavo account can be pushed next, by the database's clock; None when all are."""
    due_at: datetime | None = await session.scalar(_NEXT, {"workspace": workspace_id, "account": account})
    return due_at


async def list_attached_orders(session: AsyncSession, workspace_id: UUID, invoice_id: UUID) -> list[UUID]:
    """The orders that are on the invoice now."""
    return list(await session.scalars(_ATTACHED, {"workspace": workspace_id, "invoice": invoice_id}))


async def get_database_time(session: AsyncSession) -> datetime:
    """When this transaction began, by the one clock on which all workers agree."""
    now: datetime = (await session.execute(text("SELECT now()"))).scalar_one()
    return now
