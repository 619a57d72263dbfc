"""From items, cards and catalogue to lines: pieces counted once, names found, nothing dropped."""

from decimal import Decimal
from typing import Any

import pytest

from api.connectors.inksoft.mapping.garments import Garment, from_full_name
from api.connectors.inksoft.mapping.order import uncarded_products
from api.connectors.store_platform import Decoration, OrderItem, Personalization
from tests.connectors.inksoft_payloads import Json, back_card, card, card_item, item, snapshot, wire

PRODUCT: Json = {
    "ID": 700, "Name": "Fleece Hoodie", "Sku": "ST100", "Styles": [
        {"ID": 7001, "Name": "Navy", "Sizes": [{"ID": 70011, "Name": "S"}, {"ID": 70012, "Name": "M"}]},
        {"ID": 7002, "Name": "Red", "Sizes": None},
    ],
}  # fmt: skip


def only(**changes: Any) -> OrderItem:
    """The single line of an order of these changes."""
    (line,) = snapshot(**changes).items
    return line


def blank(**changes: Any) -> Json:
    return item(ArtId=None, **changes)


def custom(**changes: Any) -> Json:
    return {
        "ID": 501, "ParentId": None, "Name": "Vinyl banner", "Description": "With grommets", "Taxable": True,
        "UnitPrice": Decimal("85.00"), "Quantity": 1, "UnitType": "PerItem", "Active": True, "Size": "3x6 ft",
        "Style": "White", **changes,
    }  # fmt: skip


class TestPieces:
    def test_are_counted_once_where_front_and_back_have_a_card_each(self) -> None:
        line = only()
        assert (line.quantity, line.total_amount, line.unit_price_amount) == (2, 6000, 3000)
        assert [each.location for each in line.decorations] == ["Full Front", "Full Back"]

    def test_come_from_the_item_when_cards_lag_behind_an_edit(self) -> None:
        assert only(Items=[item(Quantity=5)]).quantity == 5

    def test_of_a_line_edited_to_nothing_stay_visible(self) -> None:
        assert only(Items=[item(Quantity=0, ItemTotal=0)]).quantity == 0

    def test_of_two_sizes_are_two_lines_of_one_parent(self) -> None:
        sizes = [item(), item(OrderRetailItemSizeId=41002, Quantity=3)]
        cards = [card(Items=[card_item(), card_item(OrderRetailItemSizeId=41002, Size="2XL", Quantity=3)])]
        lines = snapshot(Items=sizes, ProductionCards=cards).items
        assert [(each.external_id, each.line_external_id, each.size, each.quantity) for each in lines] == [
            ("41001", "31001", "M", 2),
            ("41002", "31001", "2XL", 3),
        ]

    def test_keep_their_place_whatever_order_they_come_in(self) -> None:
        sizes = [item(OrderRetailItemSizeId=number) for number in (9, 100, 41001)]
        assert [each.external_id for each in snapshot(Items=sizes[::-1]).items] == ["9", "100", "41001"]


