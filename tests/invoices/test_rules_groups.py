"""Groups and lines: one group per decoration set, one line per style, colour and unit price."""

from dataclasses import replace
from typing import Any

import pytest

from api.connectors.store_platform import Decoration
from api.invoices.rules.grouping import split_prices
from api.invoices.rules.wanted import WantedInvoice
from tests.make.wanted import BACK, CHEST, FRONT, convert, custom, make_pinned, tee


def prices(wanted: WantedInvoice) -> list[tuple[int, tuple[tuple[str, int], ...]]]:
    return [(line.draft.unit_price_amount, line.draft.sizes) for line in wanted.lines()]


class TestSplittingAPrice:
    @pytest.mark.parametrize("total", [*range(12), 99, 100, 101, 1000, 1999, 123_456_789, -1, -10, -1001])
    @pytest.mark.parametrize("pieces", [1, 2, 3, 7, 24, 400])
    def test_is_exact_with_two_prices_at_most(self, total: int, pieces: int) -> None:
        found = split_prices(total, pieces)
        assert sum(price * count for price, count in found) == total
        assert sum(count for _, count in found) == pieces
        assert len(found) <= 2
        assert len(found) == 1 or found[0][0] - found[1][0] == 1

    @pytest.mark.rule("I15")
    def test_makes_two_lines_that_differ_by_a_cent(self) -> None:
        wanted = convert(make_pinned("870001", tee("L", 3, total_amount=1000)))
        assert prices(wanted) == [(333, (("size_l", 2),)), (334, (("size_l", 1),))]
        assert wanted.is_sendable

    def test_charges_add_ons_as_part_of_the_price(self) -> None:
        """Two shirts at $20 with a name at $5 each come to $50: $25 a piece."""
        wanted = convert(make_pinned("870001", tee("L", 2, unit_price_amount=2000, total_amount=5000)))
        assert prices(wanted) == [(2500, (("size_l", 2),))]


class TestALine:
    def test_gathers_sizes_of_one_price_from_many_orders(self) -> None:
        wanted = convert(make_pinned("870001", tee("S"), tee("L", 2)), make_pinned("870002", tee("L", 3)))
        assert prices(wanted) == [(2000, (("size_s", 1), ("size_l", 5)))]

    def test_of_an_upcharge_stands_apart_and_after(self) -> None:
        order = make_pinned("870001", tee("3XL", 1, 2300), tee("L", 4, 2000), tee("2XL", 2, 2200))
        assert prices(convert(order)) == [
            (2000, (("size_l", 4),)),
            (2200, (("size_2xl", 2),)),
            (2300, (("size_3xl", 1),)),
        ]

    @pytest.mark.parametrize(
        "changes",
        [
            {"item_number": "G185"},
            {"name": "Softstyle Tee"},
            {"color": "Ash"},
            {"total_amount": 2100},
        ],
        ids=lambda changes: next(iter(changes)),
    )
    def test_is_another_one_when_what_makes_it_differs(self, changes: dict[str, Any]) -> None:
        assert len(convert(make_pinned("870001", tee(), tee(**changes))).lines()) == 2

    def test_is_never_taxed_in_the_books(self) -> None:
        """The collected tax is carried as a fee: a taxed line would be taxed twice."""
        wanted = convert(make_pinned("870001", tee(taxed=True), tee(taxed=False)))
        assert [line.draft.taxed for line in wanted.lines()] == [False]

    def test_knows_order_and_order_line_of_every_piece(self) -> None:
        wanted = convert(make_pinned("870002", tee("L", 3)), make_pinned("870001", tee("L", 2), tee("lg", 4)))
        (line,) = wanted.lines()
        traced = [(t.order_number, t.item_external_id, t.size_text, t.pieces) for t in line.trace]
        assert traced == [
            ("870001", "870001-01", "L", 2),
            ("870001", "870001-02", "lg", 4),
            ("870002", "870002-01", "L", 3),
        ]

    @pytest.mark.parametrize("quantity", [1, 400])
    def test_takes_one_piece_and_four_hundred(self, quantity: int) -> None:
        assert convert(make_pinned("870001", tee("M", quantity))).piece_count == quantity

    def test_of_an_item_edited_to_nothing_is_not_there(self) -> None:
        wanted = convert(make_pinned("870001", tee("L", 0), tee("M")))
        assert prices(wanted) == [(2000, (("size_m", 1),))]
        assert convert(make_pinned("870001", tee("L", 0))).groups == ()

    def test_of_nothing_to_pay_is_there(self) -> None:
        wanted = convert(make_pinned("870001", tee("L", 5, 0)))
        assert prices(wanted) == [(0, (("size_l", 5),))]
        assert wanted.is_sendable


