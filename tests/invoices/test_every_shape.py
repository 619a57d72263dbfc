"""Every order of the simulated InkSoft, read by the real adapter over HTTP, becomes an invoice that adds up to the cent.

What it must come to is asked of the sandbox itself, which counts by a rule of its own.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import NAMESPACE_OID, uuid5

import pytest

from api.connectors.store_platform import OrderSnapshot, PlatformCredentials
from api.invoices.rules.wanted import PinnedOrder, WantedInvoice
from tests.connectors.conftest import inksoft, inksoft_sandbox
from tests.connectors.inksoft_desk import HARBOR, MAPLE, NORTHSIDE, Facts, InkSoftDesk
from tests.make.books import Books
from tests.make.wanted import convert

__all__ = ["inksoft", "inksoft_sandbox"]
ACCOUNTS = {"northside": NORTHSIDE, "harbor": HARBOR, "maple": MAPLE}


@dataclass(frozen=True)
class Told:
    """An order as the adapter reads it, and what the sandbox knows of it."""

    order: OrderSnapshot
    facts: Facts

    @property
    def pinned(self) -> PinnedOrder:
        identity = f"{self.facts['store_id']}/{self.facts['order']}"
        return PinnedOrder(uuid5(NAMESPACE_OID, identity), self.order.number, 1, self.order)

    @property
    def asked(self) -> int:
        cents: int = self.facts["total_cents"] - self.facts["refunded_cents"]
        return cents

    @property
    def due(self) -> int:
        cents: int = self.facts["due_cents"]
        return cents


async def read_all(desk: InkSoftDesk, account: str) -> list[Told]:
    """Every order of the account, those that wait for approval too."""
    facts = {(str(each["store_id"] or ""), str(each["order"])): each for each in desk.all_facts(account)}
    credentials: PlatformCredentials = ACCOUNTS[account]
    keys = list(dict.fromkeys((number, each["email"]) for (_, number), each in facts.items()))
    told = {}
    for start in range(0, len(keys), 50):
        for order in await desk.platform.get_orders(credentials, keys[start : start + 50]):
            identity = (order.store_external_id or "", order.external_id)
            told[identity] = Told(order, facts[identity])
    assert set(told) == set(facts), "orders that the adapter did not read"
    return list(told.values())


def by_store(told: list[Told]) -> list[list[Told]]:
    found: dict[str | None, list[Told]] = defaultdict(list)
    for each in told:
        found[each.order.store_external_id].append(each)
    return list(found.values())


def wrongs(wanted: WantedInvoice, told: list[Told]) -> list[str]:
    """In what the invoice differs from what the sandbox says of its orders."""
    proof = wanted.proof
    claims = {
        "is sendable": wanted.is_sendable,
        "needs no rounding": all(finding.code != "rounding" for finding in wanted.findings),
        "asks what the orders ask": proof.invoice_amount == sum(each.asked for each in told),
        "leaves open what they leave open": proof.due_amount == sum(each.due for each in told),
        "has their pieces": wanted.piece_count == sum(i.quantity for each in told for i in each.order.items),
        "never owes": proof.discount_amount >= 0 and all(fee.draft.amount > 0 for fee in wanted.fees),
    }
    return [
        f"{[each.order.number for each in told]}: {claim}" for claim, holds in claims.items() if not holds
    ]


@pytest.mark.rule("I15")
@pytest.mark.parametrize("account", ACCOUNTS)
class TestEveryOrder:
    async def test_adds_up_by_itself(self, inksoft: InkSoftDesk, account: str) -> None:
        told = await read_all(inksoft, account)
        assert [wrong for each in told for wrong in wrongs(convert(each.pinned), [each])] == []

    async def test_adds_up_together_with_its_store(self, inksoft: InkSoftDesk, account: str) -> None:
        stores = by_store(await read_all(inksoft, account))
        found = [wrong for told in stores for wrong in wrongs(convert(*(each.pinned for each in told)), told)]
        assert found == []

    async def test_reaches_the_books_as_wanted(self, inksoft: InkSoftDesk, account: str) -> None:
        for told in by_store(await read_all(inksoft, account)):
            books, wanted = Books(), convert(*(each.pinned for each in told))
            books.push(wanted)
            assert books.differences(wanted) == []
            assert books.record.total_amount == sum(each.asked for each in told)


class TestTheShapes:
    async def test_are_all_among_them(self, inksoft: InkSoftDesk) -> None:
        told = {each.facts["order"] for each in await read_all(inksoft, "northside")}
        shapes = inksoft.sandbox.control.get("state/shapes").json()
        assert len(shapes) > 40
        assert [
            name
            for name, orders in shapes.items()
            if not {o["order"] for o in orders if "order" in o} <= told
        ] == []

    async def test_keep_the_text_of_every_unknown_size(self, inksoft: InkSoftDesk) -> None:
        order = await inksoft.read_one("unknown_sizes")
        wanted = convert(Told(order, {"store_id": 1, "order": 1}).pinned)
        unknown = [f.details["size"] for f in wanted.findings if f.code == "unknown_size"]
        assert len(unknown) >= 3
        for size in unknown:
            assert any(f"Size: {size} " in line.draft.description for line in wanted.lines())

    async def test_print_front_and_back_on_the_same_pieces(self, inksoft: InkSoftDesk) -> None:
        order = await inksoft.read_one("front_and_back")
        (group,) = convert(Told(order, {"store_id": 1, "order": 1}).pinned).groups
        assert len(group.imprints) == 2
        assert sum(line.piece_count for line in group.lines) == sum(item.quantity for item in order.items)


@pytest.mark.rule("I15")
class TestAnOrderThatTheVendorMispriced:
    @pytest.mark.parametrize(("cents", "sendable"), [(1, True), (-5, True), (6, False), (-250, False)])
    async def test_is_sent_only_for_a_rounding(
        self, inksoft: InkSoftDesk, cents: int, *, sendable: bool
    ) -> None:
        number, _ = inksoft.shape("one_piece")
        inksoft.act("misprice", order=int(number), cents=cents)
        wanted = convert(Told(await inksoft.read_one("one_piece"), {"store_id": 1, "order": 1}).pinned)
        assert wanted.is_sendable is sendable
        (finding,) = [f for f in wanted.findings if f.code in {"rounding", "does_not_add_up"}]
        assert (finding.code == "rounding", finding.details["amount"]) == (sendable, cents)