class TestNames:
    def test_come_from_the_card(self) -> None:
        line = only(ProductionCards=[card(ProductName="Hoodie")])
        assert (line.name, line.item_number, line.color, line.size) == ("Hoodie", "ST100", "Navy", "M")

    def test_that_the_card_lacks_come_from_the_text(self) -> None:
        line = only(ProductionCards=[card(ProductStyleName=None, Items=[card_item(Size=None)])])
        assert (line.name, line.color, line.size) == ("Fleece Hoodie", "Navy", "M")

    def test_without_a_card_come_from_the_catalogue(self) -> None:
        line = only(products=[PRODUCT], ProductionCards=[], Items=[item(FullName="?")])
        assert (line.name, line.item_number, line.color, line.size) == ("Fleece Hoodie", "ST100", "Navy", "M")

    @pytest.mark.parametrize(
        "product", [None, {**PRODUCT, "Styles": None}, {**PRODUCT, "Name": "", "Styles": []}]
    )
    def test_that_the_catalogue_has_forgotten_come_from_the_text(self, product: Json | None) -> None:
        line = only(products=[product] if product else [], ProductionCards=[])
        assert (line.name, line.color, line.size) == ("Fleece Hoodie", "Navy", "M")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Fleece Hoodie - Navy - M", Garment("Fleece Hoodie", color="Navy", size="M")),
            ("Tee - Long Sleeve - Red - 2XL", Garment("Tee - Long Sleeve", color="Red", size="2XL")),
            ("T-Shirt - Black/White - S/M", Garment("T-Shirt", color="Black/White", size="S/M")),
            ("Pants - Khaki - 32x30", Garment("Pants", color="Khaki", size="32x30")),
            ("Beanie - OSFA", Garment("Beanie", size="OSFA")),
            ("Beanie - One Size", Garment("Beanie", size="One Size")),
            ("Tee - Youth XL", Garment("Tee", size="Youth XL")),
            ("Tee - 2T", Garment("Tee", size="2T")),
            ("Tee - XLT", Garment("Tee", size="XLT")),
            ("Tee - XXXL", Garment("Tee", size="XXXL")),
            ("Tee - 2xl", Garment("Tee", size="2xl")),
            ("Tee - Large", Garment("Tee", size="Large")),
            ("Mug - Red", Garment("Mug", color="Red")),
            ("Mug - Small Batch Red", Garment("Mug", color="Small Batch Red")),
            ("Mug", Garment("Mug")),
            ("Half-Zip", Garment("Half-Zip")),
            ("", Garment("")),
        ],
    )
    def test_in_one_text_are_read_from_the_right(self, text: str, expected: Garment) -> None:
        assert from_full_name(text) == expected

    def test_are_asked_of_the_catalogue_only_for_items_without_a_card(self) -> None:
        carded, bare = item(), blank(OrderRetailItemSizeId=41002, ProductId=701)
        free = blank(OrderRetailItemSizeId=41003, ProductId=None)
        assert uncarded_products(wire(Items=[carded, bare, free])) == {"701"}


class TestDecorations:
    def test_say_method_place_artwork_and_colours(self) -> None:
        colors = [{"Index": 1, "Name": "Gold"}, {"Index": 0, "Name": "", "PMS": "286 C"}, {"Index": 2}]
        art = {"ID": 9001, "Name": "Falcon", "StitchCount": 8200}
        printed = card(
            Art=art, Colors=colors, ColorCount=2, PrintMethod="Embroidery", PreviewUrl="/img/p.png"
        )
        assert only(ProductionCards=[printed]).decorations == (
            Decoration(
                method="Embroidery",
                location="Full Front",
                artwork="Falcon",
                colors=("286 C", "Gold"),
                color_count=2,
                stitch_count=8200,
                mockup_url="https://media.example/img/p.png",
            ),
        )

    @pytest.mark.parametrize(
        ("changes", "location", "artwork"),
        [
            ({"RegionName": "", "Side": "sleeveleft"}, "sleeveleft", "Falcon"),
            ({"Art": None, "ArtId": 9001}, "Full Front", "Art 9001"),
            ({"Art": {"ID": 9001, "Name": None}}, "Full Front", "Art 9001"),
            ({"Art": None}, "Full Front", ""),
        ],
    )
    def test_fall_back_to_what_the_card_has(self, changes: Json, location: str, artwork: str) -> None:
        (found,) = only(ProductionCards=[card(**changes)]).decorations
        assert (found.location, found.artwork) == (location, artwork)

    def test_come_front_first_whatever_order_cards_come_in(self) -> None:
        sleeve = card(ID=6000, Side="sleeveleft", RegionName="Sleeve")
        found = only(ProductionCards=[sleeve, back_card(), card()]).decorations
        assert [each.location for each in found] == ["Full Front", "Full Back", "Sleeve"]

    def test_of_a_card_that_was_split_are_one_imprint(self) -> None:
        assert len(only(ProductionCards=[card(), card(ID=6105)]).decorations) == 1

    def test_of_another_item_are_not_taken(self) -> None:
        other = card(OrderRetailItemId=31002, Items=[card_item(OrderRetailItemSizeId=49999)])
        assert only(ProductionCards=[other]).decorations == ()

    def test_of_a_card_without_rows_hold_for_its_whole_line(self) -> None:
        assert len(only(ProductionCards=[card(Items=[])]).decorations) == 1
        assert only(ProductionCards=[card(Items=[], OrderRetailItemId=None)]).decorations == ()

    def test_are_known_by_side_before_cards_are_made(self) -> None:
        sides = [
            {"SideName": "front", "SideArtId": 9001, "DesignOnProductUrl": "/img/f.png"},
            {"SideName": "back", "SideArtId": None, "DesignOnProductUrl": "/img/b.png"},
        ]
        line = only(ProductionCards=[], Items=[item(SidePreviews=sides)])
        assert [(each.method, each.location, each.artwork) for each in line.decorations] == [
            ("", "front", "Art 9001")
        ]

    def test_of_a_design_are_known_by_its_picture(self) -> None:
        side = {"SideName": "front", "SideArtId": None, "DesignOnlyUrl": "/img/d.png"}
        line = only(ProductionCards=[], Items=[item(ArtId=None, DesignId=77, SidePreviews=[side])])
        assert [each.artwork for each in line.decorations] == ["Design 77"]

    def test_do_not_exist_on_blank_goods(self) -> None:
        side = {"SideName": "front", "SideArtId": None, "ProductOnlyUrl": "/img/p.png"}
        assert only(ProductionCards=[], Items=[blank(SidePreviews=[side])]).decorations == ()


