"""What can only be seen by writing to Printavo: one marked quote, looked at, and deleted again whatever happens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from api.connectors.print_shop import FeeDraft, GroupDraft, LineDraft, QuoteDraft, RemoteInvoice
from api.connectors.printavo.adapter import Printavo
from api.connectors.vendor_errors import VendorError
from api.core.http import HttpFailure
from api.vendor_checks.asking import PrintavoDesk
from api.vendor_checks.points import Check, Seen

TAG: Final = "PLATEN-CHECK"
_DELETE: Final = "mutation Delete($id: ID!) { quoteDelete(id: $id) { id } }"
_RESIZE: Final = """
mutation Resize($id: ID!, $input: LineItemInput!) { lineItemUpdate(id: $id, input: $input) { id sizes { size count } } }
"""
_LINE_AS_IT_IS: Final = "query Line($id: ID!) { lineItem(id: $id) { productStatus sizes { size count } } }"
_BATCH: Final = """
mutation Batch($inputs: [LineItemCreatesInput!]!) { lineItemCreates(inputs: $inputs) { id } }
"""
_NO_GROUP: Final = "1"
_TIMES_TO_DELETE: Final = 3
# The discount is larger than the lines: so it shows whether it is taken from fees as well.
_FEE, _DISCOUNT, _PRICE = 1234, 3500, 1000


class NobodyToQuoteError(RuntimeError):
    """The account has no contact that a quote could be made out to."""


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Quotes of this check that could not be deleted, by id."""

    ids: list[str]


@dataclass(frozen=True, slots=True)
class WritingChecks:
    """The checks on one marked quote with a line of two sizes, a fee and a discount."""

    desk: PrintavoDesk
    adapter: Printavo
    quote: RemoteInvoice

    def all(self) -> tuple[Check, ...]:
        return (
            Check("written_tag", "A new quote is found by its tag at once.", self.by_tag),
            Check("written_tax", "A sales tax of 0 keeps the account's own rate off.", self.tax),
            Check("written_total", "Lines and fees less the discount make the total.", self.total),
            Check("written_sizes", "Changing a line's sizes replaces all of them.", self.sizes),
            Check("written_columns", "A size outside the columns of its group is shown.", self.columns),
            Check("written_batch", "Of several new lines none is written when one is wrong.", self.batch),
            Check("written_status", "A line's purchasing status can move backwards.", self.status),
            Check("written_po", "The status of an attached purchase order can be set without one.", self.po),
        )

    async def by_tag(self) -> Seen:
        found = await self.adapter.find_by_tag(self.desk.credentials, tag=TAG)
        return Seen.of(self.quote.external_id in found, f"{len(found)} records with the tag")

    async def tax(self) -> Seen:
        read = await self._read()
        return Seen.of(read.sales_tax_amount == 0, f"{read.sales_tax_amount} cents of sales tax")

    async def total(self) -> Seen:
        read, wanted = await self._read(), 3 * _PRICE + _FEE - _DISCOUNT
        return Seen.of(read.total_amount == wanted, f"{wanted} cents expected, {read.total_amount} shown")

    async def sizes(self) -> Seen:
        """Names one of two sizes only: what becomes of the other one?"""
        line = (await self._read()).groups[0].lines[0]
        change = {"position": line.position, "sizes": [{"size": "size_m", "count": 5}]}
        told = await self.desk.ask(_RESIZE, id=line.id, input=change)
        kept = {each["size"]: each["count"] for each in told.data["lineItemUpdate"]["sizes"] if each["count"]}
        return Seen.of(
            kept == {"size_m": 5}, f"the size that was not named {'stayed' if len(kept) > 1 else 'went'}"
        )

    async def columns(self) -> Seen:
        """Gives the line a size that its group does not show."""
        line = (await self._read()).groups[0].lines[0]
        change = {
            "position": line.position,
            "sizes": [{"size": "size_m", "count": 1}, {"size": "size_4xl", "count": 2}],
        }
        await self.desk.ask(_RESIZE, id=line.id, input=change)
        told = await self.desk.ask(_LINE_AS_IT_IS, id=line.id)
        is_shown = any(each["size"] == "size_4xl" for each in told.data["lineItem"]["sizes"])
        return Seen.of(
            is_shown, f"a size that is no column of its group is {'shown' if is_shown else 'hidden'}"
        )

    async def batch(self) -> Seen:
        """A good line, and one for a group that there is not."""
        group = (await self._read()).groups[0]
        lines = [
            {"lineItemGroupId": id_, "input": {"position": 9, "itemNumber": "CHECK", "price": 0}}
            for id_ in (group.id, _NO_GROUP)
        ]
        told = await self.desk.ask(_BATCH, inputs=lines)
        if not told.errors:
            return Seen.unclear("a line for a group that there is not was not refused")
        written = len((await self._read()).groups[0].lines) - len(group.lines)
        return Seen.of(
            not written, "nothing was written" if not written else "those before the wrong one were written"
        )

    async def status(self) -> Seen:
        refused = [status for status in ("received", "ordered") if not await self._can_be(status)]
        return Seen.of(
            not refused, f"refused: {', '.join(refused)}" if refused else "from received to ordered"
        )

    async def po(self) -> Seen:
        is_taken = await self._can_be("attached_to_po")
        return Seen.of(is_taken, "taken" if is_taken else "refused")

    async def _can_be(self, status: str) -> bool:
        """What the line shows afterwards counts, not what was answered."""
        line = (await self._read()).groups[0].lines[0]
        change = {"position": line.position, "productStatus": status}
        await self.desk.ask(_RESIZE, id=line.id, input=change)
        told = await self.desk.ask(_LINE_AS_IT_IS, id=line.id)
        return bool(told.data["lineItem"]["productStatus"] == status)

    async def _read(self) -> RemoteInvoice:
        read = await self.adapter.read_invoice(self.desk.credentials, external_id=self.quote.external_id)
        if read is None:
            message = "the quote is gone"
            raise ValueError(message)
        return read


