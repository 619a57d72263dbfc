"""A shop's books in memory, with one record: takes steps, computes its totals by itself, and lets a person at them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from typing import Any, Literal

from api.connectors.print_shop import (
    FeeDraft,
    ImprintDraft,
    LineDraft,
    PaymentDraft,
    RemoteFee,
    RemoteGroup,
    RemoteImprint,
    RemoteInvoice,
    RemoteLine,
    RemotePayment,
)
from api.invoices.rules import steps as s
from api.invoices.rules.diff import make_steps
from api.invoices.rules.fields import fee_fields, imprint_fields, line_fields, payment_fields
from api.invoices.rules.readback import compare
from api.invoices.rules.texts import mark_of
from api.invoices.rules.wanted import WantedFee, WantedInvoice, WantedLine

Kind = Literal["quote", "group", "line", "imprint", "fee", "payment"]
MOST_AT_ONCE = 25


class Books:
    """`remote` is what a reading shows, `written` what the product remembers. `forgetful` loses every answer."""

    def __init__(self) -> None:
        self.remote: RemoteInvoice | None = None
        self.written: dict[str, s.Written] = {}
        self.forgetful = False
        self._ids = count(1)

    def push(self, wanted: WantedInvoice) -> list[s.Step]:
        """Make the steps and take them all; returns them."""
        steps = make_steps(wanted, self.remote, self.written)
        for step in steps:
            self.take(step, wanted)
        return steps

    def differences(self, wanted: WantedInvoice) -> list[s.Difference]:
        return compare(wanted, self.record, self.written)

    @property
    def record(self) -> RemoteInvoice:
        assert self.remote is not None, "no quote was made yet"
        return self.remote

    @property
    def lines(self) -> list[RemoteLine]:
        return [line for group in self.record.groups for line in group.lines]

    def take(self, step: s.Step, wanted: WantedInvoice) -> None:
        """One step, as the vendor would: refuses what it has no place for."""
        match step:
            case s.CreateQuote():
                self._create_quote(wanted)
            case s.CreateGroup(group):
                made = RemoteGroup(self._id(), group.position, group.enabled_sizes, (), ())
                self._set(groups=(*self.record.groups, made))
                self._remember(group.key, "group", made.id, {})
                self._add_lines(group.key, made.id, group.lines[:MOST_AT_ONCE])
                for imprint in group.imprints:
                    self._add_imprint(made.id, imprint.key, imprint.draft)
            case s.CreateLines(lines):
                self._add_to_groups(lines, wanted)
            case s.CreateImprint(key, imprint):
                self._add_imprint(self._group_of(key, wanted), imprint.key, imprint.draft)
            case s.WriteTogether(entries):
                for entry in entries:
                    self.take(entry, wanted)
            case s.SetStatus():
                self._set(kind="invoice")
            case _:
                self._enter(step)

    def _enter(self, step: s.Step) -> None:
        match step:
            case s.CreateFees(fees):
                assert len(fees) <= MOST_AT_ONCE
                for fee in fees:
                    self._add_fee(fee)
            case s.CreatePayment(payment):
                made_payment = self._payment(self._id(), payment.draft)
                self._set(payments=(*self.record.payments, made_payment))
                self._remember(payment.key, "payment", made_payment.id, payment_fields(payment.draft))
            case s.ChangeHeader(change):
                assert change.discount_amount is not None
                self._set(discount_amount=change.discount_amount)
                self._remember("quote", "quote", self.record.external_id, self._header_fields())
            case _:
                self._change(step)

    def _change(self, step: s.Step) -> None:
        match step:
            case s.ChangeLines(lines):
                assert len(lines) <= MOST_AT_ONCE
                for id_, line in lines:
                    self.edit_line(id_, **_drafted(line.draft))
                    self._remember(line.key, "line", id_, line_fields(line.draft))
            case s.ChangeImprint(id_, imprint):
                drafted = {"details": imprint.draft.details, "type_of_work_id": imprint.draft.type_of_work_id}
                self._in_groups("imprints", id_, lambda there: replace(there, **drafted))
                self._remember(imprint.key, "imprint", id_, imprint_fields(imprint.draft))
            case s.ChangeFees(fees):
                assert len(fees) <= MOST_AT_ONCE
                for fee_id, fee in fees:
                    made = self._fee(fee_id, fee.draft)
                    self._set(fees=tuple(made if there.id == fee_id else there for there in self.record.fees))
                    self._remember(fee.key, "fee", fee_id, fee_fields(fee.draft))
            case s.ChangePayment(id_, payment):
                self._set(
                    payments=_changed(self.record.payments, id_, lambda _: self._payment(id_, payment.draft))
                )
                self._remember(payment.key, "payment", id_, payment_fields(payment.draft))
            case s.ChangeColumns(groups):
                for _, change in groups:
                    self.enable_sizes(change.group_id, *change.sizes)
            case _:
                self._delete(step)

    def _delete(self, step: s.Step) -> None:
        match step:
            case s.DeleteLines(keys, ids):
                assert len(ids) <= MOST_AT_ONCE
                self._forget(*keys)
                for id_ in ids:
                    self.remove_line(id_)
            case s.DeleteGroup(key, id_):
                gone = {key, *(k for k, known in self.written.items() if known.parent_external_id == id_)}
                self._forget(*gone)
                self.remove_group(id_)
            case s.DeleteFee(key, id_):
                self._forget(key)
                self._set(fees=_changed(self.record.fees, id_, _nothing))
            case s.DeletePayment(key, id_):
                self._forget(key)
                self._set(payments=_changed(self.record.payments, id_, _nothing))
            case _:
                raise AssertionError(step)

    # What a person does in the shop.

    def edit_line(self, id_: str, **changes: Any) -> None:
        self._in_groups("lines", id_, lambda line: replace(line, **changes))

    def add_line(self, group_id: str, line: RemoteLine) -> None:
        self._in_group(group_id, partial(_with_line, replace(line, id=self._id())))

    def enable_sizes(self, group_id: str, *sizes: str) -> None:
        self._in_group(group_id, lambda group: replace(group, enabled_sizes=sizes))

    def remove_line(self, id_: str) -> None:
        self._in_groups("lines", id_, _nothing)

    def remove_imprint(self, id_: str) -> None:
        self._in_groups("imprints", id_, _nothing)

    def remove_group(self, id_: str) -> None:
        self._set(groups=_changed(self.record.groups, id_, _nothing))

    def edit_fee(self, id_: str, **changes: Any) -> None:
        self._set(fees=_changed(self.record.fees, id_, lambda fee: replace(fee, **changes)))

    def edit_payment(self, id_: str, **changes: Any) -> None:
        self._set(payments=_changed(self.record.payments, id_, lambda paid: replace(paid, **changes)))

    def give_discount(self, amount: int) -> None:
        self._set(discount_amount=amount)

    def line_marked(self, mark: str) -> RemoteLine:
        (found,) = [line for line in self.lines if mark_of(line.description) == mark]
        return found

    # How the record is kept.

    def _create_quote(self, wanted: WantedInvoice) -> None:
        assert self.remote is None, "one quote only"
        self.remote = RemoteInvoice(
            external_id=self._id(), kind="quote", visual_id="1042", nickname=wanted.nickname, po_number="", tags=(),
            status_id="1", status_name="Quote", public_url="", discount_amount=wanted.discount_amount,
            sales_tax_amount=0, subtotal_amount=0, total_amount=0, paid_amount=0, total_quantity=0,
            updated_at=datetime(2026, 11, 20, tzinfo=UTC),
        )  # fmt: skip
        self._set()
        self._remember("quote", "quote", self.record.external_id, self._header_fields())
        for fee in wanted.fees:
            self._add_fee(fee)

    def _header_fields(self) -> dict[str, Any]:
        return {"discount_amount": self.record.discount_amount}

    def _add_lines(self, group_key: str, group_id: str, lines: Iterable[Any]) -> None:
        wanted = list(lines)
        assert len(wanted) <= MOST_AT_ONCE, f"{len(wanted)} lines at once in {group_key}"
        for line in wanted:
            made = RemoteLine(id=self._id(), status=None, **_drafted(line.draft))
            self._in_group(group_id, partial(_with_line, made))
            self._remember(line.key, "line", made.id, line_fields(line.draft), group_id)

    def _add_fee(self, fee: WantedFee) -> None:
        made = self._fee(self._id(), fee.draft)
        self._set(fees=(*self.record.fees, made))
        self._remember(fee.key, "fee", made.id, fee_fields(fee.draft))

    def _add_to_groups(self, lines: Sequence[tuple[str, WantedLine]], wanted: WantedInvoice) -> None:
        assert len(lines) <= MOST_AT_ONCE
        for key, line in lines:
            self._add_lines(key, self._group_of(key, wanted), [line])

    def _add_imprint(self, group_id: str, key: str, draft: ImprintDraft) -> None:
        made = RemoteImprint(self._id(), draft.details, draft.type_of_work_id)
        self._in_group(group_id, lambda group: replace(group, imprints=(*group.imprints, made)))
        self._remember(key, "imprint", made.id, imprint_fields(draft), group_id)

    def _group_of(self, key: str, wanted: WantedInvoice) -> str:
        """By what is remembered, else by the marker of any of its lines."""
        if key in self.written:
            return self.written[key].external_id
        (group,) = [group for group in wanted.groups if group.key == key]
        marks = {line.marker for line in group.lines}
        (there,) = [g for g in self.record.groups if marks & {mark_of(line.description) for line in g.lines}]
        return there.id

    def _fee(self, id_: str, draft: FeeDraft) -> RemoteFee:
        return RemoteFee(id_, draft.description, draft.amount, draft.taxable)

    def _payment(self, id_: str, draft: PaymentDraft) -> RemotePayment:
        return RemotePayment(id_, draft.amount, draft.description)

    def _in_group(self, id_: str, change: Callable[[RemoteGroup], RemoteGroup]) -> None:
        assert any(group.id == id_ for group in self.record.groups), f"there is no group {id_}"
        self._set(groups=_changed(self.record.groups, id_, change))

    def _in_groups(self, member: str, id_: str, change: Callable[[Any], Any]) -> None:
        def changed(group: RemoteGroup) -> RemoteGroup:
            parts: dict[str, Any] = {member: _changed(getattr(group, member), id_, change)}
            return replace(group, **parts)

        self._set(groups=tuple(map(changed, self.record.groups)))

    def _set(self, **changes: Any) -> None:
        """Change the record and count it anew, by a rule of its own."""
        record = replace(self.record, **changes)
        lines = [line for group in record.groups for line in group.lines]
        pieces = {line.id: sum(number for _, number in line.sizes) for line in lines}
        subtotal = sum(line.unit_price_amount * pieces[line.id] for line in lines)
        self.remote = replace(
            record,
            subtotal_amount=subtotal,
            total_amount=subtotal + sum(fee.amount for fee in record.fees) - record.discount_amount,
            paid_amount=sum(payment.amount for payment in record.payments),
            total_quantity=sum(pieces.values()),
        )

    def _remember(
        self, key: str, kind: Kind, id_: str, fields: Mapping[str, Any], parent: str | None = None
    ) -> None:
        if not self.forgetful:
            known = self.written.get(key)
            self.written[key] = s.Written(
                kind, id_, parent or (known.parent_external_id if known else None), dict(fields)
            )

    def _forget(self, *keys: str) -> None:
        for key in keys:
            del self.written[key]

    def _id(self) -> str:
        return f"r{next(self._ids)}"


def _drafted(draft: LineDraft) -> dict[str, Any]:
    names = ("position", "item_number", "color", "description", "unit_price_amount", "taxed", "sizes")
    return {name: getattr(draft, name) for name in names}


def _with_line(line: RemoteLine, group: RemoteGroup) -> RemoteGroup:
    return replace(group, lines=(*group.lines, line))


def _nothing(_: Any) -> None:
    return None


def _changed(things: Iterable[Any], id_: str, change: Callable[[Any], Any]) -> tuple[Any, ...]:
    """The things with one of them changed; a change to nothing takes it out."""
    changed = [change(thing) if thing.id == id_ else thing for thing in things]
    return tuple(thing for thing in changed if thing is not None)