class TestMockups:
    @pytest.mark.parametrize(
        ("path", "urls"),
        [
            ("/img/dp.png", ("https://media.example/img/dp.png",)),
            ("img/dp.png", ("https://media.example/img/dp.png",)),
            ("https://cdn.example/dp.png", ("https://cdn.example/dp.png",)),
            ("//cdn.example/dp.png", ("https://cdn.example/dp.png",)),
            ("", ()),
            (None, ()),
            ("javascript:alert(1)", ()),
            ("data:text/html,x", ()),
            ("file:///etc/passwd", ()),
            ("http://[", ()),
            ("http://media.example/img/dp.png", ()),
            ("https://user:secret@media.example/img/dp.png", ()),
        ],
    )
    def test_are_web_addresses_or_nothing(self, path: str | None, urls: tuple[str, ...]) -> None:
        sides = [{"SideName": "front", "DesignOnProductUrl": path}]
        assert only(Items=[item(SidePreviews=sides * 2)]).mockup_urls == urls


class TestPersonalization:
    def test_keeps_every_name_with_its_count(self) -> None:
        names = [
            {"Name": "REYES", "Number": "7", "Quantity": 1, "Price": None},
            {"Name": "王伟", "Number": None, "Quantity": 2},
            {"Name": "", "Number": "", "Quantity": 1},
            {"Name": "GONE", "Number": "1", "Quantity": 0},
        ]
        line = only(Items=[item(Quantity=3, NameNumberValues=names)])
        assert line.personalizations == (
            Personalization(name="REYES", number="7"),
            Personalization(name="王伟", quantity=2),
        )

    def test_of_two_hundred_pieces_stays_in_the_order_they_were_entered(self) -> None:
        names = [{"Name": f"N{200 - number}", "Number": str(number), "Quantity": 1} for number in range(200)]
        line = only(Items=[item(Quantity=200, NameNumberValues=names)])
        assert [each.number for each in line.personalizations] == [str(number) for number in range(200)]

    def test_texts_belong_to_all_pieces_named_or_not(self) -> None:
        texts = [{"Name": "Position", "Value": "Keeper"}, {"Name": "Empty", "Value": ""}]
        names = [{"Name": "REYES", "Number": "7", "Quantity": 1}]
        line = only(Items=[item(Quantity=3, NameNumberValues=names, PersonalizationValues=texts)])
        assert line.personalizations == (
            Personalization(name="REYES", number="7", values=(("Position", "Keeper"),)),
            Personalization(values=(("Position", "Keeper"),), quantity=2),
        )

    def test_is_taken_from_one_card_when_the_item_is_silent(self) -> None:
        rows = [
            card_item(Quantity=1, NameNumberValue={"Name": "REYES", "Number": "7", "Quantity": 1}),
            card_item(Quantity=1, PersonalizationValues=[{"Name": "Position", "Value": "Keeper"}]),
        ]
        line = only(ProductionCards=[card(Items=rows), back_card(Items=rows)])
        assert line.personalizations == (
            Personalization(name="REYES", number="7"),
            Personalization(values=(("Position", "Keeper"),)),
        )


class TestPurchasing:
    @pytest.mark.rule("B2")
    @pytest.mark.parametrize(
        ("front", "back", "texts"),
        [
            ("", "", ()),
            (None, None, ()),
            ("Ordered", "", ("Ordered",)),
            ("Received", "Ordered", ("Received", "Ordered")),
            ("Ordered", "Ordered", ("Ordered",)),
            (" waiting for Bob ", "", ("waiting for Bob",)),
        ],
    )
    def test_texts_of_both_sides_are_kept(
        self, front: str | None, back: str | None, texts: tuple[str, ...]
    ) -> None:
        cards = [
            card(
                Items=[
                    card_item(PurchasingStatus=front),
                    card_item(OrderRetailItemSizeId=5, PurchasingStatus="No"),
                ]
            ),
            back_card(Items=[card_item(PurchasingStatus=back)]),
        ]
        assert only(ProductionCards=cards).purchasing == texts


