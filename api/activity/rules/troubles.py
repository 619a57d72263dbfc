"""Every exception in plain words, with the fixes that remove its cause. A house test finds the codes missing here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Area = Literal["connection", "orders", "invoices", "sync"]
FixKind = Literal["retry", "map_size", "map_method", "choose_contact", "sign_in", "dismiss"]


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
        """`amount` cents as a plain number: `-1250` is `12.50`."""
        cents = abs(int(self.details.get("amount") or 0))
        return f"{cents // 100}.{cents % 100:02}"


@dataclass(frozen=True, slots=True)
class Fix:
    """Something that a person can do about it; `label` says what it does, in the words of a button."""

    kind: FixKind
    label: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of exception. `by_fact` gives other fixes where the fact says more than the code."""

    area: Area
    title: str
    tell: Callable[[Trouble], str]
    fixes: tuple[Fix, ...]
    by_fact: Mapping[str, tuple[Fix, ...]] = field(default_factory=dict)


_PUSH_AGAIN: Final = Fix("retry", "Write it to Printavo again")
_READ_AGAIN: Final = Fix("retry", "Read the orders from InkSoft again")
_REMAKE: Final = Fix("retry", "Make the invoice anew with today's settings")
_COMPARE: Final = Fix("retry", "Compare everything with InkSoft again")
_SEEN_TO: Final = Fix("dismiss", "I have seen to it")
_LEAVE: Final = Fix("dismiss", "Leave it as it is")
_SIDES: Final = {"inksoft": "InkSoft", "printavo": "Printavo"}


def _side(trouble: Trouble) -> str:
    return _SIDES.get(trouble.get("side", trouble.fact), "One side")


def _unknown_size(trouble: Trouble) -> str:
    item = trouble.get("item", "an item")
    return (
        f"Order {trouble.order} has {item} in the size “{trouble.get('size', trouble.fact)}”, which Printavo does not "
        "have. Its pieces stand under Other, with the size as text."
    )


def _unknown_method(trouble: Trouble) -> str:
    return (
        f"Order {trouble.order} is decorated by “{trouble.get('method', trouble.fact)}”, and nobody has said which type "
        "of work that is in Printavo. Its imprint is written without one."
    )


def _does_not_add_up(trouble: Trouble) -> str:
    return (
        f"The parts of order {trouble.order} and its total differ by {trouble.amount}, so that it cannot be put on an "
        "invoice. Correct it in InkSoft, then have it read again."
    )


def _rounding(trouble: Trouble) -> str:
    return (
        f"The parts of order {trouble.order} and its total differ by {trouble.amount}. "
        "A fee “Rounding” on the invoice makes up for it."
    )


def _push_stopped(trouble: Trouble) -> str:
    reason = trouble.get(
        "detail", "Printavo answered something that Platen does not understand; it asks again by itself."
    )
    return f"Invoice {trouble.invoice} is not written to Printavo. {reason}"


def _doubled(trouble: Trouble) -> str:
    return (
        f"Printavo has invoice {trouble.invoice} more than once. Keep the one that Platen shows, delete the others in "
        "Printavo, then say so here."
    )


def _unreadable(trouble: Trouble) -> str:
    return (
        f"InkSoft lists order {trouble.order} and does not give it in full, so that it is not on the shop side. "
        "It is asked for again with every reading."
    )


def _missing(trouble: Trouble) -> str:
    return (
        f"InkSoft counts {trouble.get('missing', 'some')} orders more than it lists. They may be waiting for approval; "
        "otherwise comparing everything finds them."
    )


def _removed(trouble: Trouble) -> str:
    return (
        f"Order {trouble.order} was deleted in InkSoft while it is on an invoice. Nothing was changed there: "
        "decide what becomes of it in Printavo."
    )


def _vanished(trouble: Trouble) -> str:
    return (
        f"InkSoft suddenly lists {trouble.get('vanished', 'many')} orders fewer than there were. That is more than people "
        "delete, so nothing was taken out. Look into InkSoft; comparing again takes in what it lists then."
    )


