"""Every kind of exception: its title, its cause in words, its fixes. A house test finds the codes that are missing here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from api.activity.rules import causes
from api.activity.rules.causes import Trouble

Area = Literal["connection", "orders", "invoices", "sync"]
FixKind = Literal[
    "retry", "map_size", "map_method", "choose_contact", "confirm_deleted", "sign_in", "dismiss"
]


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
_SET_AGAIN: Final = Fix("retry", "Write the status to Printavo again")
_READ_AGAIN: Final = Fix("retry", "Read the orders from InkSoft again")
_READ_ORDER: Final = Fix("retry", "Read the order from InkSoft again")
_REMAKE: Final = Fix("retry", "Make the invoice anew with today's settings")
_COMPARE: Final = Fix("retry", "Compare everything with InkSoft again")
_DELETED: Final = Fix("confirm_deleted", "They were deleted in InkSoft: take them out")
_SEEN_TO: Final = Fix("dismiss", "I have seen to it")
_LEAVE: Final = Fix("dismiss", "Leave it as it is")

KINDS: Final[Mapping[str, Kind]] = {
    "unknown_size": Kind(
        "orders", "A size that Printavo does not have", causes.tell_unknown_size,
        (Fix("map_size", "Say which size it is"), _REMAKE, _LEAVE),
    ),
    "unknown_method": Kind(
        "orders", "A decoration method without a type of work", causes.tell_unknown_method,
        (Fix("map_method", "Choose its type of work"), _REMAKE, _LEAVE),
    ),
    "changed_after_attaching": Kind(
        "orders", "An order that changed after it was put on an invoice", causes.tell_changed_after_attaching,
        (_READ_ORDER, _SEEN_TO),
    ),
    "does_not_add_up": Kind("orders", "An order that does not add up", causes.tell_does_not_add_up, (_READ_ORDER, _SEEN_TO)),
    "rounding": Kind("orders", "A few cents made up for", causes.tell_rounding, (_LEAVE,)),
    "push_stopped": Kind(
        "invoices", "An invoice that is not written", causes.tell_push_stopped, (_PUSH_AGAIN, _SEEN_TO),
        by_fact={
            "contact_refused": (Fix("choose_contact", "Choose another contact"), _PUSH_AGAIN, _SEEN_TO),
            "removed_in_shop": (_SEEN_TO,),
        },
    ),
    "doubled_in_shop": Kind("invoices", "An invoice that Printavo has twice", causes.tell_doubled, (_SEEN_TO,)),
    "status_not_written": Kind(
        "invoices", "A purchasing status that did not get through", causes.tell_status_not_written, (_SET_AGAIN, _SEEN_TO),
    ),
    "order_unreadable": Kind("sync", "An order that cannot be read", causes.tell_unreadable, (_READ_AGAIN, _SEEN_TO)),
    "order_removed": Kind("orders", "An order on an invoice that was deleted", causes.tell_removed, (_SEEN_TO,)),
    "orders_vanished": Kind("sync", "Far fewer orders than there were", causes.tell_vanished, (_COMPARE, _DELETED, _SEEN_TO)),
    "orders_missing": Kind("sync", "Orders that are counted and not listed", causes.tell_missing, (_COMPARE, _SEEN_TO)),
    "sign_in_needed": Kind(
        "connection", "A sign-in that is no longer accepted",
        lambda t: f"{causes.side(t)} no longer accepts the sign-in of {t.get('account_name', 'its account')}. Nothing is lost, "
        "and nothing is read or written until somebody signs in again under Accounts.",
        (Fix("sign_in", "Sign in again"),),
    ),
    "plan_too_low": Kind(
        "connection", "A plan that is too low",
        lambda t: f"The {causes.side(t)} plan of {t.get('account_name', 'its account')} no longer includes the link. "
        "Everything can be read, and all goes on by itself once the plan is back.",
        (_SEEN_TO,),
    ),
}  # fmt: skip
_UNKNOWN: Final = Kind(
    "sync", "Something that needs you", lambda t: f"{t.about or 'Something'} needs a person to look at it.", (_SEEN_TO,)
)  # fmt: skip
_RESOLVED: Final[Mapping[str, str]] = {
    "taught": "Somebody said what it is, and the invoice was made anew with it.",
    "known_now": "Its cause is gone; an open invoice that had it was made anew.",
    "contact_chosen": "The invoice is made out to another contact.",
    "as_attached": "The order is again as it was put on the invoice.",
    "changed_again": "The order was changed once more, and stands here anew.",
    "adds_up": "The order adds up now, or is not for an invoice any more.",
    "dismissed": "Somebody has seen to it.",
    "pushed": "Printavo has the invoice.",
    "written": "Printavo shows the status.",
    "moved_on": "The line shows another status in Printavo now, or is gone.",
    "failed_anew": "It was tried again, failed otherwise, and stands here anew.",
    "read": "It could be read after all.",
    "deleted": "InkSoft has deleted it.",
    "deleted_there": "They were deleted in InkSoft, as somebody said, and left the feed.",
    "still_there": "InkSoft still has them when it is asked for their numbers, so they were kept.",
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
