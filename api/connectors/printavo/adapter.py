"""Printavo as the `PrintShop` port: one method, one document, except where pages are walked."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final, Literal, TypeVar

from pydantic import BaseModel

from api.connectors.pacing import Pace
from api.connectors.print_shop import (
    ColumnsChange,
    ContactDraft,
    ContactPage,
    GroupDraft,
    LineChange,
    LineDraft,
    LineStatus,
    PrintShopContact,
    PrintShopStatus,
    QuoteDraft,
    RemoteGroup,
    RemoteInvoice,
    RemoteLine,
    ShopAccount,
    ShopCredentials,
    TypeOfWork,
)
from api.connectors.printavo import invoices, wire
from api.connectors.printavo.client import PrintavoClient
from api.connectors.printavo.entries import make_part
from api.connectors.printavo.mapping import reading, writing
from api.connectors.printavo.pages import LARGEST_PAGE, parse, understood, walk
from api.connectors.printavo.refusals import topic
from api.connectors.record_entries import Entered, Entry
from api.connectors.vendor_errors import LinkBroken, Refused, Unexpected
from api.core.http import HttpDoor

Keys = ShopCredentials
Model = TypeVar("Model", bound=BaseModel)
_MOST: Final = writing.MOST_AT_ONCE


class Printavo:
    """One instance serves all shops. `egress` names the address that calls leave from, which Printavo counts by too."""

    def __init__(self, door: HttpDoor, pace: Pace, *, egress: str = "default") -> None:
        self._client = PrintavoClient(door, pace, egress=egress)

    async def sign_in(self, *, email: str, password: str) -> Keys:
        refused = LinkBroken("printavo", "the credentials were not accepted")
        try:
            raw = await self._client.sign_in(email=email, password=password)
        except Refused:
            raise refused from None
        if raw is None:
            raise refused
        return ShopCredentials(email=email, token=parse(wire.LoggedIn, raw).token, lane="interactive")

    async def verify(self, credentials: Keys) -> ShopAccount:
        user = parse(wire.User, await self._client.ask(credentials, "account"))
        return reading.to_account(user, email=credentials.email)

    async def list_statuses(
        self, credentials: Keys, *, kind: Literal["quote", "invoice"] | None = None
    ) -> list[PrintShopStatus]:
        wanted = {"type": kind.upper()} if kind else {}

        async def page(cursor: str | None) -> wire.Page[wire.Status]:
            raw = await self._client.ask(credentials, "statuses", {"after": cursor, **wanted})
            return parse(wire.Page[wire.Status], raw)

        found = await walk(await page(None), page)
        return [reading.to_status(status) for status in sorted(found, key=lambda status: status.position)]

    async def list_types_of_work(self, credentials: Keys) -> list[TypeOfWork]:
        """Without archived ones."""

        async def page(cursor: str | None) -> wire.Page[wire.TypeOfWork]:
            raw = await self._client.ask(credentials, "types_of_work", {"after": cursor})
            return parse(wire.WorkPages, raw).types_of_work

        found = await walk(await page(None), page)
        return [reading.to_type_of_work(work) for work in found if not work.archived]

    async def list_contacts(
        self, credentials: Keys, *, query: str, limit: int = LARGEST_PAGE, after: str | None = None
    ) -> ContactPage:
        """Each customer's primary contact only: an invoice goes to an organisation, not to one of its people."""
        asked = {"query": query, "first": limit, "after": after}
        found = parse(wire.Page[wire.Contact], await self._client.ask(credentials, "contacts", asked))
        return understood(reading.to_contact_page, found)

    async def create_contact(self, credentials: Keys, draft: ContactDraft) -> PrintShopContact:
        made = await self._write(
            credentials, "customer_create", wire.NewCustomer, input=writing.customer_input(draft)
        )
        return reading.to_contact(made.primary_contact)

    async def find_by_tag(self, credentials: Keys, *, tag: str) -> list[str]:
        """Printavo's own filter is only trusted to leave nothing out."""

        async def page(cursor: str | None) -> wire.Page[wire.TaggedOrder]:
            raw = await self._client.ask(credentials, "tagged_orders", {"tag": tag, "after": cursor})
            return parse(wire.Page[wire.TaggedOrder], raw)

        return [order.id for order in await walk(await page(None), page) if tag in order.tags]

    async def read_invoice(self, credentials: Keys, *, external_id: str) -> RemoteInvoice | None:
        ask, ask_pages = partial(self._client.ask, credentials), partial(self._client.ask_pages, credentials)
        return await invoices.read_invoice(ask, ask_pages, external_id)

    async def create_quote(self, credentials: Keys, draft: QuoteDraft) -> RemoteInvoice:
        made = await self._write(credentials, "quote_create", wire.NewQuote, input=writing.quote_input(draft))
        return understood(reading.to_new_quote, made)

    async def write_entries(
        self, credentials: Keys, *, external_id: str, is_invoice: bool, entries: Sequence[Entry]
    ) -> list[list[Entered]]:
        if len(entries) > _MOST:
            message = f"at most {_MOST} entries in one call"
            raise ValueError(message)
        parts = [make_part(entry, external_id=external_id, is_invoice=is_invoice) for entry in entries]
        writes = [(part.document, part.variables) for part in parts]
        is_atomic = sum(part.count for part in parts) <= 1
        answers = await self._client.ask_writes(credentials, writes, atomic=is_atomic)
        return [part.read(raw) for part, raw in zip(parts, answers, strict=True)]

    async def set_status(self, credentials: Keys, *, external_id: str, status_id: str) -> str:
        """Raises `Unexpected` when the record changed its id on the way: its tag finds it again."""
        moved = await self._write(
            credentials, "status_update", wire.MovedOrder, id=external_id, status=status_id
        )
        if moved.id != external_id:
            raise Unexpected("printavo", f"record {external_id} became {moved.id}")
        return reading.to_kind(moved.typename)

    async def create_group(self, credentials: Keys, *, external_id: str, draft: GroupDraft) -> RemoteGroup:
        raw = await self._write(
            credentials,
            "line_item_group_create",
            wire.Group,
            id=external_id,
            input=writing.group_input(draft),
        )
        made = await invoices.read_group(partial(self._client.ask_pages, credentials), raw)
        if (len(made.lines), len(made.imprints)) != (len(draft.lines[:_MOST]), len(draft.imprints)):
            raise Unexpected("printavo", "the new group does not hold what was sent")
        return made

    async def change_group_columns(self, credentials: Keys, *, changes: Sequence[ColumnsChange]) -> None:
        inputs = [{"id": each.group_id, "input": writing.columns_input(each)} for each in changes]
        await self._write_many(credentials, "line_item_group_updates", wire.WithId, inputs=inputs)

    async def delete_group(self, credentials: Keys, *, group_id: str) -> None:
        await self._write(credentials, "line_item_group_delete", wire.WithId, id=group_id)

    async def create_lines(
        self, credentials: Keys, *, drafts: Sequence[tuple[str, LineDraft]]
    ) -> list[RemoteLine]:
        inputs = [
            {"lineItemGroupId": group_id, "input": writing.line_create_input(draft)}
            for group_id, draft in drafts
        ]
        made = await self._write_many(credentials, "line_item_creates", wire.Line, inputs=inputs)
        return [reading.to_line(line) for line in made]

    async def change_lines(self, credentials: Keys, *, changes: Sequence[LineChange]) -> list[RemoteLine]:
        inputs = [{"id": each.line_id, "input": writing.line_update_input(each)} for each in changes]
        changed = await self._write_many(credentials, "line_item_updates", wire.Line, inputs=inputs)
        return [reading.to_line(line) for line in changed]

    async def read_line(self, credentials: Keys, *, line_id: str) -> RemoteLine | None:
        """Printavo has no null for a line: one that is gone is an error, as every refusal is.

        Only one of the question itself is none of the line's: that the line is there or not was not said.
        """
        try:
            raw = await self._client.ask(credentials, "line_item", {"id": line_id})
        except Refused as refusal:
            if topic(refusal.detail) == "document":
                raise Unexpected("printavo", refusal.detail) from None
            return None
        return reading.to_line(parse(wire.Line, raw))

    async def set_line_status(
        self, credentials: Keys, *, line_id: str, position: int, status: LineStatus
    ) -> RemoteLine:
        change = writing.line_status_input(status, position=position)
        return reading.to_line(
            await self._write(credentials, "line_item_update", wire.Line, id=line_id, input=change)
        )

    async def delete_lines(self, credentials: Keys, *, line_ids: Sequence[str]) -> None:
        for start in range(0, len(line_ids), _MOST):
            ids = list(line_ids[start : start + _MOST])
            await self._write_many(credentials, "line_item_deletes", wire.WithId, ids=ids)

    async def delete_imprint(self, credentials: Keys, *, imprint_id: str) -> None:
        await self._write(credentials, "imprint_delete", wire.WithId, id=imprint_id)

    async def delete_fee(self, credentials: Keys, *, fee_id: str) -> None:
        await self._write(credentials, "fee_delete", wire.WithId, id=fee_id)

    async def delete_payment(self, credentials: Keys, *, payment_id: str) -> None:
        await self._write(credentials, "payment_delete", wire.WithId, id=payment_id)

    async def _write(self, credentials: Keys, name: str, model: type[Model], **variables: Any) -> Model:
        return parse(model, await self._client.ask(credentials, name, variables))

    async def _write_many(
        self, credentials: Keys, name: str, model: type[Model], **variables: Sequence[Any]
    ) -> list[Model]:
        """A batch, given as the one variable of its document. `Unexpected` unless it answers for every member."""
        (batch,) = variables.values()
        if len(batch) > _MOST:
            message = f"at most {_MOST} in one call"
            raise ValueError(message)
        raw = await self._client.ask(credentials, name, variables, atomic=len(batch) <= 1)
        if not isinstance(raw, list) or len(raw) != len(batch):
            raise Unexpected("printavo", f"{name}: not as many results as were asked for")
        return [parse(model, entry) for entry in raw]