@asynccontextmanager
async def marked_quote(
    desk: PrintavoDesk, adapter: Printavo, left: Leftovers
) -> AsyncIterator[WritingChecks]:
    """Write the quote, and delete it when the checks are over, failed or interrupted. What stays is told in `left`.

    Older quotes of this check are deleted with it. Raises `NobodyToQuoteError` and `VendorError`.
    """
    contacts = (await adapter.list_contacts(desk.credentials, query="")).contacts
    if not contacts:
        raise NobodyToQuoteError
    known: list[str] = []
    try:
        made = await adapter.create_quote(desk.credentials, _quote(contacts[0].id))
        known.append(made.external_id)
        await adapter.create_group(desk.credentials, external_id=made.external_id, draft=_GROUP)
        yield WritingChecks(desk, adapter, made)
    finally:
        # Also on Ctrl-C: the task is cancelled, what cleans up is not.
        left.ids.extend(await asyncio.shield(_clean_up(desk, adapter, known)))


async def _clean_up(desk: PrintavoDesk, adapter: Printavo, known: list[str]) -> list[str]:
    """Delete what carries the tag; a quote whose creation was never answered is found by it as well. What stays, by id."""
    for attempt in range(_TIMES_TO_DELETE):
        try:
            tagged = await adapter.find_by_tag(desk.credentials, tag=TAG)
            for external_id in {*known, *tagged}:
                await desk.ask(_DELETE, id=external_id)
            known = [each for each in {*known, *tagged} if await _is_there(desk, adapter, each)]
        except (VendorError, HttpFailure):
            await asyncio.sleep(attempt)
            continue
        if not known:
            return []
    return known or ["unknown"]


async def _is_there(desk: PrintavoDesk, adapter: Printavo, external_id: str) -> bool:
    return await adapter.read_invoice(desk.credentials, external_id=external_id) is not None


def _quote(contact_id: str) -> QuoteDraft:
    due = datetime.now(UTC) + timedelta(days=14)
    return QuoteDraft(
        contact_id=contact_id, customer_due_on=due.date(), due_at=due, nickname="Platen check, may be deleted",
        po_number=TAG, tag=TAG, discount_amount=_DISCOUNT,
        production_note="Written by `platen check-vendors --write`, which deletes it again.",
        fees=(FeeDraft("Platen check", _FEE),),
    )  # fmt: skip


_LINE: Final = LineDraft(
    position=1, item_number="CHECK", color="Black", description="Platen check", unit_price_amount=_PRICE, taxed=False,
    sizes=(("size_m", 2), ("size_l", 1)),
)  # fmt: skip
_GROUP: Final = GroupDraft(position=1, enabled_sizes=("size_m", "size_l"), lines=(_LINE,), imprints=())