KINDS: Final[Mapping[str, Kind]] = {
    "unknown_size": Kind(
        "orders", "A size that Printavo does not have", _unknown_size,
        (Fix("map_size", "Say which size it is"), _REMAKE, _LEAVE),
    ),
    "unknown_method": Kind(
        "orders", "A decoration method without a type of work", _unknown_method,
        (Fix("map_method", "Choose its type of work"), _REMAKE, _LEAVE),
    ),
    "does_not_add_up": Kind("orders", "An order that does not add up", _does_not_add_up, (_READ_AGAIN, _SEEN_TO)),
    "rounding": Kind("orders", "A few cents made up for", _rounding, (_LEAVE,)),
    "push_stopped": Kind(
        "invoices", "An invoice that is not written", _push_stopped, (_PUSH_AGAIN, _SEEN_TO),
        by_fact={
            "contact_refused": (Fix("choose_contact", "Choose another contact"), _PUSH_AGAIN, _SEEN_TO),
            "removed_in_shop": (_SEEN_TO,),
        },
    ),
    "doubled_in_shop": Kind("invoices", "An invoice that Printavo has twice", _doubled, (_SEEN_TO,)),
    "order_unreadable": Kind("sync", "An order that cannot be read", _unreadable, (_READ_AGAIN, _SEEN_TO)),
    "order_removed": Kind("orders", "An order on an invoice that was deleted", _removed, (_SEEN_TO,)),
    "orders_vanished": Kind("sync", "Far fewer orders than there were", _vanished, (_COMPARE, _SEEN_TO)),
    "orders_missing": Kind("sync", "Orders that are counted and not listed", _missing, (_COMPARE, _SEEN_TO)),
    "sign_in_needed": Kind(
        "connection", "A sign-in that is no longer accepted",
        lambda t: f"{_side(t)} no longer accepts the sign-in of {t.get('account_name', 'its account')}. Nothing is lost, "
        "and nothing is read or written until somebody signs in again under Accounts.",
        (Fix("sign_in", "Sign in again"),),
    ),
    "plan_too_low": Kind(
        "connection", "A plan that is too low",
        lambda t: f"The {_side(t)} plan of {t.get('account_name', 'its account')} no longer includes the link. "
        "Everything can be read, and all goes on by itself once the plan is back.",
        (_SEEN_TO,),
    ),
}  # fmt: skip
_UNKNOWN: Final = Kind(
    "sync", "Something that needs you", lambda t: f"{t.about or 'Something'} needs a person to look at it.", (_SEEN_TO,)
)  # fmt: skip
_RESOLVED: Final[Mapping[str, str]] = {
    "taught": "Somebody said what it is, and the invoice was made anew with it.",
    "known_now": "It is known now, and the invoice was made anew with it.",
    "contact_chosen": "The invoice is made out to another contact.",
    "dismissed": "Somebody has seen to it.",
    "pushed": "Printavo has the invoice.",
    "read": "It could be read after all.",
    "deleted": "InkSoft has deleted it.",
    "listed_again": "InkSoft lists it again.",
    "found": "All orders that are counted are there.",
    "works": "It works again.",
    "stopped_elsewhere": "It got further, and stopped for another reason.",
    "disconnected": "The account was disconnected.",
}


def kind_of(code: str) -> Kind:
    """The kind of an exception; one of a newer version of the service can be seen to as well."""
    return KINDS.get(code, _UNKNOWN)


def fixes_of(code: str, fact: str) -> tuple[Fix, ...]:
    """What may be done about it, the best first."""
    kind = kind_of(code)
    return kind.by_fact.get(fact, kind.fixes)


def codes_of(area: Area) -> list[str]:
    return [code for code, kind in KINDS.items() if kind.area == area]


def resolved_words(resolution: str) -> str:
    """How it ended, in a sentence; causes that went away by themselves have one for all."""
    return _RESOLVED.get(resolution, "Its cause is gone.")


def digest(workspace: str, sentences: Sequence[str], count: int, address: str) -> tuple[str, str]:
    """Subject and text of a letter about `count` new exceptions, the first of which are told in full."""
    things = "One thing needs" if count == 1 else f"{count} things need"
    told = [f"- {sentence}" for sentence in sentences]
    more = [f"- and {count - len(sentences)} more"] if count > len(sentences) else []
    foot = [
        "",
        f"See to them here: {address}",
        "",
        "Who gets these letters is set in Platen, under Settings, Alerts.",
    ]
    return f"{things} you in {workspace}", "\n".join([*told, *more, *foot, ""])