class TestTax:
    @pytest.mark.parametrize(
        ("order_changes", "item_changes", "taxed"),
        [
            ({}, {}, True),
            ({"TaxAmount": 0}, {}, False),
            ({"TaxRate": None}, {}, True),
            ({"TaxRate": 0}, {}, False),
            ({}, {"TaxRate": 0}, False),
            ({"TaxRate": 0}, {"TaxRate": Decimal("0.05")}, True),
            ({}, {"TaxRate": Decimal("0.05"), "TaxRateOverride": 0}, False),
            ({"TaxAmount": 0}, {"TaxRate": Decimal("0.05")}, False),
        ],
    )
    def test_mark_follows_the_nearest_rate(
        self, order_changes: Json, item_changes: Json, taxed: bool
    ) -> None:
        assert only(**order_changes, Items=[item(**item_changes)]).taxed is taxed


class TestFreeLines:
    def test_become_custom_items(self) -> None:
        line = only(Items=[], ProductionCards=[], CustomLineItems=[custom(Quantity=3)])
        assert line == OrderItem(
            external_id="custom-501",
            line_external_id="custom-501",
            kind="custom",
            name="Vinyl banner",
            item_number="",
            color="White",
            size="3x6 ft",
            quantity=3,
            unit_price_amount=8500,
            total_amount=25500,
            taxed=True,
            notes="With grommets",
        )

    def test_come_after_the_goods(self) -> None:
        lines = snapshot(CustomLineItems=[custom(ID=1)]).items
        assert [each.kind for each in lines] == ["product", "custom"]

    @pytest.mark.parametrize(
        ("changes", "name", "quantity", "unit_price", "total"),
        [
            ({"Quantity": None}, "Vinyl banner", 1, 8500, 8500),
            ({"Quantity": 0}, "Vinyl banner", 0, 8500, 0),
            ({"Quantity": Decimal("2.0")}, "Vinyl banner", 2, 8500, 17000),
            (
                {"Quantity": Decimal("1.5"), "UnitType": "PerHour"},
                "Vinyl banner (1.5 hours)",
                1,
                12750,
                12750,
            ),
            ({"Quantity": Decimal("0.25")}, "Vinyl banner (0.25 pieces)", 1, 2125, 2125),
            ({"UnitPrice": Decimal("-10.00")}, "Vinyl banner", 1, -1000, -1000),
        ],
    )
    def test_are_whole_pieces_at_their_whole_price(
        self, changes: Json, name: str, quantity: int, unit_price: int, total: int
    ) -> None:
        line = only(Items=[], CustomLineItems=[custom(**changes)])
        assert (line.name, line.quantity, line.unit_price_amount, line.total_amount) == (
            name, quantity, unit_price, total,
        )  # fmt: skip

    def test_that_were_switched_off_are_not_there(self) -> None:
        assert snapshot(CustomLineItems=[custom(Active=False)], Items=[]).items == ()

    def test_of_one_parent_stay_together(self) -> None:
        assert only(Items=[], CustomLineItems=[custom(ParentId=500)]).line_external_id == "custom-500"

    @pytest.mark.parametrize(("changes", "taxed"), [({"Taxable": False}, False), ({"Taxable": None}, True)])
    def test_can_be_free_of_tax(self, changes: Json, taxed: bool) -> None:
        assert only(Items=[], CustomLineItems=[custom(**changes)]).taxed is taxed


class TestNotes:
    def test_of_the_item_and_of_its_style_are_joined_once(self) -> None:
        notes = [
            {"ProductStyleId": 7001, "ArtId": 9001, "Content": "No bleach"},
            {"ProductStyleId": 7001, "ArtId": None, "Content": "Rush"},
            {"ProductStyleId": 7001, "ArtId": 9, "Content": "other art"},
            {"ProductStyleId": 7002, "ArtId": 9001, "Content": "other style"},
            {"CustomLineItemId": 501, "Content": "hem it"},
        ]
        lines = snapshot(LineItemNotes=notes, Items=[item(Notes="Rush")], CustomLineItems=[custom()]).items
        assert [each.notes for each in lines] == ["Rush\nNo bleach", "With grommets\nhem it"]
