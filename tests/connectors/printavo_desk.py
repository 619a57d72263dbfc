"""The Printavo sandbox as a desk of the tests: the port over real HTTP, and the hands and eyes of a person at the vendor."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from api.connectors.print_shop import (
    FeeDraft,
    GroupDraft,
    ImprintDraft,
    LineDraft,
    PaymentDraft,
    QuoteDraft,
    RemoteGroup,
    RemoteInvoice,
    ShopCredentials,
)
from api.connectors.printavo.adapter import Printavo
from api.connectors.record_entries import Entered, Entry, NewFees
from tests.sandbox.conftest import RunningSandbox

NORTHSIDE = ShopCredentials("office@northside.example", "DEMO-NORTHSIDE-PRINTAVO-TOKEN")
HARBOR = ShopCredentials("office@harbor.example", "DEMO-HARBOR-PRINTAVO-TOKEN")
SMALLTOWN = ShopCredentials("office@smalltown.example", "DEMO-SMALLTOWN-PRINTAVO-TOKEN")

Facts = dict[str, Any]

LINE = LineDraft(
    position=1,
    item_number="ST100",
    color="Navy",
    description="Fleece hoodie ref P-LINE0001",
    unit_price_amount=2150,
    taxed=False,
    sizes=(("size_m", 6), ("size_2xl", 2)),
    mockup_urls=("https://cdn.example/hoodie.png",),
)
IMPRINT = ImprintDraft(details="Full front, white, gold ref P-IMPR0001", type_of_work_id=None)
GROUP = GroupDraft(position=1, enabled_sizes=("size_m", "size_2xl"), lines=(LINE,), imprints=(IMPRINT,))
FEE = FeeDraft(description="Sales tax collected ref P-FEE00001", amount=833)
PAYMENT = PaymentDraft(amount=10010, description="Web order ref P-PAY00001", paid_on=date(2030, 4, 2))


def lines(count: int, *, start: int = 1) -> tuple[LineDraft, ...]:
    """Lines that differ in position and text."""
    return tuple(
        replace(LINE, position=number, description=f"Line {number}", mockup_urls=())
        for number in range(start, start + count)
    )


def in_group(group: RemoteGroup, drafts: Iterable[LineDraft]) -> list[tuple[str, LineDraft]]:
    """These lines for this group."""
    return [(group.id, draft) for draft in drafts]


@dataclass(slots=True)
class PrintavoDesk:
    """`shop` is what is tested; everything else acts on or looks at the sandbox itself."""

    shop: Printavo
    sandbox: RunningSandbox
    keys: ShopCredentials = field(default=NORTHSIDE)

    def act(self, verb: str, **arguments: object) -> Facts:
        return self.sandbox.act(verb, **arguments)

    def switch(self, **values: object) -> None:
        self.sandbox.switch(**values)

    def fault(
        self, kind: str, operation: str | None = None, *, times: int = 1, nth: int = 1, **params: object
    ) -> None:
        """Plan a mishap for the calls of this root field, or for all calls."""
        match = {"nth": nth} | ({"operation": operation} if operation else {})
        answer = self.sandbox.control.post(
            "faults", json={"kind": kind, "match": match, "times": times, "params": params}
        )
        assert answer.status_code == 200, answer.text

    def look(self, path: str) -> Any:
        answer = self.sandbox.control.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def facts(self, external_id: str) -> Facts:
        """What the sandbox itself knows of a quote or invoice."""
        found: Facts = self.look(f"state/orders/{external_id}")
        return found

    def account(self) -> Facts:
        """The account's own vocabularies."""
        ids = {entry["email"]: entry["id"] for entry in self.look("accounts")}
        found: Facts = self.look(f"state/accounts/{ids[self.keys.email]}")
        return found

    def status_id(self, kind: str) -> str:
        """Some status of type QUOTE or INVOICE."""
        return next(str(entry["id"]) for entry in self.account()["statuses"] if entry["type"] == kind)

    def writes(self) -> int:
        """How many writes the ledger holds that came in over the API."""
        return sum(entry["by"] == "api" for entry in self.look("ledger"))

    def requests(self) -> int:
        """HTTP calls since the last time this was asked."""
        counted: int = self.look("calls").get("requests", 0)
        self.sandbox.control.delete("calls")
        return counted

    def draft(self, tag: str = "P-QUOTE001", **changes: Any) -> QuoteDraft:
        contact = self.account()["contacts"][0]
        draft = QuoteDraft(
            contact_id=str(contact["id"]),
            customer_due_on=date(2030, 4, 18),
            due_at=datetime(2030, 4, 16, 22, tzinfo=UTC),
            nickname="Falcons, April",
            po_number=tag,
            tag=tag,
            discount_amount=0,
        )
        return replace(draft, **changes)

    async def quote(self, tag: str = "P-QUOTE001", **changes: Any) -> str:
        """The external id of a new quote."""
        made = await self.shop.create_quote(self.keys, self.draft(tag, **changes))
        return made.external_id

    async def enter(self, external_id: str, *entries: Entry, is_invoice: bool = False) -> list[list[Entered]]:
        """Write these into the record in one call."""
        return await self.shop.write_entries(
            self.keys, external_id=external_id, is_invoice=is_invoice, entries=entries
        )

    async def charge(self, external_id: str, *drafts: FeeDraft) -> tuple[Entered, ...]:
        """New fees on the record."""
        (made,) = await self.enter(external_id, NewFees(drafts))
        return tuple(made)

    async def read(self, external_id: str) -> RemoteInvoice:
        """The record, which must be there."""
        found = await self.shop.read_invoice(self.keys, external_id=external_id)
        assert found is not None
        return found
