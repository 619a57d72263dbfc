"""What people do to an order in the vendor's web app: edits, approvals, refunds."""

from typing import Any

from tests.sandbox.inksoft_shop import Shop


def rows_of(shop: Shop, order: int) -> list[dict[str, Any]]:
    return list(shop.state(f"orders/{order}")["rows"])


class TestEditingAnOrder:
    def test_changes_a_quantity_and_the_money_with_it(self, shop: Shop) -> None:
        order = shop.shape("upcharges")
        row = rows_of(shop, order)[0]
        before = shop.detail(order)
        shop.act("edit_quantity", order=order, row=row["row"], quantity=row["quantity"] + 1)
        after = shop.detail(order)
        assert round(after["RetailAmount"] - before["RetailAmount"], 2) == row["unit_price_cents"] / 100
        assert after["AmountDue"] > 0
        assert after["PaymentStatus"] == "PartiallyPaid"

    def test_keeps_a_row_at_zero_and_drops_a_removed_one(self, shop: Shop) -> None:
        order = shop.shape("upcharges")
        first, second, *_ = rows_of(shop, order)
        shop.act("edit_quantity", order=order, row=first["row"], quantity=0)
        shop.act("remove_item", order=order, row=second["row"])
        items = shop.detail(order)["Items"]
        assert items[0]["Quantity"] == 0
        assert second["row"] not in {item["OrderRetailItemSizeId"] for item in items}
        assert shop.detail(order)["PaymentStatus"] == "RefundDue"

    def test_changes_one_price(self, shop: Shop) -> None:
        order = shop.shape("one_piece")
        shop.act("change_price", order=order, row=rows_of(shop, order)[0]["row"], unit_price_cents=1234)
        assert shop.detail(order)["Items"][0]["UnitPrice"] == 12.34

    def test_adds_a_size_at_its_upcharge(self, shop: Shop) -> None:
        order = shop.shape("one_piece")
        row = rows_of(shop, order)[0]
        shop.act("add_size", order=order, row=row["row"], size="3XL", quantity=2)
        added = rows_of(shop, order)[1]
        assert (added["size"], added["quantity"], added["unit_price_cents"]) == (
            "3XL",
            2,
            row["unit_price_cents"] + 300,
        )

    def test_drops_the_names_of_pieces_that_go(self, shop: Shop) -> None:
        order = shop.shape("names_and_numbers")
        row = rows_of(shop, order)[0]["row"]
        shop.act("edit_quantity", order=order, row=row, quantity=1)
        names = shop.detail(order)["Items"][0]["NameNumberValues"]
        assert [(name["Name"], name["Quantity"]) for name in names] == [("REYES", 1)]

    def test_changes_names_address_email_and_notes(self, shop: Shop) -> None:
        order = shop.shape("names_and_numbers")
        row = rows_of(shop, order)[0]["row"]
        shop.act("set_names", order=order, row=row, names=[{"name": "陈", "number": "8", "quantity": 2}])
        shop.act(
            "change_address", order=order, street="1 New St", city="Reno", region="NV", post_code="89501"
        )
        shop.act("change_email", order=order, email="new@shopper.example")
        shop.act("write_notes", order=order, notes="Leave at door")
        detail = shop.detail(order)
        assert detail["Items"][0]["NameNumberValues"][0]["Name"] == "陈"
        assert (detail["ShippingAddress"]["City"], detail["Email"], detail["Notes"]) == (
            "Reno",
            "new@shopper.example",
            "Leave at door",
        )

    def test_is_refused_with_a_reason_where_it_makes_no_sense(self, shop: Shop) -> None:
        order, row = shop.shape("one_piece"), rows_of(shop, shop.shape("one_piece"))[0]["row"]
        assert shop.refused("edit_quantity", order=order, row=1, quantity=1) == 404
        assert shop.refused("edit_quantity", order=1, row=row, quantity=1) == 404
        assert shop.refused("edit_quantity", order=order, row=row, quantity=-1) == 400
        assert shop.refused("edit_quantity", order=order, row=row, quantity=1, extra=True) == 400
        assert shop.refused("add_size", order=order, row=row, size="M", quantity=1) == 400
        assert shop.refused("set_names", order=order, row=row, names=[{"name": "A", "quantity": 2}]) == 400
        assert shop.refused("approve", order=order) == 409
        assert shop.refused("fly", order=order) == 404

    def test_needs_the_store_where_a_number_is_used_twice(self, shop: Shop) -> None:
        first, second = shop.state("shapes")["same_number_in_two_stores"]
        assert shop.refused("cancel", order=first["order"]) == 409
        shop.act("cancel", order=first["order"], store=second["store_uri"])
        cancelled = {
            row["StoreId"] for row in shop.summaries(Status="Canceled") if row["ID"] == first["order"]
        }
        assert cancelled == {second["store_id"]}