class TestAGroup:
    def test_is_one_for_an_identical_decoration_set(self) -> None:
        both = tee("L", 2, decorations=(FRONT, BACK))
        other_way_round = tee("M", 3, item_number="G185", decorations=(BACK, FRONT))
        (group,) = convert(make_pinned("870001", both), make_pinned("870002", other_way_round)).groups
        assert len(group.lines) == 2

    def test_with_front_and_back_counts_pieces_once_and_imprints_twice(self) -> None:
        wanted = convert(make_pinned("870001", tee("L", 12, decorations=(FRONT, BACK))))
        (group,) = wanted.groups
        assert wanted.piece_count == 12
        assert [imprint.draft.details.split(" · ")[0] for imprint in group.imprints] == [
            "Full Back",
            "Full Front",
        ]

    @pytest.mark.parametrize(
        "other",
        [
            replace(FRONT, method="DTG"),
            replace(FRONT, location="Full Back"),
            replace(FRONT, artwork="Lincoln Tigers"),
        ],
    )
    def test_is_another_one_for_another_method_location_or_artwork(self, other: Decoration) -> None:
        wanted = convert(make_pinned("870001", tee(), tee(decorations=(other,))))
        assert len(wanted.groups) == 2

    def test_is_the_same_one_however_method_and_location_are_spelled(self) -> None:
        shouted = replace(FRONT, method=" SCREEN   PRINT", location="full front ")
        (group,) = convert(make_pinned("870001", tee(), tee("M", decorations=(shouted,)))).groups
        assert len(group.imprints) == 1

    def test_of_blank_goods_has_no_imprint(self) -> None:
        wanted = convert(make_pinned("870001", tee(decorations=()), tee()))
        assert sorted(len(group.imprints) for group in wanted.groups) == [0, 1]

    def test_of_custom_lines_stands_last_without_imprint(self) -> None:
        wanted = convert(make_pinned("870001", custom("Art hours", 3), tee("L"), tee("M", decorations=())))
        last = wanted.groups[-1]
        assert last.imprints == ()
        assert [(line.draft.description[:9], line.draft.sizes) for line in last.lines] == [
            ("Art hours", (("size_other", 3),))
        ]

    def test_keeps_custom_lines_apart_whose_notes_differ(self) -> None:
        wanted = convert(make_pinned("870001", custom(notes="left sleeve"), custom(notes="right sleeve")))
        assert ["left" in line.draft.description for line in wanted.lines()].count(True) == 1
        assert len(wanted.lines()) == 2

    def test_fed_by_one_order_may_be_several(self) -> None:
        wanted = convert(make_pinned("870001", tee(), tee(decorations=(CHEST,)), tee(decorations=())))
        assert len(wanted.groups) == 3
        assert [group.position for group in wanted.groups] == [1, 2, 3]

    def test_enables_the_sizes_of_its_own_lines(self) -> None:
        order = make_pinned(
            "870001", tee("YM"), tee("3XL", price=2300), tee("OSFA"), tee("S", decorations=(CHEST,))
        )
        by_size = sorted((group.enabled_sizes for group in convert(order).groups), key=len)
        assert by_size == [("size_s",), ("size_ym", "size_3xl", "size_other")]


