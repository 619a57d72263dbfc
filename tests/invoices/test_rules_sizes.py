"""Sizes: 24 codes, the texts that mean them, and what becomes of a text that means none of them."""

import pytest

from api.settings.rules.sizes import OTHER, RANK, SIZES, size_code
from tests.make.wanted import UNKNOWN_SIZES, convert, custom, make_pinned, tee

# What stores call their sizes, told apart from the product's own table.
CALLED = {
    "size_xs": "XS, X-Small, Extra Small, Adult XS",
    "size_s": "S, SM, Small, Adult S, Adult Small",
    "size_m": "M, MD, Med, Medium, Adult M, Adult Medium",
    "size_l": "L, LG, Large, Adult L, Adult Large",
    "size_xl": "XL, X-Large, Extra Large, 1XL, Adult XL",
    "size_2xl": "2XL, XXL, 2X, XX-Large, 2 XL, Adult 2XL",
    "size_3xl": "3XL, XXXL, 3X, XXX-Large, 3 XL, Adult 3XL",
    "size_4xl": "4XL, XXXXL, 4X, 4 XL, Adult 4XL",
    "size_5xl": "5XL, XXXXXL, 5X, 5 XL, Adult 5XL",
    "size_6xl": "6XL, XXXXXXL, 6X, 6 XL, Adult 6XL",
    "size_yxs": "YXS, Youth XS, Youth X-Small, Y-XS",
    "size_ys": "YS, Youth S, Youth Small, Y-S",
    "size_ym": "YM, Youth M, Youth Medium, Y-M",
    "size_yl": "YL, Youth L, Youth Large, Y-L",
    "size_yxl": "YXL, Youth XL, Youth X-Large, Y-XL",
    "size_6m": "6M, 6MO, 6 Months",
    "size_12m": "12M, 12MO, 12 Months",
    "size_18m": "18M, 18MO, 18 Months",
    "size_24m": "24M, 24MO, 24 Months",
    "size_2t": "2T",
    "size_3t": "3T",
    "size_4t": "4T",
    "size_5t": "5T",
}
TEXTS = [(text, code) for code, texts in CALLED.items() for text in texts.split(", ")]
# One adult text per code, for a group of all 24.
ALL_24 = [texts.split(", ")[0] for texts in CALLED.values()] + ["OSFA"]


class TestASizeText:
    @pytest.mark.parametrize(("text", "code"), TEXTS)
    @pytest.mark.parametrize(
        "write", [str, str.upper, str.lower, lambda text: f"  {text.replace(' ', '   ')}\t"]
    )
    def test_means_its_code_however_it_is_written(self, text: str, code: str, write: object) -> None:
        assert callable(write)
        assert size_code(write(text), {}) == code

    @pytest.mark.parametrize("text", UNKNOWN_SIZES)
    def test_that_nobody_knows_means_nothing(self, text: str) -> None:
        assert size_code(text, {}) is None

    def test_means_what_the_shop_chose_before_what_is_usual(self) -> None:
        assert size_code(" OSFA ", {"osfa": "size_l"}) == "size_l"
        assert size_code("2x", {"2x": "size_3xl"}) == "size_3xl"

    def test_of_a_range_is_no_single_size(self) -> None:
        """Two sizes under one count would order the wrong blanks."""
        assert [size_code(text, {}) for text in ("2T/3T", "5/6T", "S/M", "L/XL")] == [None] * 4


class TestTheGrid:
    def test_has_24_sizes_youth_before_adult_and_other_last(self) -> None:
        assert len(SIZES) == len(set(SIZES)) == len(RANK) == 24
        assert RANK["size_24m"] < RANK["size_2t"] < RANK["size_yxs"] < RANK["size_xs"] < RANK["size_6xl"]
        assert SIZES[-1] == OTHER

    def test_shows_all_24_sizes_in_one_group(self) -> None:
        order = make_pinned(
            "870004", *(tee(text, quantity=place) for place, text in enumerate(ALL_24, start=1))
        )
        (group,) = convert(order).groups
        assert group.enabled_sizes == SIZES
        counts = {size: count for line in group.lines for size, count in line.draft.sizes}
        assert counts == {**{code: place for place, code in enumerate(CALLED, start=1)}, OTHER: 24}


class TestAnUnknownSize:
    @pytest.mark.parametrize("text", [text for text in UNKNOWN_SIZES if text])
    def test_goes_to_other_with_its_text_kept(self, text: str) -> None:
        wanted = convert(make_pinned("870006", tee(text, 3)))
        (line,) = wanted.lines()
        assert line.draft.sizes == ((OTHER, 3),)
        assert f"Size: {text} " in line.draft.description
        (trace,) = line.trace
        assert (trace.size_text, trace.size_code, trace.pieces) == (text, OTHER, 3)

    @pytest.mark.parametrize("text", UNKNOWN_SIZES)
    def test_is_an_exception_that_names_it(self, text: str) -> None:
        (finding,) = convert(make_pinned("870006", tee(text))).findings
        assert finding.code == "unknown_size"
        assert finding.details == {"size": text, "item": "Heavy Cotton Tee", "order_number": "870006"}

    def test_without_a_text_says_so(self) -> None:
        (line,) = convert(make_pinned("870006", tee(""))).lines()
        assert "Size: not given" in line.draft.description

    def test_never_shares_a_count_with_another_text(self) -> None:
        wanted = convert(make_pinned("870006", tee("OSFA", 2), tee("32x30", 3), tee("XLT", 4)))
        assert sorted(line.draft.sizes for line in wanted.lines()) == [
            ((OTHER, 2),),
            ((OTHER, 3),),
            ((OTHER, 4),),
        ]

    def test_written_twice_is_one_line_and_one_exception_an_order(self) -> None:
        wanted = convert(
            make_pinned("870006", tee("Osfa", 2), tee(" OSFA ", 3)), make_pinned("870007", tee("osfa"))
        )
        (line,) = wanted.lines()
        assert line.draft.sizes == ((OTHER, 6),)
        assert [(f.details["order_number"], f.fact) for f in wanted.findings] == [
            ("870006", "osfa"),
            ("870007", "osfa"),
        ]

    def test_survives_the_longest_name(self) -> None:
        (line,) = convert(make_pinned("870006", tee("32x30", name="Trousers " * 400))).lines()
        assert "Size: 32x30" in line.draft.description
        assert len(line.draft.description) <= 1000

    def test_that_the_shop_taught_us_is_no_exception(self) -> None:
        wanted = convert(make_pinned("870006", tee("OSFA")), size_map={"osfa": "size_m"})
        assert [line.draft.sizes for line in wanted.lines()] == [(("size_m", 1),)]
        assert wanted.findings == ()

    def test_that_the_shop_sent_to_other_keeps_its_text_without_an_exception(self) -> None:
        wanted = convert(
            make_pinned("870006", tee("OSFA"), tee("XLT")), size_map={"osfa": OTHER, "xlt": OTHER}
        )
        assert len(wanted.lines()) == 2
        assert wanted.findings == ()

    def test_of_a_custom_line_is_no_exception(self) -> None:
        wanted = convert(make_pinned("870006", custom("Rush", size="OSFA")))
        assert "Size: OSFA" in wanted.lines()[0].draft.description
        assert wanted.findings == ()
