"""Wanted against the books, three ways: the smallest set of steps, and what a person did in the shop is left and told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from api.connectors.print_shop import RemoteLine
from api.invoices.rules import steps as s
from api.invoices.rules.adoption import find_unrecorded
from api.invoices.rules.diff import make_steps
from api.invoices.rules.wanted import PinnedOrder, WantedInvoice
from tests.make.books import Books
from tests.make.wanted import CHEST, FRONT, convert, make_pinned, tee

FIRST = make_pinned("870001", tee("L", 2), tee("2XL", 1, 2200), shipping=500, tax=120, discount=100)
SECOND = make_pinned("870002", tee("L", 3), tee("M", 1, decorations=(CHEST,)), shipping=700)
BY_HAND = RemoteLine(
    id="", position=9, item_number="", color="", description="Rush", unit_price_amount=2500, taxed=False,
    sizes=(("size_other", 1),), status=None,
)  # fmt: skip


@dataclass(frozen=True)
class Pushed:
    """Books that hold an invoice as it was wanted."""

    books: Books
    wanted: WantedInvoice

    def line(self, price: int) -> str:
        (found,) = [line.id for line in self.books.lines if line.unit_price_amount == price]
        return found

    def edited(self) -> set[tuple[str, str]]:
        """(kind, field) of every difference but the totals that follow from it."""
        return {(d.kind, d.field) for d in self.books.differences(self.wanted) if d.kind != "amount"}

    def steps(self, *orders: PinnedOrder, **choices: Any) -> list[s.Step]:
        return self.books.push(convert(*orders, **choices))


def push(*orders: PinnedOrder, **choices: Any) -> Pushed:
    books, wanted = Books(), convert(*orders, **choices)
    books.push(wanted)
    return Pushed(books, wanted)


def kinds(steps: list[s.Step]) -> list[str]:
    """What is done, in its order; what is written together one by one."""
    entries = (step.entries if isinstance(step, s.WriteTogether) else (step,) for step in steps)
    return [type(entry).__name__ for some in entries for entry in some]


class TestANewInvoice:
    @pytest.mark.rule("A5")
    def test_begins_with_the_quote_and_ends_with_the_status(self) -> None:
        steps = make_steps(convert(FIRST, SECOND), None, {})
        assert kinds(steps) == [
            "CreateQuote", "CreateGroup", "CreateGroup", "CreatePayment", "SetStatus",
        ]  # fmt: skip

    def test_shows_what_was_wanted_to_the_cent(self) -> None:
        pushed = push(FIRST, SECOND)
        assert pushed.books.differences(pushed.wanted) == []
        assert pushed.books.record.kind == "invoice"
        assert pushed.books.record.total_amount == pushed.wanted.proof.invoice_amount

    def test_has_nothing_left_to_do(self) -> None:
        pushed = push(FIRST, SECOND)
        assert pushed.books.push(pushed.wanted) == []

    @pytest.mark.parametrize(("lines", "batches"), [(1, []), (25, []), (26, [1]), (50, [25]), (60, [25, 10])])
    def test_sends_25_lines_at_once_at_most(self, lines: int, batches: list[int]) -> None:
        order = make_pinned("870001", *(tee(price=1000 + n) for n in range(lines)))
        steps = make_steps(convert(order), None, {})
        assert [len(step.lines) for step in steps if isinstance(step, s.CreateLines)] == batches
        assert push(order).books.differences(convert(order)) == []

    def test_of_orders_without_pieces_is_a_header_only(self) -> None:
        assert kinds(make_steps(convert(make_pinned("870001", tee("L", 0))), None, {})) == [
            "CreateQuote",
            "SetStatus",
        ]


@pytest.mark.rule("A1")
class TestFurtherOrders:
    def test_change_the_lines_they_share_and_add_their_own(self) -> None:
        pushed = push(FIRST)
        steps = pushed.steps(FIRST, SECOND)
        assert kinds(steps) == ["CreateGroup", "ChangeLines", "ChangeFees", "ChangePayment"]
        assert pushed.books.differences(convert(FIRST, SECOND)) == []

    def test_enable_sizes_that_the_group_does_not_show(self) -> None:
        pushed = push(FIRST)
        steps = pushed.steps(FIRST, make_pinned("870003", tee("YS", 4)))
        (columns,) = [step for step in steps if isinstance(step, s.ChangeColumns)]
        assert columns.groups[0][1].sizes == ("size_l", "size_2xl", "size_ys")
        assert kinds(steps).index("ChangeColumns") < kinds(steps).index("ChangeLines")

    def test_keep_sizes_that_a_person_enabled(self) -> None:
        pushed = push(FIRST)
        (group,) = pushed.books.record.groups
        pushed.books.enable_sizes(group.id, "size_6xl", *group.enabled_sizes)
        assert pushed.steps(FIRST) == []
        pushed.steps(FIRST, make_pinned("870003", tee("YS")))
        assert pushed.books.record.groups[0].enabled_sizes == ("size_6xl", "size_l", "size_2xl", "size_ys")

    def test_change_the_discount_that_we_wrote(self) -> None:
        pushed = push(FIRST)
        steps = pushed.steps(FIRST, make_pinned("870003", tee(), discount=50))
        assert kinds(steps)[-1] == "ChangeHeader"
        assert pushed.books.record.discount_amount == 150

    def test_on_an_invoice_do_not_move_its_status_again(self) -> None:
        assert "SetStatus" not in kinds(push(FIRST).steps(FIRST, SECOND))

    def test_change_25_lines_at_once_whichever_group_they_are_in(self) -> None:
        fronts = [tee(price=3000 + n) for n in range(30)]
        chests = [tee(price=4000 + n, decorations=(CHEST,)) for n in range(10)]
        pushed = push(make_pinned("870003", *fronts, *chests))
        steps = pushed.steps(make_pinned("870003", *fronts, *chests), make_pinned("870004", *fronts, *chests))
        assert [len(step.lines) for step in steps if isinstance(step, s.ChangeLines)] == [25, 15]
        assert kinds(steps) == ["ChangeLines", "ChangeLines", "ChangePayment"]

    def test_add_25_lines_at_once_whichever_group_they_are_in(self) -> None:
        pushed = push(FIRST, SECOND)
        more = [tee(price=3000 + n) for n in range(3)]
        chests = [tee(price=4000 + n, decorations=(CHEST,)) for n in range(4)]
        steps = pushed.steps(FIRST, SECOND, make_pinned("870003", *more, *chests))
        (added,) = [step for step in steps if isinstance(step, s.CreateLines)]
        assert (len(added.lines), len({key for key, _ in added.lines})) == (7, 2)

    def test_make_a_new_group_before_lines_join_it(self) -> None:
        pushed = push(FIRST)
        chests = [tee(price=4000 + n, decorations=(CHEST,)) for n in range(30)]
        steps = kinds(pushed.steps(FIRST, make_pinned("870003", tee(price=3000), *chests)))
        assert steps == ["CreateGroup", "CreateLines", "ChangePayment"]
        assert pushed.books.differences(convert(FIRST, make_pinned("870003", tee(price=3000), *chests))) == []

    def test_write_all_but_lines_in_one_call(self) -> None:
        """The inks of an imprint, the fees, the payment and the discount: 30 orders with a fee of their own each."""
        pushed = push(FIRST, shipping="fee_per_order")
        gold = (replace(FRONT, colors=("Gold",)),)
        more = [make_pinned(f"8700{n}", tee("L", 1), shipping=n, fee=5) for n in range(10, 39)]
        inked = make_pinned("870050", tee("L", 1, decorations=gold), shipping=100, discount=50, tax=20)
        *_, columns_and_lines, together = pushed.steps(FIRST, inked, *more, shipping="fee_per_order")
        assert isinstance(columns_and_lines, s.ChangeLines)
        assert kinds([together]) == [
            "ChangeImprint", "ChangeFees", "CreateFees", "CreateFees", "ChangePayment", "ChangeHeader",
        ]  # fmt: skip
        assert pushed.books.differences(convert(FIRST, inked, *more, shipping="fee_per_order")) == []

    def test_write_a_single_thing_by_itself(self) -> None:
        """Its refusal is certain to be one, and is said in its own words."""
        steps = push(FIRST).steps(FIRST, make_pinned("870003", tee("L", 2)))
        assert not [step for step in steps if isinstance(step, s.WriteTogether)]
        assert kinds(steps) == ["ChangeLines", "ChangePayment"]

    def test_beyond_25_new_lines_a_group_are_sent_in_batches(self) -> None:
        pushed = push(FIRST)
        steps = pushed.steps(FIRST, make_pinned("870003", *(tee(price=3000 + n) for n in range(55))))
        assert [len(step.lines) for step in steps if isinstance(step, s.CreateLines)] == [25, 25, 5]


class TestOrdersThatLeave:
    def test_take_their_lines_fees_and_money_with_them(self) -> None:
        pushed = push(FIRST, SECOND)
        steps = pushed.steps(SECOND)
        assert kinds(steps) == [
            "ChangeLines", "DeleteLines", "DeleteFee", "ChangeFees", "ChangePayment", "ChangeHeader",
        ]  # fmt: skip
        assert pushed.books.differences(convert(SECOND)) == []

    def test_take_a_group_that_nothing_else_is_in(self) -> None:
        pushed = push(FIRST, SECOND)
        assert "DeleteGroup" in kinds(pushed.steps(FIRST))
        assert pushed.books.differences(convert(FIRST)) == []

    def test_leave_a_group_in_which_a_person_wrote(self) -> None:
        pushed = push(FIRST, SECOND)
        (chest,) = [group for group in pushed.books.record.groups if len(group.lines) == 1]
        pushed.books.add_line(chest.id, BY_HAND)
        steps = pushed.steps(FIRST)
        assert "DeleteGroup" not in kinds(steps)
        assert "DeleteLines" in kinds(steps)

    def test_are_deleted_25_lines_at_once_at_most(self) -> None:
        pushed = push(FIRST, make_pinned("870003", *(tee(price=3000 + n) for n in range(55))))
        steps = pushed.steps(FIRST)
        assert [len(step.external_ids) for step in steps if isinstance(step, s.DeleteLines)] == [25, 25, 5]

    def test_take_the_payment_when_nothing_was_collected_for_the_rest(self) -> None:
        open_order = make_pinned("870009", tee(), collected=0)
        pushed = push(FIRST, open_order)
        assert "DeletePayment" in kinds(pushed.steps(open_order))
        assert pushed.books.record.paid_amount == 0


Edit = Callable[[Pushed], None]


@pytest.mark.rule("I15")
class TestWhatAPersonChanged:
    EDITS: tuple[tuple[str, Edit, tuple[str, str]], ...] = (
        (
            "price",
            lambda p: p.books.edit_line(p.line(2000), unit_price_amount=1800),
            ("edited", "unit_price_amount"),
        ),
        ("sizes", lambda p: p.books.edit_line(p.line(2000), sizes=(("size_l", 1),)), ("edited", "sizes")),
        (
            "text",
            lambda p: p.books.edit_line(p.line(2000), description="Tee, soft"),
            ("edited", "description"),
        ),
        ("tax", lambda p: p.books.edit_line(p.line(2000), taxed=True), ("edited", "taxed")),
        ("fee", lambda p: p.books.edit_fee(p.books.record.fees[0].id, amount=1), ("edited", "amount")),
        (
            "payment",
            lambda p: p.books.edit_payment(p.books.record.payments[0].id, amount=1),
            ("edited", "amount"),
        ),
    )

    @pytest.mark.parametrize(("edit", "difference"), [e[1:] for e in EDITS], ids=[e[0] for e in EDITS])
    def test_is_told_and_never_undone(self, edit: Edit, difference: tuple[str, str]) -> None:
        pushed = push(FIRST)
        edit(pushed)
        before = pushed.books.record
        assert pushed.edited() == {difference}
        assert pushed.steps(FIRST) == []
        assert pushed.books.record == before

    def test_stays_when_more_orders_come(self) -> None:
        pushed = push(FIRST)
        pushed.books.edit_line(pushed.line(2000), unit_price_amount=1800)
        steps = pushed.steps(FIRST, SECOND)
        assert "ChangeLines" not in kinds(steps)
        assert pushed.line(1800)

    def test_of_a_line_stays_when_its_order_leaves(self) -> None:
        pushed = push(FIRST, SECOND)
        pushed.books.edit_line(pushed.line(2200), description="Tee, for the coach")
        assert "DeleteLines" not in kinds(pushed.steps(SECOND))

    def test_of_a_fee_stays_when_its_orders_leave(self) -> None:
        pushed = push(FIRST, SECOND)
        tax = next(fee for fee in pushed.books.record.fees if "tax" in fee.description)
        pushed.books.edit_fee(tax.id, amount=999)
        assert "DeleteFee" not in kinds(pushed.steps(SECOND))

    def test_of_the_discount_is_told_and_stays(self) -> None:
        pushed = push(FIRST)
        pushed.books.give_discount(900)
        assert ("amount", "discount_amount") in {
            (d.kind, d.field) for d in pushed.books.differences(pushed.wanted)
        }
        assert pushed.steps(FIRST, make_pinned("870003", tee(), discount=50)) != []
        assert pushed.books.record.discount_amount == 900

    def test_says_what_was_wanted_and_what_is_there(self) -> None:
        pushed = push(FIRST)
        pushed.books.edit_line(pushed.line(2000), unit_price_amount=1800)
        (line, total) = pushed.books.differences(pushed.wanted)
        assert (line.wanted, line.remote) == (2000, 1800)
        assert (total.kind, total.field, total.wanted - total.remote) == ("amount", "total_amount", 400)

    def test_to_what_is_wanted_anyway_is_no_difference(self) -> None:
        pushed = push(FIRST)
        grown = convert(FIRST, SECOND)
        (line,) = [
            line for line in grown.lines() if line.draft.unit_price_amount == 2000 and line.piece_count == 5
        ]
        pushed.books.edit_line(pushed.line(2000), sizes=line.draft.sizes)
        assert "ChangeLines" not in kinds(pushed.books.push(grown))
        assert pushed.books.differences(grown) == []

    def test_by_a_line_of_their_own_shows_in_the_totals(self) -> None:
        pushed = push(FIRST)
        (group,) = pushed.books.record.groups
        pushed.books.add_line(group.id, BY_HAND)
        assert {(d.kind, d.field) for d in pushed.books.differences(pushed.wanted)} == {
            ("amount", "total_amount"),
            ("amount", "total_quantity"),
        }
        assert pushed.steps(FIRST) == []


class TestWhatAPersonRemoved:
    REMOVALS: tuple[tuple[str, Edit, int], ...] = (
        ("line", lambda p: p.books.remove_line(p.line(2200)), 1),
        ("imprint", lambda p: p.books.remove_imprint(p.books.record.groups[0].imprints[0].id), 1),
        ("group", lambda p: p.books.remove_group(p.books.record.groups[0].id), 3),
    )

    @pytest.mark.parametrize(("remove", "count"), [r[1:] for r in REMOVALS], ids=[r[0] for r in REMOVALS])
    def test_is_told_and_never_made_again(self, remove: Edit, count: int) -> None:
        pushed = push(FIRST)
        remove(pushed)
        assert [d.kind for d in pushed.books.differences(pushed.wanted) if d.kind != "amount"] == [
            "removed"
        ] * count
        assert pushed.steps(FIRST) == []

    @pytest.mark.rule("A6")
    def test_with_its_group_does_not_keep_new_lines_away(self) -> None:
        pushed = push(FIRST)
        pushed.books.remove_group(pushed.books.record.groups[0].id)
        steps = pushed.steps(FIRST, make_pinned("870003", tee("S", 4, 3000)))
        (group,) = [step.group for step in steps if isinstance(step, s.CreateGroup)]
        assert [line.draft.unit_price_amount for line in group.lines] == [3000]
        assert group.enabled_sizes == ("size_s",)
        assert pushed.steps(FIRST, make_pinned("870003", tee("S", 4, 3000))) == []

    def test_together_with_the_whole_record_leaves_nothing_to_do(self) -> None:
        pushed = push(FIRST)
        assert make_steps(pushed.wanted, None, pushed.books.written) == []


@pytest.mark.rule("A6")
class TestAWriteWhoseAnswerWasLost:
    @pytest.mark.parametrize("lost", range(7))
    def test_is_recognised_by_its_marker_and_not_done_again(self, lost: int) -> None:
        books, wanted = Books(), convert(FIRST, SECOND)
        for place, step in enumerate(make_steps(wanted, None, {})):
            books.forgetful = place == lost
            books.take(step, wanted)
        books.forgetful = False
        assert books.push(wanted) == []
        assert books.differences(wanted) == []

    def test_is_changed_like_any_other_when_more_is_wanted(self) -> None:
        books = Books()
        books.forgetful = True
        books.push(convert(FIRST))
        books.forgetful = False
        grown = convert(FIRST, SECOND)
        assert "ChangeLines" in kinds(books.push(grown))
        assert books.differences(grown) == []

    def test_is_recorded_as_the_books_show_it(self) -> None:
        lost, known = Books(), push(FIRST, SECOND)
        lost.forgetful = True
        lost.push(known.wanted)
        found = find_unrecorded(known.wanted, lost.record, {})
        everything = {key for key in known.books.written if key != "quote"}
        assert set(found) == everything
        assert all(found[key].kind == known.books.written[key].kind for key in everything)
        assert find_unrecorded(known.wanted, known.books.record, known.books.written) == {}

    def test_that_is_recorded_and_then_removed_by_a_person_stays_away(self) -> None:
        books, wanted = Books(), convert(FIRST)
        books.forgetful = True
        books.push(wanted)
        books.forgetful = False
        books.written |= find_unrecorded(wanted, books.record, books.written)
        books.remove_line(books.lines[0].id)
        assert books.push(wanted) == []

    def test_that_a_person_copied_counts_once(self) -> None:
        pushed = push(FIRST)
        (group,) = pushed.books.record.groups
        (line,) = [line for line in pushed.wanted.lines() if line.draft.unit_price_amount == 2000]
        copied = pushed.books.line_marked(line.marker)
        pushed.books.add_line(group.id, copied)
        assert pushed.steps(FIRST) == []
        assert {d.kind for d in pushed.books.differences(pushed.wanted)} == {"amount"}