class TestGroupingByChoice:
    ORDERS = (
        make_pinned("870001", tee(), tee(item_number="G185", name="Hood")),
        make_pinned("870002", tee("M"), custom()),
    )

    @pytest.mark.parametrize(("grouping", "groups"), [("decoration", 2), ("product", 3), ("order", 3)])
    def test_splits_by_what_the_shop_chose(self, grouping: str, groups: int) -> None:
        wanted = convert(*self.ORDERS, grouping=grouping)
        assert len(wanted.groups) == groups
        assert wanted.piece_count == 4
        assert wanted.proof == convert(*self.ORDERS).proof


class TestAnImprint:
    @pytest.mark.parametrize(
        ("decoration", "details"),
        [
            (FRONT, "Full Front · Screen Print · Lincoln Lions · 2 colors: White, Gold"),
            (BACK, "Full Back · Screen Print · Coach · 1 color: White"),
            (CHEST, "Left Chest · Embroidery · Lincoln L · 5200 stitches"),
            (Decoration("DTG", "", "Art 12", color_count=3), "DTG · Art 12 · 3 colors"),
            (Decoration("", "front", "Art 12"), "front · Art 12"),
            (
                replace(CHEST, colors=("Red",)),
                "Left Chest · Embroidery · Lincoln L · 1 color: Red, 5200 stitches",
            ),
        ],
    )
    def test_says_where_what_and_its_inks(self, decoration: Decoration, details: str) -> None:
        (group,) = convert(make_pinned("870001", tee(decorations=(decoration,)))).groups
        (imprint,) = group.imprints
        assert imprint.draft.details == f"{details} · ref {imprint.marker}"

    def test_names_all_inks_where_garments_differ(self) -> None:
        black = replace(FRONT, colors=("Black",))
        (group,) = convert(make_pinned("870001", tee(), tee(color="Ash", decorations=(black,)))).groups
        (imprint,) = group.imprints
        assert "2 colors: White, Gold / 1 color: Black" in imprint.draft.details

    def test_has_the_type_of_work_that_the_shop_mapped(self) -> None:
        shouted = replace(FRONT, method="SCREEN  PRINT")
        wanted = convert(make_pinned("870001", tee(decorations=(shouted,))))
        assert wanted.groups[0].imprints[0].draft.type_of_work_id == "11802"
        assert wanted.findings == ()

    def test_of_an_unknown_method_is_an_exception_and_written_all_the_same(self) -> None:
        foil = replace(FRONT, method="Foil")
        wanted = convert(make_pinned("870001", tee(decorations=(foil,)), tee("M", decorations=(foil,))))
        assert wanted.groups[0].imprints[0].draft.type_of_work_id is None
        (finding,) = wanted.findings
        assert (finding.code, finding.fact) == ("unknown_method", "foil")
        assert wanted.is_sendable

    def test_whose_method_is_not_told_yet_is_no_exception(self) -> None:
        wanted = convert(make_pinned("870001", tee(decorations=(Decoration("", "front", "Art 12"),))))
        assert wanted.findings == ()

    def test_of_two_texts_that_look_alike_when_joined_is_two(self) -> None:
        left, right = Decoration("b", "a|", "c"), Decoration("|b", "a", "c")
        (group,) = convert(make_pinned("870001", tee(decorations=(left, right)))).groups
        assert len({imprint.key for imprint in group.imprints}) == 2

    def test_carries_a_mockup_by_address(self) -> None:
        shown = replace(FRONT, mockup_url="https://cdn.inksoft.example/1.png")
        (group,) = convert(make_pinned("870001", tee(decorations=(shown,)))).groups
        assert group.imprints[0].draft.mockup_urls == ("https://cdn.inksoft.example/1.png",)

    def test_carries_one_mockup_though_every_order_has_its_own_picture_of_it(self) -> None:
        orders = [
            make_pinned(
                f"87000{n}",
                tee(decorations=(replace(FRONT, mockup_url=f"https://cdn.inksoft.example/{n}.png"),)),
            )
            for n in range(3)
        ]
        (group,) = convert(*orders).groups
        assert group.imprints[0].draft.mockup_urls == ("https://cdn.inksoft.example/0.png",)
