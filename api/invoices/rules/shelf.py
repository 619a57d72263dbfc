"""What the books hold of ours, found by remote id first and by marker second."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from api.connectors.print_shop import (
    RemoteFee,
    RemoteGroup,
    RemoteImprint,
    RemoteInvoice,
    RemoteLine,
    RemotePayment,
)
from api.invoices.rules.fields import Fields, find_mark
from api.invoices.rules.steps import Written
from api.invoices.rules.wanted import WantedFee, WantedGroup, WantedImprint, WantedLine, WantedPayment


@dataclass(frozen=True, slots=True)
class Shelf:
    """Looks a wanted thing up in the remote record. A marker found without a written row is a write whose answer was lost."""

    remote: RemoteInvoice
    written: Mapping[str, Written]

    def group(self, wanted: WantedGroup) -> RemoteGroup | None:
        """By its id, or by any of its lines: a group carries no text of its own."""
        known = self.written.get(wanted.key)
        for group in self.remote.groups:
            if known is not None and group.id == known.external_id:
                return group
        marks = [line.marker for line in wanted.lines]
        for group in self.remote.groups:
            if any(find_mark(line.description, mark) for line in group.lines for mark in marks):
                return group
        return None

    def line(self, wanted: WantedLine) -> RemoteLine | None:
        lines = [line for group in self.remote.groups for line in group.lines]
        known = self.written.get(wanted.key)
        by_id = [line for line in lines if known is not None and line.id == known.external_id]
        by_mark = [line for line in lines if find_mark(line.description, wanted.marker)]
        return next(iter((*by_id, *by_mark)), None)

    def imprint(self, wanted: WantedImprint) -> RemoteImprint | None:
        imprints = [imprint for group in self.remote.groups for imprint in group.imprints]
        known = self.written.get(wanted.key)
        by_id = [imprint for imprint in imprints if known is not None and imprint.id == known.external_id]
        by_mark = [imprint for imprint in imprints if find_mark(imprint.details, wanted.marker)]
        return next(iter((*by_id, *by_mark)), None)

    def fee(self, wanted: WantedFee) -> RemoteFee | None:
        known = self.written.get(wanted.key)
        by_id = [fee for fee in self.remote.fees if known is not None and fee.id == known.external_id]
        by_mark = [fee for fee in self.remote.fees if find_mark(fee.description, wanted.marker)]
        return next(iter((*by_id, *by_mark)), None)

    def payment(self, wanted: WantedPayment) -> RemotePayment | None:
        known = self.written.get(wanted.key)
        by_id = [one for one in self.remote.payments if known is not None and one.id == known.external_id]
        by_mark = [one for one in self.remote.payments if find_mark(one.description, wanted.marker)]
        return next(iter((*by_id, *by_mark)), None)

    def verdict(
        self, key: str, *, wanted: Fields, shown: Fields | None
    ) -> Literal["create", "change", "leave"]:
        """What may be done: a person's change or removal is left, and nothing removed is made again silently."""
        known = self.written.get(key)
        if shown is None:
            return "create" if known is None else "leave"
        if shown == wanted or (known is not None and known.fields != shown):
            return "leave"
        return "change"
