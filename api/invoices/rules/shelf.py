"""What the books hold of ours, found by remote id first and by marker second."""

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, Literal, Protocol, TypeVar

from api.connectors.print_shop import (
    RemoteFee,
    RemoteGroup,
    RemoteImprint,
    RemoteInvoice,
    RemoteLine,
    RemotePayment,
)
from api.invoices.rules.fields import Fields
from api.invoices.rules.steps import Written
from api.invoices.rules.texts import mark_of
from api.invoices.rules.wanted import WantedFee, WantedGroup, WantedImprint, WantedLine, WantedPayment


class Remote(Protocol):
    """Anything in the books."""

    @property
    def id(self) -> str: ...


class Wanted(Protocol):
    """Anything that is wanted there."""

    @property
    def key(self) -> str: ...

    @property
    def marker(self) -> str: ...


Verdict = Literal["create", "change", "leave"]
Thing = TypeVar("Thing", bound=Remote)


class Rack(Generic[Thing]):
    """The remote things of one kind. Of two with one marker the first counts: the other is somebody's copy."""

    def __init__(self, things: Iterable[Thing], text_of: Callable[[Thing], str]) -> None:
        self.by_id = {thing.id: thing for thing in things}
        self.by_mark: dict[str, Thing] = {}
        for thing in self.by_id.values():
            mark = mark_of(text_of(thing))
            if mark is not None:
                self.by_mark.setdefault(mark, thing)

    def find(self, wanted: Wanted, known: Written | None) -> Thing | None:
        there = self.by_id.get(known.external_id) if known is not None else None
        return there or self.by_mark.get(wanted.marker)


class Shelf:
    """Looks a wanted thing up in the remote record. A marker found without a written row is a write whose answer was lost."""

    def __init__(self, remote: RemoteInvoice, written: Mapping[str, Written]) -> None:
        self.remote = remote
        self.written = written
        self.groups = {group.id: group for group in remote.groups}
        self.lines = Rack(
            (line for group in remote.groups for line in group.lines), lambda line: line.description
        )
        self.imprints = Rack(
            (side for group in remote.groups for side in group.imprints), lambda i: i.details
        )
        self.fees = Rack(remote.fees, lambda fee: fee.description)
        self.payments = Rack(remote.payments, lambda payment: payment.description)
        self._group_of_line = {line.id: group for group in remote.groups for line in group.lines}

    def group(self, wanted: WantedGroup) -> RemoteGroup | None:
        """By its id, or by any of its lines: a group carries no text of its own."""
        known = self.written.get(wanted.key)
        if known is not None and known.external_id in self.groups:
            return self.groups[known.external_id]
        lines = (self.line(line) for line in wanted.lines)
        return next((self._group_of_line[line.id] for line in lines if line is not None), None)

    def line(self, wanted: WantedLine) -> RemoteLine | None:
        return self.lines.find(wanted, self.written.get(wanted.key))

    def imprint(self, wanted: WantedImprint) -> RemoteImprint | None:
        return self.imprints.find(wanted, self.written.get(wanted.key))

    def fee(self, wanted: WantedFee) -> RemoteFee | None:
        return self.fees.find(wanted, self.written.get(wanted.key))

    def payment(self, wanted: WantedPayment) -> RemotePayment | None:
        return self.payments.find(wanted, self.written.get(wanted.key))

    def verdict(self, key: str, *, wanted: Fields, shown: Fields | None) -> Verdict:
        """What may be done: a person's change or removal is left, and nothing removed is made again silently."""
        known = self.written.get(key)
        if shown is None:
            return "create" if known is None else "leave"
        if shown == wanted or (known is not None and known.fields != shown):
            return "leave"
        return "change"
