"""What is written: descriptions of bounded length with the marker at the end, names and numbers on their line."""

from dataclasses import replace

import pytest

from api.connectors.store_platform import Personalization
from api.invoices.rules.fields import find_mark
from api.invoices.rules.texts import mark_of
from api.invoices.rules.wanted import WantedLine
from tests.make.wanted import convert, custom, make_pinned, mark, tee

SCRIPTS = (
    "Zoë", "Łukasz", "Σοφία", "Мария", "मीरा", "สมชาย", "さくら", "지민", "小明", "שרה", "محمد", "Ọlá", "👩‍👩‍👧", "O'Neil-Smith",
    "Đặng", "ქეთი", "Անի", "ሰላም",
)  # fmt: skip


def named_tee(*names: Personalization, size: str = "L") -> WantedLine:
    (line,) = convert(
        make_pinned("870005", tee(size, sum(n.quantity for n in names), personalizations=names))
    ).lines()
    return line


class TestADescription:
    def test_ends_with_the_marker(self) -> None:
        (line,) = convert(make_pinned("870001", tee())).lines()
        assert line.draft.description == f"Heavy Cotton Tee · ref {line.marker}"

    def test_of_a_custom_line_has_its_notes_on_one_line(self) -> None:
        (line,) = convert(make_pinned("870001", custom("Art", notes="two hours\n\nof  drawing"))).lines()
        assert line.draft.description == f"Art · two hours of drawing · ref {line.marker}"

    @pytest.mark.parametrize("name", ["  Tee ", "Tee\r\n", "Tee"])
    def test_has_no_spaces_that_books_would_trim(self, name: str) -> None:
        (line,) = convert(make_pinned("870001", tee(name=name, color=" Navy  Blue "))).lines()
        assert line.draft.description.startswith("Tee · ref")
        assert line.draft.color == "Navy Blue"

    @pytest.mark.parametrize("length", [0, 1, 300, 400, 401, 1000, 5000])
    def test_is_a_thousand_characters_at_most(self, length: int) -> None:
        order = make_pinned(
            "870001", tee(name="n" * length), custom("c" * length, notes="o" * length, size="s" * length)
        )
        for line in convert(order).lines():
            assert len(line.draft.description) <= 1000
            assert find_mark(line.draft.description, line.marker)


class TestAMarker:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Tee · ref P-7K2Q3FXM", "P-7K2Q3FXM"),
            ("Tee · ref P-ABCDEFGH, rush please", "P-ABCDEFGH"),
            ("Tee · ref P-ABCDEFGH\nmoved by Dana", "P-ABCDEFGH"),
            ("ref P-ABCDEFGH", "P-ABCDEFGH"),
            ("Tee · P-ABCDEFGH", None),
            ("Tee · ref P-ABCDEFGHX", None),
            ("Tee · ref P-ABC", None),
            ("Tee · href P-ABCDEFGH", None),
            ("", None),
        ],
    )
    def test_is_found_as_a_whole_word(self, text: str, found: str | None) -> None:
        assert mark_of(text) == found

    def test_that_a_shopper_copied_into_a_name_does_not_count(self) -> None:
        stolen = mark("some other line")
        line = named_tee(Personalization(name=f"ref {stolen}"))
        assert stolen in line.draft.description
        assert mark_of(line.draft.description) == line.marker


class TestNamesAndNumbers:
    def test_stay_with_size_and_order_number_on_the_line(self) -> None:
        line = named_tee(
            Personalization("Zoë", "7"), Personalization("Max", "12", (("Sleeve", "Captain"),), 2)
        )
        assert line.draft.description == (
            f"Heavy Cotton Tee · L Zoë #7 (870005); 2 x L Max #12 Sleeve: Captain (870005) · ref {line.marker}"
        )

    def test_carry_the_prefix_that_the_shop_chose(self) -> None:
        order = make_pinned("870005", tee(personalizations=(Personalization("Zoë"),)))
        wanted = convert(order, order_number_prefix="W-")
        assert "(W-870005)" in wanted.lines()[0].draft.description

    def test_go_to_the_list_only_when_the_shop_says_so(self) -> None:
        order = make_pinned("870005", tee(personalizations=(Personalization("Zoë", "7"),)))
        (line,) = convert(order, personalization="list").lines()
        assert "Zoë" not in line.draft.description
        assert [(n.name, n.number, n.size_text, n.order_number) for n in line.named] == [
            ("Zoë", "7", "L", "870005")
        ]

    def test_of_two_hundred_pieces_in_many_scripts_are_summed_up_and_all_kept(self) -> None:
        names = [Personalization(SCRIPTS[n % len(SCRIPTS)] + str(n), str(n)) for n in range(200)]
        line = named_tee(*names)
        assert "200 personalized pieces, listed in Platen" in line.draft.description
        assert [one.name for one in line.named] == [name.name for name in names]
        assert len(line.draft.description) <= 1000

    @pytest.mark.parametrize("script", SCRIPTS)
    def test_are_kept_as_they_were_written(self, script: str) -> None:
        assert f"L {script} #00 (870005)" in named_tee(Personalization(script, "00")).draft.description

    @pytest.mark.parametrize("length", range(900, 1000, 5))
    def test_are_either_whole_or_summed_up(self, length: int) -> None:
        line = named_tee(Personalization("x" * length))
        whole = "x" * length in line.draft.description
        assert whole or "1 personalized piece, listed in Platen" in line.draft.description
        assert len(line.draft.description) <= 1000

    def test_are_told_once_where_the_price_was_split(self) -> None:
        names = (Personalization("Ana"), Personalization("Bo"), Personalization("Cy"))
        wanted = convert(make_pinned("870005", tee("L", 3, total_amount=1000, personalizations=names)))
        assert [[one.name for one in line.named] for line in wanted.lines()] == [["Ana", "Bo", "Cy"], []]

    def test_of_two_items_without_ids_are_both_kept(self) -> None:
        order = make_pinned(
            "870005", *(tee("L", personalizations=(Personalization(n),)) for n in ("Ana", "Bo"))
        )
        nameless = tuple(replace(item, external_id="") for item in order.snapshot.items)
        same = replace(order, snapshot=replace(order.snapshot, items=nameless))
        (line,) = convert(same).lines()
        assert [one.name for one in line.named] == ["Ana", "Bo"]
