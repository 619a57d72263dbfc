"""What an exception says, in plain words: one function a cause, which gives a sentence whatever its details lack."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_SIDES: Final = {"inksoft": "InkSoft", "printavo": "Printavo"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """An exception to put into words: what it is about by name, the fact that tells it from others, its details."""

    about: str
    fact: str
    details: Mapping[str, Any]

    def get(self, name: str, otherwise: str = "") -> str:
        """A detail as text."""
        value = self.details.get(name)
        return otherwise if value in (None, "") else str(value)

    @property
    def order(self) -> str:
        return self.about or self.get("order_number") or self.get("number", "without a number")

    @property
    def invoice(self) -> str:
        return self.about or "without a number"

    @property
    def amount(self) -> str:
        return _money(self.number("amount"))

    def number(self, name: str) -> int:
        """A detail as a number, 0 where it is missing."""
        return int(self.details.get(name) or 0)


def _money(cents: int) -> str:
    """Cents as a plain number: `-1250` is `12.50`."""
    return f"{abs(cents) // 100}.{abs(cents) % 100:02}"


def side(trouble: Trouble) -> str:
    return _SIDES.get(trouble.get("side", trouble.fact), "One side")


def tell_unknown_size(trouble: Trouble) -> str:
    item = trouble.get("item", "an item")
    return (
        f"Order {trouble.order} has {item} in the size “{trouble.get('size', trouble.fact)}”, which Printavo does not "
        "have. Its pieces stand under Other, with the size as text."
    )


def tell_unknown_method(trouble: Trouble) -> str:
    return (
        f"Order {trouble.order} is decorated by “{trouble.get('method', trouble.fact)}”, and nobody has said which type "
        "of work that is in Printavo. Its imprint is written without one."
    )


def tell_does_not_add_up(trouble: Trouble) -> str:
    return (
        f"The parts of order {trouble.order} and its total differ by {trouble.amount}, so that it cannot be put on an "
        "invoice. Correct it in InkSoft, then have it read again."
    )


def tell_changed_after_attaching(trouble: Trouble) -> str:
    if trouble.details.get("is_cancelled"):
        happened = f"Order {trouble.order} was cancelled in InkSoft after it was put on an invoice. "
    else:
        happened = f"Order {trouble.order} was changed in InkSoft after it was put on an invoice: {_before_and_after(trouble)}. "
    given_back = trouble.number("refunded_after") - trouble.number("refunded_before")
    if given_back > 0:
        happened += f"{_money(given_back)} was given back. "
    return happened + "The invoice was left as it is: decide what becomes of it in Printavo."


def _before_and_after(trouble: Trouble) -> str:
    before, after = (
        f"{_pieces(trouble.number(f'pieces_{when}'))} for {_money(trouble.number(f'amount_{when}'))}"
        for when in ("before", "after")
    )
    if before == after:
        return f"still {after}, but other sizes, goods, names, decoration, charges or payments"
    return f"it was {before}, and is {after} now"


def _pieces(count: int) -> str:
    return f"{count} {'piece' if count == 1 else 'pieces'}"


def tell_rounding(trouble: Trouble) -> str:
    return (
        f"The parts of order {trouble.order} and its total differ by {trouble.amount}. "
        "A fee “Rounding” on the invoice makes up for it."
    )


def tell_push_stopped(trouble: Trouble) -> str:
    reason = trouble.get(
        "detail", "Printavo answered something that Platen does not understand; it asks again by itself."
    )
    return f"Invoice {trouble.invoice} is not written to Printavo. {reason}"


def tell_doubled(trouble: Trouble) -> str:
    return (
        f"Printavo has invoice {trouble.invoice} more than once. Keep the one that Platen shows, delete the others in "
        "Printavo, then say so here."
    )


def tell_status_not_written(trouble: Trouble) -> str:
    line = " ".join(filter(None, (trouble.get("item_number"), trouble.get("color")))) or "a line"
    status = trouble.get("status", "a status").replace("_", " ")
    reason = trouble.get("detail", "It did not get through to Printavo: look at the line there.")
    return f"The status “{status}” was chosen here for {line} on invoice {trouble.invoice}. {reason}"


def tell_unreadable(trouble: Trouble) -> str:
    return (
        f"InkSoft lists order {trouble.order} and does not give it in full, so that it is not on the shop side. "
        "It is asked for again with every reading."
    )


def tell_missing(trouble: Trouble) -> str:
    return (
        f"InkSoft counts {trouble.get('missing', 'some')} orders more than it lists. They may be waiting for approval; "
        "otherwise comparing everything finds them."
    )


def tell_removed(trouble: Trouble) -> str:
    return (
        f"Order {trouble.order} was deleted in InkSoft while it is on an invoice. Nothing was changed there: "
        "decide what becomes of it in Printavo."
    )


def tell_vanished(trouble: Trouble) -> str:
    return (
        f"InkSoft suddenly lists {trouble.get('vanished', 'many')} orders fewer than there were. That is more than people "
        "delete, so nothing was taken out. Look into InkSoft; comparing again takes in what it lists then. If they were "
        "deleted there, say so: InkSoft is asked for the number of each, and what it has no more leaves the feed."
    )
