"""An order that changes in InkSoft after it was put on an invoice: told where it matters to the invoice, as the shop chose."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from api.connectors.store_platform import Address, OrderSnapshot, Personalization
from tests.make.exceptions import exceptions, reread, resolve, the_only
from tests.make.linked import Office, make_order, office
from tests.make.queries import queries
from tests.make.tabs import choose
from tests.make.wanted import BACK, FRONT, custom, tee

__all__ = ["office"]
CODE = "changed_after_attaching"
TEES = (tee("L", 2), tee("XL", 1))
FIRST = make_order("1", *TEES, shipping=500)
MORE = make_order("1", tee("L", 3), tee("XL", 1), shipping=500)


def edited(**changes: Any) -> OrderSnapshot:
    """The first order with other members; its hash is another one."""
    return replace(FIRST, content_hash=uuid4().hex * 2, **changes)


def of_items(*items: Any) -> OrderSnapshot:
    return make_order("1", *items, shipping=500)


@pytest.fixture
async def invoice(office: Office) -> dict[str, Any]:
    """The first order is on it."""
    await office.open(FIRST)
    return await office.make("1")


@pytest.mark.rule("T10")
class TestAnEdit:
    @pytest.mark.parametrize(
        "now",
        [
            pytest.param(MORE, id="quantity"),
            pytest.param(of_items(tee("M", 2), tee("XL", 1)), id="size"),
            pytest.param(of_items(tee("L", 2, price=2100), tee("XL", 1)), id="price"),
            pytest.param(of_items(tee("L", 2)), id="item removed"),
            pytest.param(of_items(tee("L", 2, color="Ash"), tee("XL", 1)), id="colour"),
            pytest.param(of_items(tee("L", 2, decorations=(FRONT, BACK)), tee("XL", 1)), id="decoration"),
            pytest.param(of_items(tee("L", 2, personalizations=(Personalization("Ana", "7"),)), tee("XL")), id="name"),
            pytest.param(of_items(*TEES, custom("Rush")), id="custom line"),
            pytest.param(make_order("1", *TEES, shipping=700), id="shipping"),
            pytest.param(make_order("1", *TEES, shipping=500, discount=100), id="discount"),
            pytest.param(make_order("1", *TEES, shipping=500, refunded=500), id="refund"),
            pytest.param(make_order("1", *TEES, shipping=500, collected=0), id="payment"),
            pytest.param(edited(status="cancelled"), id="cancelled"),
        ],
    )  # fmt: skip
    async def test_that_matters_to_the_invoice_is_told_and_changes_nothing_there(
        self, office: Office, invoice: dict[str, Any], now: OrderSnapshot
    ) -> None:
        await office.take_in(now)
        found = await the_only(office.browser, CODE)
        assert [(one["type"], one["id"]) for one in found["records"]] == [
            ("order", (await office.ids_of("1"))[0]),
            ("invoice", invoice["id"]),
            ("store", await office.store_id()),
        ]
        after = await office.invoice(invoice["id"])
        assert (after["revision"], after["content"]) == (invoice["revision"], invoice["content"])

    @pytest.mark.parametrize(
        "now",
        [
            pytest.param(of_items(tee("L", 2, purchasing=("Ordered",)), tee("XL")), id="purchasing"),
            pytest.param(edited(production_status="In Production"), id="production status"),
            pytest.param(edited(status="shipped"), id="shipped"),
            pytest.param(edited(ship_to=Address(city="Austin"), phone="512 555 0100"), id="address"),
            pytest.param(edited(notes="Leave at the gym door", due_at=datetime.now(UTC)), id="notes"),
            pytest.param(of_items(tee("L", 2, mockup_urls=("https://a.example/1.png",)), tee("XL")), id="picture"),
            pytest.param(of_items(*reversed(TEES)), id="another order of its lines"),
            pytest.param(of_items(*TEES, tee("S", 0)), id="a line of no pieces"),
        ],
    )  # fmt: skip
    @pytest.mark.usefixtures("invoice")
    async def test_that_says_nothing_about_the_invoice_is_not_told(
        self, office: Office, now: OrderSnapshot
    ) -> None:
        before = (await office.intake.order("1")).content_hash
        await office.take_in(now)
        assert (await office.intake.order("1")).content_hash != before
        assert await exceptions(office.browser, code=CODE) == []

    async def test_of_an_order_on_no_invoice_is_not_told(self, office: Office) -> None:
        await office.open(FIRST)
        await office.take_in(MORE)
        assert await exceptions(office.browser, code=CODE) == []


@pytest.mark.rule("E2")
@pytest.mark.usefixtures("invoice")
class TestTheSentence:
    @pytest.mark.parametrize(
        ("now", "told"),
        [
            (MORE, "after it was put on an invoice: it was 3 pieces for 65.00, and is 4 pieces for 85.00 now."),
            (of_items(tee("M", 2), tee("XL")), "still 3 pieces for 65.00, but other sizes, goods, names,"),
            (make_order("1", *TEES, shipping=500, refunded=500), "5.00 was given back."),
            (edited(status="cancelled"), "Order 1 was cancelled in InkSoft after it was put on an invoice."),
        ],
    )  # fmt: skip
    async def test_says_what_it_was_and_what_it_is(
        self, office: Office, now: OrderSnapshot, told: str
    ) -> None:
        await office.take_in(now)
        found = await the_only(office.browser, CODE)
        assert told in found["sentence"]
        assert found["sentence"].endswith("decide what becomes of it in Printavo.")
        assert [fix["kind"] for fix in found["fixes"]] == ["retry", "dismiss"]


@pytest.mark.rule("T10")
@pytest.mark.usefixtures("invoice")
class TestAnOpenOne:
    async def test_closes_when_the_order_is_again_as_it_was_attached(self, office: Office) -> None:
        await office.take_in(MORE)
        found = await the_only(office.browser, CODE)
        await office.take_in(edited(notes="As you were"))
        ended = (await reread(office.browser, found))["resolution"]
        assert (ended["code"], ended["resolved_by"]) == ("as_attached", None)

    async def test_gives_way_to_the_next_edit(self, office: Office) -> None:
        await office.take_in(MORE)
        first = await the_only(office.browser, CODE)
        await office.take_in(of_items(tee("L", 5)))
        second = await the_only(office.browser, CODE)
        assert "is 5 pieces for 105.00 now" in second["sentence"]
        assert (await reread(office.browser, first))["resolution"]["code"] == "changed_again"

    async def test_that_was_dismissed_comes_back_with_another_edit_only(self, office: Office) -> None:
        await office.take_in(MORE)
        found = await the_only(office.browser, CODE)
        answer = await resolve(office.browser, found, fix="dismiss", reason="Changed by hand in Printavo.")
        assert answer.status_code == 200, answer.text
        await office.take_in(replace(MORE, production_status="Done", content_hash=uuid4().hex * 2))
        assert await exceptions(office.browser, code=CODE) == []
        await office.take_in(of_items(tee("L", 5)))
        assert len(await exceptions(office.browser, code=CODE)) == 1

    async def test_of_a_cancellation_is_there_as_soon_as_the_list_says_so(self, office: Office) -> None:
        gone = edited(status="cancelled")
        await office.take_in(gone, details=False)
        found = await the_only(office.browser, CODE)
        await office.take_in(gone)
        assert await the_only(office.browser, CODE) == found


@pytest.mark.rule("T10")
@pytest.mark.usefixtures("invoice")
class TestAShopThatIgnoresChanges:
    async def test_is_told_of_none(self, office: Office) -> None:
        await choose(office.browser, changes_after_attaching="ignore")
        await office.take_in(MORE)
        assert await exceptions(office.browser, code=CODE) == []

    async def test_keeps_what_was_open_until_the_order_is_as_it_was(self, office: Office) -> None:
        await office.take_in(MORE)
        found = await the_only(office.browser, CODE)
        await choose(office.browser, changes_after_attaching="ignore")
        await office.take_in(of_items(tee("L", 5)))
        assert await the_only(office.browser, CODE) == found
        await office.take_in(edited())
        assert (await reread(office.browser, found))["resolution"]["code"] == "as_attached"


class TestTheHotPath:
    async def test_takes_as_many_statements_for_forty_as_for_one(self, office: Office) -> None:
        numbers = [str(number) for number in range(1, 42)]
        await office.open(*(make_order(number) for number in numbers))
        await office.make(*numbers)
        with queries(office.app, 99) as for_one:
            await office.take_in(make_order("1", tee("L", 3)))
        with queries(office.app, len(for_one)):
            await office.take_in(*(make_order(number, tee("L", 3)) for number in numbers[1:]))
        assert len(await exceptions(office.browser, code=CODE, limit=100)) == 41

    async def test_asks_nothing_more_when_no_attached_order_changed(self, office: Office) -> None:
        await office.open(FIRST, make_order("2"))
        await office.make("1")
        with queries(office.app, 99) as sent:
            await office.take_in(make_order("3"))
            await office.take_in(make_order("2", tee("L", 3)))
            await office.take_in(FIRST)
        assert not [one for one in sent if "order_version" in one or "setting" in one]


@pytest.mark.rule("T10", "A4")
async def test_an_edit_that_races_with_attaching_is_on_the_invoice_or_told(office: Office) -> None:
    numbers = range(1, 9)
    await office.open(*(make_order(str(number)) for number in numbers))

    async def edit(number: int) -> None:
        await asyncio.sleep(0.004 * number if number % 2 else 0)
        await office.take_in(make_order(str(number), tee("L", 3)))

    async def attach(number: int) -> None:
        await asyncio.sleep(0 if number % 2 else 0.02 * number)
        made = await office.create(str(number))
        assert made.status_code == 201, made.text

    for number in numbers:
        await asyncio.gather(attach(number), edit(number))
    told = {one["records"][0]["name"] for one in await exceptions(office.browser, code=CODE)}
    old = await office.intake.rows(
        "SELECT o.number FROM store_order o JOIN order_version v ON v.order_id = o.id "
        "WHERE v.content_hash <> o.content_hash"
    )
    assert told == {row.number for row in old}
