"""``GetOrderSummaries``: what is listed, filtered, sorted, and how pages behave."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.sandbox.inksoft_shop import KEYS, Shop


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class TestPages:
    def test_are_cut_at_the_servers_cap_however_many_are_asked_for(self, shop: Shop) -> None:
        envelope = shop.envelope("GetOrderSummaries", MaxResults=5000)
        assert envelope["Pagination"]["IncludedResults"] == len(envelope["Data"]) == 100
        assert envelope["Pagination"]["TotalResults"] > 100

    def test_walk_every_order_once(self, shop: Shop) -> None:
        rows = shop.summaries()
        truth = [o for o in shop.state("orders", account="northside") if not o["pending"]]
        assert [(row["ID"], row["StoreId"]) for row in rows] == sorted(
            (o["order"], o["store_id"]) for o in truth
        )

    def test_end_with_an_empty_one(self, shop: Shop) -> None:
        envelope = shop.envelope("GetOrderSummaries", Index=100_000, MaxResults=10)
        assert (envelope["Data"], envelope["Pagination"]["IncludedResults"]) == ([], 0)

    @pytest.mark.parametrize("value", ["-1", "x", "1.5"])
    def test_refuse_an_index_that_is_no_number(self, shop: Shop, value: str) -> None:
        assert shop.call("GetOrderSummaries", Index=value).status_code == 400

    def walk(self, shop: Shop) -> tuple[list[int], list[int]]:
        pages = [
            shop.envelope("GetOrderSummaries", Index=index, MaxResults=20) for index in range(0, 100, 20)
        ]
        return [row["ID"] for page in pages for row in page["Data"]], [
            p["Pagination"]["TotalResults"] for p in pages
        ]

    def test_may_repeat_a_row_while_walked(self, shop: Shop) -> None:
        shop.switch(pages_shift="repeat")
        ids, totals = self.walk(shop)
        assert len(set(ids)) < len(ids)
        assert totals[1] == totals[0] + 1

    def test_may_hide_a_row_on_one_walk_and_show_it_on_the_next(self, shop: Shop) -> None:
        calm, _ = self.walk(shop)
        shop.switch(pages_shift="skip")
        disturbed, totals = self.walk(shop)
        assert set(calm) - set(disturbed)
        assert totals[1] == totals[0] - 1
        assert self.walk(shop)[0] == calm


class TestWhatIsListed:
    @pytest.mark.rule("S4")
    def test_leaves_out_what_waits_for_approval_until_it_is_approved(self, shop: Shop) -> None:
        order = shop.shape("pending_approval")
        assert order not in shop.ids()
        shop.act("approve", order=order)
        assert order in shop.ids()
        assert shop.refused("approve", order=order) == 409

    def test_includes_what_waits_when_switched_on(self, shop: Shop) -> None:
        shop.switch(pending_in_summaries=True)
        assert shop.shape("pending_approval") in shop.ids()

    def test_covers_the_account_on_its_main_store_and_one_store_elsewhere(self, shop: Shop) -> None:
        assert len({row["StoreId"] for row in shop.summaries()}) > 5
        assert {row["StoreName"] for row in shop.summaries(store="shapes_test_shop")} == {"Shapes Test Shop"}
        shop.switch(summaries_scope="path_store")
        assert {row["StoreId"] for row in shop.summaries()} <= {5001}

    def test_is_thin(self, shop: Shop) -> None:
        row = shop.summaries(SearchText=str(shop.shape("one_piece")))[0]
        assert row["ProductionCards"] == []
        assert row["ProductionCardCount"] == 1
        assert not {"ShippingAddress", "TaxAmount", "Items", "ApprovalRequired"} & row.keys()

    def test_has_cards_when_asked(self, shop: Shop) -> None:
        row = shop.summaries(SearchText=str(shop.shape("one_piece")), IncludeProductionCards=True)[0]
        assert row["ProductionCards"][0]["ProductSku"] == "MC100"

    def test_keeps_accounts_apart(self, shop: Shop) -> None:
        harbor = shop.ids(store="harbor_main", key=KEYS["harbor"])
        emails = {row["Email"] for row in shop.summaries(store="harbor_main", key=KEYS["harbor"])}
        assert len(harbor) == 10
        assert not emails & {row["Email"] for row in shop.summaries()}


class TestFilters:
    CASES: tuple[tuple[dict[str, Any], str, Any], ...] = (
        ({"Status": "Canceled"}, "Status", {"Canceled"}),
        ({"ProductionStatuses": ["Ready for Pickup", "Complete"]}, "ProductionStatus", {"Ready for Pickup", "Complete"}),
        ({"PaymentSatuses": ["NotPaid", "RefundDue"]}, "PaymentStatus", {"NotPaid", "RefundDue"}),
        ({"PaymentStatuses": ["Refunded"]}, "PaymentStatus", {"Refunded"}),
        ({"OrderTypes": ["Proposals"]}, "OrderType", {"Proposals"}),
        ({"OrderTypes": ["Invoice", "Proposals"]}, "OrderType", {"Invoice", "Proposals"}),
        ({"ShippingVendorNames": ["USPS"]}, "VendorType", {"USPS"}),
        ({"StoreIds": [0]}, "StoreName", {""}),
    )  # fmt: skip

    @pytest.mark.parametrize(("wanted", "field", "values"), CASES)
    def test_let_through_what_is_wanted_and_nothing_else(
        self, shop: Shop, wanted: dict[str, Any], field: str, values: set[str]
    ) -> None:
        every = shop.summaries()
        assert [r["ID"] for r in shop.summaries(**wanted)] == [r["ID"] for r in every if r[field] in values]
        assert {row[field] for row in shop.summaries(**wanted)} == values

    @pytest.mark.parametrize("form", ["[Paid,Refunded]", "['Paid','Refunded']", '["Paid", "Refunded"]'])
    def test_read_lists_with_and_without_quotes(self, shop: Shop, form: str) -> None:
        assert {row["PaymentStatus"] for row in shop.summaries(PaymentSatuses=form)} == {"Paid", "Refunded"}

    def test_tell_pickup_from_shipping(self, shop: Shop) -> None:
        pickup, shipping = shop.ids(DeliveryMethods=["Pickup"]), shop.ids(DeliveryMethods=["Shipping"])
        assert shop.shape("picked_up") in pickup
        assert not pickup & shipping
        assert pickup | shipping == shop.ids()

    def test_search_numbers_names_and_emails(self, shop: Shop) -> None:
        assert shop.shape("ship_abroad") in shop.ids(SearchText="öberg")
        assert shop.ids(SearchText="asa.oberg@shopper") == {shop.shape("ship_abroad")}

    @pytest.mark.parametrize(
        "wanted", [{"Status": "Done"}, {"OrderTypes": ["Web"]}, {"StoreIds": "[a]"}, {"OrderBy": "x"}]
    )
    def test_refuse_values_that_do_not_exist(self, shop: Shop, wanted: dict[str, Any]) -> None:
        answer = shop.call("GetOrderSummaries", **wanted)
        assert (answer.status_code, answer.json()["StatusCode"]) == (400, "BadRequest")

    @pytest.mark.parametrize(
        ("works", "ignored"), [("PaymentSatuses", "PaymentStatuses"), ("PaymentStatuses", "PaymentSatuses")]
    )
    def test_may_ignore_one_spelling_without_a_word(self, shop: Shop, works: str, ignored: str) -> None:
        shop.switch(payment_statuses_parameter=works)
        assert {row["PaymentStatus"] for row in shop.summaries(**{works: ["Refunded"]})} == {"Refunded"}
        assert len(shop.summaries(**{ignored: ["Refunded"]})) == len(shop.summaries())


class TestSorting:
    def test_is_by_number_unless_asked_otherwise(self, shop: Shop) -> None:
        ids = [row["ID"] for row in shop.summaries()]
        assert ids == sorted(ids)
        descending = [row["ID"] for row in shop.summaries(OrderBy="ID", OrderByDirection="Descending")]
        assert descending == sorted(ids, reverse=True)

    @pytest.mark.parametrize(
        "by", ["DateCreated", "TotalAmount", "StoreName", "Email", "PaymentStatus", "LastName"]
    )
    def test_follows_every_field(self, shop: Shop, by: str) -> None:
        values = [row[by] for row in shop.summaries(OrderBy=by)]
        values = [value.lower() if isinstance(value, str) else value for value in values]
        assert values == sorted(values)

    def test_may_ignore_one_spelling_of_the_status(self, shop: Shop) -> None:
        def statuses(by: str) -> list[str]:
            return [row["Status"] for row in shop.summaries(OrderBy=by)]

        assert statuses("StatusDesription") == statuses("StatusDescription") == sorted(statuses("ID"))
        shop.switch(status_description_order="StatusDescription")
        assert statuses("StatusDesription") == statuses("ID")
        assert statuses("StatusDescription") == sorted(statuses("ID"))


class TestDates:
    def span(self, begin: datetime, hours: float | None = None, **offset: float) -> dict[str, Any]:
        text = begin.strftime("%Y-%m-%dT%H:%M:%S") + ("" if hours is not None else "Z")
        return {"UtcOffsetHours": hours or 0, "Begin": text} | offset

    def test_have_no_offset_by_default_and_one_when_switched_on(self, shop: Shop) -> None:
        plain = shop.detail(shop.shape("one_piece"))["DateCreated"]
        assert datetime.fromisoformat(plain).tzinfo is None
        shop.switch(dates="with_offset", server_utc_offset_hours=-5.0)
        local = datetime.fromisoformat(shop.detail(shop.shape("one_piece"))["DateCreated"])
        assert local.utcoffset() == timedelta(hours=-5)
        assert local == moment(plain)

    def test_of_creation_bound_the_list_at_both_ends(self, shop: Shop) -> None:
        dates = {row["ID"]: moment(row["DateCreated"]) for row in shop.summaries()}
        begin, end = sorted(dates.values())[30], sorted(dates.values())[60]
        found = shop.ids(DateCreatedRange={"UtcOffsetHours": 0, "Begin": f"{begin:%Y-%m-%dT%H:%M:%S}Z",
                                           "End": f"{end:%Y-%m-%dT%H:%M:%S}.999Z"})  # fmt: skip
        assert found == {number for number, date in dates.items() if begin <= date <= end}

    @pytest.mark.parametrize(("sign", "hours"), [("usual", -5), ("javascript", 5)])
    def test_without_an_offset_are_read_in_the_callers_time(self, shop: Shop, sign: str, hours: int) -> None:
        shop.switch(utc_offset_hours=sign)
        newest = max(moment(row["DateCreated"]) for row in shop.summaries())
        local = newest - timedelta(hours=5)
        assert shop.ids(DateCreatedRange=self.span(local, hours))
        assert not shop.ids(DateCreatedRange=self.span(local + timedelta(seconds=2), hours))

    def test_may_lose_the_offset_they_were_written_with(self, shop: Shop) -> None:
        newest = max(moment(row["DateCreated"]) for row in shop.summaries())
        span = {"UtcOffsetHours": -5, "Begin": f"{newest:%Y-%m-%dT%H:%M:%S}Z"}
        assert shop.ids(DateCreatedRange=span)
        shop.switch(range_offsets="ignored")
        assert not shop.ids(DateCreatedRange=span)

    def test_of_the_due_date_bound_the_list(self, shop: Shop) -> None:
        due = {
            row["ID"]: moment(row["EstimatedShipDate"])
            for row in shop.summaries()
            if row["EstimatedShipDate"]
        }
        first = min(due.values())
        span = {"UtcOffsetHours": 0, "Begin": f"{first + timedelta(seconds=1):%Y-%m-%dT%H:%M:%S}Z"}
        later = {number for number, date in due.items() if date > first}
        assert 0 < len(later) < len(due)
        assert shop.ids(DueDateRange=span) == shop.ids(EstimatedShipDateRange=span) == later

    def test_of_shipment_bound_the_list(self, shop: Shop) -> None:
        span = {"UtcOffsetHours": 0, "Begin": "2000-01-01T00:00:00Z"}
        shipped = {row["ID"] for row in shop.summaries() if row["Shipped"]}
        assert shop.ids(ConfirmedShipDateRange=span) == shipped != shop.ids()

    def test_that_cannot_be_read_are_refused(self, shop: Shop) -> None:
        for bad in ('{"Begin":"yesterday"}', "[]", "{", '{"UtcOffsetHours":99}'):
            assert shop.call("GetOrderSummaries", DateCreatedRange=bad).status_code == 400, bad


class TestTheModifiedDate:
    def changed_since(self, shop: Shop, begin: datetime) -> set[int]:
        return shop.ids(
            DateModifiedRange={"UtcOffsetHours": 0, "Begin": begin.isoformat().replace("+00:00", "Z")}
        )

    def edit(self, shop: Shop) -> tuple[int, int]:
        """An edit of contents on one order, of status on another."""
        rows = shop.state(f"orders/{shop.shape('upcharges')}")["rows"]
        shop.act("edit_quantity", order=shop.shape("upcharges"), row=rows[0]["row"], quantity=5)
        shop.act("set_production_status", order=shop.shape("embroidered"), production_status="Scheduled")
        return shop.shape("upcharges"), shop.shape("embroidered")

    @pytest.mark.parametrize(
        ("switch", "found"), [("every_edit", (0, 1)), ("status_edits", (1,)), ("never", ())]
    )
    def test_moves_as_switched(self, shop: Shop, switch: str, found: tuple[int, ...]) -> None:
        shop.switch(modified_date=switch)
        before = datetime.now(UTC) - timedelta(milliseconds=2)
        orders = self.edit(shop)
        assert self.changed_since(shop, before) == {orders[index] for index in found}
        assert shop.detail(orders[0])["Items"][0]["Quantity"] == 5
