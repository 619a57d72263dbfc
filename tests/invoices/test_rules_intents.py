"""Recognising in the books what was sent: by marker what was made, by id and fields what was changed."""

from dataclasses import replace

import pytest

from api.connectors.print_shop import RemoteLine
from api.invoices.rules.fields import line_fields
from api.invoices.rules.intents import Intent, Removal, Target, intent_from_json, intent_to_json, look_for
from api.invoices.rules.sightings import Sighting, see_lines

LINE = RemoteLine(
    id="71", position=1, item_number="G500", color="Navy", description="Tee · ref P-AAAAAAAA",
    unit_price_amount=2190, taxed=False, sizes=(("size_m", 2),), status=None,
)  # fmt: skip
OTHER = replace(LINE, id="72", description="Tee · ref P-BBBBBBBB")


def target(line: RemoteLine, marker: str, *, external_id: str | None = None) -> Target:
    return Target(f"line:{marker}", "line", marker, line_fields(line), external_id)


def seen(*lines: RemoteLine) -> list[Sighting]:
    return list(see_lines(lines, "7"))


class TestWhatIsMade:
    BATCH = Intent("create_lines", (target(LINE, "P-AAAAAAAA"), target(OTHER, "P-BBBBBBBB")))

    @pytest.mark.rule("A6")
    def test_is_there_when_every_marker_is(self) -> None:
        evidence = look_for(self.BATCH, seen(OTHER, LINE))
        assert evidence.missing is None
        assert [found.external_id for _, found in evidence.found] == ["71", "72"]

    @pytest.mark.rule("A6")
    def test_is_there_in_part(self) -> None:
        evidence = look_for(self.BATCH, seen(OTHER))
        assert evidence.missing == Intent("create_lines", self.BATCH.targets[:1])
        assert [wanted.key for wanted, _ in evidence.found] == ["line:P-BBBBBBBB"]

    @pytest.mark.rule("A6")
    def test_is_recognised_after_a_person_changed_its_price(self) -> None:
        evidence = look_for(self.BATCH, seen(replace(LINE, unit_price_amount=1), OTHER))
        assert evidence.missing is None

    @pytest.mark.rule("A6")
    def test_is_not_taken_for_a_line_without_marker(self) -> None:
        evidence = look_for(self.BATCH, seen(replace(LINE, description="Tee"), OTHER))
        assert evidence.missing is not None


class TestWhatIsChanged:
    CHANGE = Intent("change_lines", (target(LINE, "P-AAAAAAAA", external_id="71"),))

    def test_is_there_when_the_line_shows_the_new_fields(self) -> None:
        assert look_for(self.CHANGE, seen(LINE)).missing is None

    def test_is_not_there_while_the_line_shows_the_old_ones(self) -> None:
        assert look_for(self.CHANGE, seen(replace(LINE, unit_price_amount=1))).missing == self.CHANGE

    def test_is_not_there_on_another_line(self) -> None:
        assert look_for(self.CHANGE, seen(replace(LINE, id="99"))).missing == self.CHANGE


class TestWhatIsRemoved:
    REMOVAL = Intent("delete_lines", removals=(Removal("line:a", "line", "71"),))

    def test_is_gone_when_nothing_has_its_id(self) -> None:
        assert look_for(self.REMOVAL, seen(OTHER)).missing is None

    def test_is_not_gone_while_something_has(self) -> None:
        assert look_for(self.REMOVAL, seen(LINE)).missing == self.REMOVAL


class TestWhatIsWrittenTogether:
    FEE = Target("fee:shipping", "fee", "P-CCCCCCCC", {"description": "Shipping", "amount": 500}, "81")
    NEW = Target("fee:tax", "fee", "P-DDDDDDDD", {"description": "Tax", "amount": 120})
    DISCOUNT = Target("quote", "quote", "P-EEEEEEEE", {"discount_amount": 300}, "9")
    ALL = Intent("write_together", (FEE, NEW, DISCOUNT))

    @pytest.mark.rule("A6")
    def test_is_looked_for_one_by_one(self) -> None:
        shown = Sighting("fee", "82", None, frozenset({"P-DDDDDDDD"}), {"amount": 120})
        evidence = look_for(self.ALL, [shown])
        assert [(wanted.key, there.external_id) for wanted, there in evidence.found] == [("fee:tax", "82")]
        assert evidence.missing == Intent("write_together", (self.FEE, self.DISCOUNT))

    @pytest.mark.rule("A6")
    def test_is_the_same_write_when_a_part_of_it_follows_alone(self) -> None:
        assert self.ALL.overlaps(Intent("create_fees", (self.NEW,)))
        assert Intent("change_header", (self.DISCOUNT,)).overlaps(self.ALL)

    def test_is_not_the_same_write_as_the_move_to_a_status(self) -> None:
        """Both write the record itself, but not the same of it."""
        moved = replace(self.DISCOUNT, fields={"kind": "invoice"})
        assert not self.ALL.overlaps(Intent("set_status", (moved,)))

    def test_does_not_make_one_write_of_others(self) -> None:
        assert not Intent("create_fees", (self.NEW,)).overlaps(Intent("create_quote", (self.NEW,)))


def test_an_intent_reads_back_as_it_was_kept() -> None:
    for intent in (
        TestWhatIsMade.BATCH,
        TestWhatIsChanged.CHANGE,
        TestWhatIsRemoved.REMOVAL,
        TestWhatIsWrittenTogether.ALL,
    ):
        assert intent_from_json(intent_to_json(intent)) == intent