class TestTheLifeOfAnOrder:
    def test_ends_in_a_cancellation_with_flag_and_status_spelled_apart(self, shop: Shop) -> None:
        order = shop.shape("one_piece")
        shop.act("cancel", order=order)
        detail = shop.detail(order)
        assert (detail["Status"], detail["Cancelled"], detail["PaymentStatus"]) == (
            "Canceled",
            True,
            "RefundDue",
        )
        shop.act("refund", order=order)
        assert shop.detail(order)["PaymentStatus"] == "Refunded"
        assert shop.refused("cancel", order=order) == 409

    def test_ends_in_a_deletion_after_which_nothing_knows_of_it(self, shop: Shop) -> None:
        order = shop.shape("one_piece")
        listed = shop.envelope("GetOrderSummaries")["Pagination"]["TotalResults"]
        told = shop.act("delete_order", order=order)
        assert told["order"] == order
        assert shop.envelope("GetOrderSummaries")["Pagination"]["TotalResults"] == listed - 1
        assert shop.call("GetOrderPackage", OrderIds=[order]).status_code == 404
        assert shop.call("GetOrder", OrderId=order, OrderEmail=told["email"]).status_code == 404
        assert shop.refused("delete_order", order=order) == 404

    def test_raises_the_flags_with_the_production_status(self, shop: Shop) -> None:
        order = shop.shape("one_piece")
        for status, raised in (("Open", 0), ("Scheduled", 1), ("In Production", 2), ("Ready to Ship", 3)):
            shop.act("set_production_status", order=order, production_status=status)
            detail = shop.detail(order)
            assert sum(detail[flag] for flag in ("Ordered", "Received", "Prepared")) == raised, status

    def test_ends_at_the_counter(self, shop: Shop) -> None:
        order = shop.shape("waiting_for_pickup")
        shop.act("pick_up", order=order, by="Coach Dee")
        detail = shop.detail(order)
        assert (detail["Status"], detail["Shipments"][0]["PickedUpBy"]) == ("Fulfilled", "Coach Dee")

    def test_has_purchasing_texts_by_side_that_can_be_cleared(self, shop: Shop) -> None:
        order = shop.shape("front_and_back")
        row = rows_of(shop, order)[0]["row"]

        def texts() -> list[str]:
            return [card["Items"][0]["PurchasingStatus"] for card in shop.detail(order)["ProductionCards"]]

        shop.act("set_purchasing", order=order, row=row, text="Ordered")
        assert texts() == ["Ordered", "Ordered"]
        shop.act("set_purchasing", order=order, row=row, text="Received", side="back")
        assert texts() == ["Ordered", "Received"]
        shop.act("set_purchasing", order=order, row=row, text="")
        assert texts() == ["", ""]
        assert shop.refused("set_purchasing", order=order, row=row, text="x", side="sleeveleft") == 400

    def test_may_need_approval_after_all(self, shop: Shop) -> None:
        order = shop.shape("one_piece")
        shop.act("require_approval", order=order)
        assert order not in shop.ids()


class TestMoneyThatMoves:
    def test_back_in_part_leaves_the_total_and_adds_an_adjustment(self, shop: Shop) -> None:
        order = shop.shape("upcharges")
        before = shop.detail(order)
        shop.act("refund", order=order, amount_cents=500, reason="Late")
        after = shop.detail(order)
        assert (after["TotalAmount"], after["AmountDue"], after["PaymentStatus"]) == (
            before["TotalAmount"],
            0,
            "Paid",
        )
        assert [(a["Type"], a["Amount"]) for a in after["TotalAdjustments"]] == [("Refund", 5.0)]
        shop.switch(refund_adjustments="negative")
        assert shop.detail(order)["TotalAdjustments"][0]["Amount"] == -5.0

    def test_back_after_an_edit_settles_what_was_paid_too_much(self, shop: Shop) -> None:
        order = shop.shape("upcharges")
        shop.act("edit_quantity", order=order, row=rows_of(shop, order)[0]["row"], quantity=1)
        owed = -shop.state(f"orders/{order}")["due_cents"]
        shop.act("refund", order=order, amount_cents=owed)
        detail = shop.detail(order)
        assert (detail["AmountDue"], detail["PaymentStatus"], detail["TotalAdjustments"]) == (0, "Paid", [])

    def test_back_cannot_exceed_what_was_paid(self, shop: Shop) -> None:
        assert shop.refused("refund", order=shop.shape("not_paid")) == 409
        assert shop.refused("refund", order=shop.shape("one_piece"), amount_cents=1_000_000) == 409

    def test_in_settles_what_is_due(self, shop: Shop) -> None:
        order = shop.shape("not_paid")
        shop.act("record_payment", order=order, amount_cents=1000)
        assert shop.detail(order)["PaymentStatus"] == "PartiallyPaid"
        shop.act("record_payment", order=order)
        assert (shop.detail(order)["PaymentStatus"], shop.detail(order)["AmountDue"]) == ("Paid", 0)
        assert shop.refused("record_payment", order=order) == 409

    def test_by_fees_and_discounts_of_staff(self, shop: Shop) -> None:
        order = shop.shape("not_paid")
        total = shop.state(f"orders/{order}")["total_cents"]
        shop.act("adjust", order=order, type="Fee", amount_cents=300)
        shop.act("adjust", order=order, type="Discount", amount_cents=100)
        assert shop.state(f"orders/{order}")["total_cents"] == total + 200

    def test_without_explanation_when_mispriced(self, shop: Shop) -> None:
        order = shop.shape("one_piece")
        total = shop.state(f"orders/{order}")["total_cents"]
        shop.act("misprice", order=order, cents=80)
        assert shop.state(f"orders/{order}")["total_cents"] == total + 80
