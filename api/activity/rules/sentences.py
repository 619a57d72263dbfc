"""Every event in one plain sentence, and the side of the house it belongs to. A house test finds the ones missing here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from api.activity.rules.chosen import tell_choice, tell_customer, tell_settings

AuditSide = Literal["store", "shop", "platen"]
_SYSTEM_NAME: Final = "Platen"
_SIDE_NAMES: Final = {"inksoft": "InkSoft", "printavo": "Printavo"}


@dataclass(frozen=True, slots=True)
class Happened:
    """An event to put into words: who did it, the name of what it is about (may be empty), and its data."""

    who: str
    about: str
    data: Mapping[str, Any]

    def get(self, name: str, otherwise: str = "") -> str:
        """A member of the data as text."""
        value = self.data.get(name)
        return otherwise if value in (None, "") else str(value)


@dataclass(frozen=True, slots=True)
class Words:
    """How one type of event is told. `store` is what happens in the online stores, `shop` in the print shop's books."""

    side: AuditSide
    tell: Callable[[Happened], str]


def _listed(value: object) -> str:
    """`["total_amount", "status"]` → "total amount, status"."""
    names = [str(each).replace("_", " ") for each in value] if isinstance(value, list) else []
    return ", ".join(names)


def _side(event: Happened) -> str:
    return _SIDE_NAMES.get(event.get("side"), "One side")


def _invoice(event: Happened) -> str:
    return event.get("invoice_number") or event.get("nickname") or "that Printavo has not numbered yet"


def _order_changed(event: Happened) -> str:
    what = _listed(event.data.get("changed"))
    return f"Order {event.about} was changed in InkSoft{f' ({what})' if what else ''}."


def _invoice_changed(event: Happened) -> str:
    if event.get("reason") == "remade":
        return f"{event.who} had invoice {event.about} made anew with today's settings."
    return (
        f"{event.who} changed what invoice {event.about} holds: orders were {event.get('reason', 'changed')}."
    )


def _pushed(event: Happened) -> str:
    count = event.data.get("difference_count") or 0
    rest = f" {count} things differ there from what was wanted." if count else ""
    return f"Invoice {event.about} was written to Printavo.{rest}"


def _trouble(event: Happened) -> str:
    title = event.get("title", "an exception")
    return title[0].lower() + title[1:]


def _resolved(event: Happened) -> str:
    reason = event.get("reason")
    return f"{event.who} saw to {_trouble(event)}{f' ({reason})' if reason else ''}."


def _linked(event: Happened) -> str:
    told = (
        f"{event.who} linked InkSoft's {event.get('inksoft_account_name')} "
        f"with Printavo's {event.get('printavo_account_name')}."
    )
    warning = " The vendors' own link is on for this pair as well: every order may come twice."
    return told + (warning if event.data.get("native_link") else "")


def _native_link(event: Happened) -> str:
    now = "on: every order may come twice" if event.data.get("native_link") else "off"
    return f"{event.who} said that the vendors' own link of these accounts is {now}."


def _sharing(event: Happened) -> str:
    modes = {"none": "no store", "selected": "selected stores", "all": "all stores"}
    now = modes.get(event.get("after"), "other stores")
    return (
        f"{event.who} set sharing to {now}: {event.get('shared', '0')} stores shared, "
        f"{event.get('unshared', '0')} no longer."
    )


def _goods(event: Happened) -> str:
    shown = event.data.get("shown")
    now = shown.get("after") if isinstance(shown, Mapping) else None
    line = " ".join(filter(None, (event.get("item_number"), event.get("color")))) or "a line"
    what = f"shows {str(now).replace('_', ' ')} now" if now else "has other words beside its cards now"
    return f"The purchasing status of {line} on invoice {_invoice(event)} changed: it {what}."


def _role(name: str) -> str:
    """`owner` → "an owner", `production` → "a member of production"."""
    named = {"owner": "an owner", "production": "a member of production"}
    return named.get(name, f"a {name}")


def _revoked(event: Happened) -> str:
    count = event.data.get("sessions") or 1
    return f"{event.who} signed out of {'another browser' if count == 1 else f'{count} other browsers'}."


WORDS: Final[Mapping[str, Words]] = {
    "order.received": Words("store", lambda e: f"Order {e.about} came in from InkSoft."),
    "order.approved": Words("store", lambda e: f"Order {e.about} was approved in InkSoft."),
    "order.changed": Words("store", _order_changed),
    "order.cancelled": Words("store", lambda e: f"Order {e.about} was cancelled in InkSoft."),
    "order.removed": Words(
        "store", lambda e: f"Order {e.about} was deleted in InkSoft; it counts as cancelled here."
    ),
    "order.noted": Words(
        "store",
        lambda e: (
            f"{e.who} wrote a note on order {e.about}."
            if e.data.get("has_note")
            else f"{e.who} took the note off order {e.about}."
        ),
    ),
    "order.tagged": Words(
        "store", lambda e: f"{e.who} tagged order {e.about}: {_listed(e.data.get('after')) or 'no tags'}."
    ),
    "order.attached": Words("shop", lambda e: f"{e.who} put order {e.about} on invoice {_invoice(e)}."),
    "invoice.created": Words("shop", lambda e: f"{e.who} made the invoice {e.get('nickname') or e.about}."),
    "invoice.changed": Words("shop", _invoice_changed),
    "invoice.pushed": Words("shop", _pushed),
    "invoice.push_stopped": Words(
        "shop", lambda e: f"Writing invoice {e.about} to Printavo stopped and waits for a person."
    ),
    "invoice.push_retried": Words("shop", lambda e: f"{e.who} had invoice {e.about} written to Printavo again."),
    "purchasing.changed": Words("shop", _goods),
    "exception.retried": Words("platen", lambda e: f"{e.who} had it tried again: {_trouble(e)}."),
    "exception.deletions_confirmed": Words(
        "store", lambda e: f"{e.who} said that the orders which InkSoft lists no more were deleted there."
    ),
    "exception.resolved": Words("platen", _resolved),
    "purchasing.status_chosen": Words(
        "shop",
        lambda e: f"{e.who} chose {e.get('status', 'a status').replace('_', ' ')} for {e.get('item_number', 'a line')} "
        f"on invoice {_invoice(e)}.",
    ),
    "store.discovered": Words("store", lambda e: f"The store {e.about or e.get('name')} was found."),
    "store.renamed": Words("store", lambda e: f"The store {e.get('before')} is called {e.get('after')} now."),
    "store.changed": Words("store", lambda e: f"{e.who} changed what is known of the store {e.about}."),
    "store.shared": Words("store", lambda e: f"{e.who} shared the orders of the store {e.about} with Printavo."),
    "store.unshared": Words(
        "store", lambda e: f"{e.who} stopped sharing the orders of the store {e.about} with Printavo."
    ),
    "store.contact_chosen": Words("shop", lambda e: f"{e.who} chose {tell_choice(e.about, e.data)}."),
    "contact.created": Words("shop", lambda e: f"{e.who} {tell_customer(e.data)}."),
    "sharing.changed": Words("store", _sharing),
    "settings.changed": Words(
        "platen", lambda e: f"{e.who} changed the settings: {tell_settings(e.data)}."
    ),
    "connection.opened": Words("platen", lambda e: f"{e.who} connected {_side(e)}'s {e.get('account_name')}."),
    "connection.renewed": Words(
        "platen", lambda e: f"{e.who} signed in anew to {_side(e)}'s {e.get('account_name')}."
    ),
    "connection.closed": Words("platen", lambda e: f"{e.who} disconnected {_side(e)}'s {e.get('account_name')}."),
    "connection.needs_reauth": Words(
        "platen", lambda e: f"{_side(e)} refuses the sign-in of {e.get('account_name', 'its account')}."
    ),
    "connection.suspended": Words(
        "platen", lambda e: f"The {_side(e)} plan of {e.get('account_name', 'its account')} is no longer high enough."
    ),
    "connection.recovered": Words("platen", lambda e: f"{_side(e)} answers again."),
    "link.created": Words("platen", _linked),
    "link.changed": Words("platen", _native_link),
    "link.ended": Words("platen", lambda e: f"{e.who} unlinked InkSoft and Printavo."),
    "link.reauthenticated": Words("platen", lambda e: f"{e.who} signed in anew, and the link works again."),
    "link.needs_reauth": Words(
        "platen", lambda e: f"{_side(e)} refuses its sign-in. The link waits until somebody signs in again."
    ),
    "link.suspended": Words(
        "platen", lambda e: f"The {_side(e)} plan is no longer high enough. The link is read-only until it is."
    ),
    "link.recovered": Words("platen", lambda e: f"{_side(e)} answers again, and the link works."),
    "key.created": Words(
        "platen", lambda e: f"{e.who} made the key {e.get('name')} ({_listed(e.data.get('scopes')) or 'no scopes'})."
    ),
    "key.rotated": Words("platen", lambda e: f"{e.who} replaced the key {e.get('name')} by a new one."),
    "key.revoked": Words("platen", lambda e: f"{e.who} revoked the key {e.get('name')}."),
    "workspace.created": Words("platen", lambda e: f"{e.who} opened the workspace."),
    "workspace.renamed": Words(
        "platen", lambda e: f"{e.who} renamed the workspace from {e.get('before')} to {e.get('after')}."
    ),
    "member.invited": Words("platen", lambda e: f"{e.who} invited {e.get('email')} as {_role(e.get('role'))}."),
    "invitation.revoked": Words("platen", lambda e: f"{e.who} took back the invitation of {e.get('email')}."),
    "member.joined": Words("platen", lambda e: f"{e.who} joined as {_role(e.get('role'))}."),
    "member.role_changed": Words(
        "platen", lambda e: f"{e.who} made {e.get('name')} {_role(e.get('after'))}, from {_role(e.get('before'))}."
    ),
    "member.removed": Words("platen", lambda e: f"{e.who} removed {e.get('name')} from the workspace."),
    "member.left": Words("platen", lambda e: f"{e.who} left the workspace."),
    "session.opened": Words("platen", lambda e: f"{e.who} signed in."),
    "session.closed": Words("platen", lambda e: f"{e.who} signed out."),
    "session.revoked": Words("platen", _revoked),
    "password.reset_offered": Words(
        "platen", lambda e: f"{e.who} had a link made with which {e.get('name')} can choose a new password."
    ),
    "password.reset": Words("platen", lambda e: f"{e.who} chose a new password by a one-time link."),
    "password.changed": Words("platen", lambda e: f"{e.who} chose a new password."),
}  # fmt: skip


def name_of(actor: Mapping[str, Any]) -> str:
    """Who did it: the person, with the key it was done by, or the service itself."""
    name = str(actor.get("name") or "")
    if not name or "system" in actor:
        return _SYSTEM_NAME
    key = actor.get("key_name")
    return f"{name} (by the key {key})" if key and key != name else name


def say(type_: str, *, actor: Mapping[str, Any], about: str, data: Mapping[str, Any]) -> str:
    """The sentence of an event. One of a newer version of the service is told by its type."""
    words = WORDS.get(type_)
    event = Happened(name_of(actor), about, data)
    if words is None:
        return f"{event.who}: {type_.replace('.', ' ').replace('_', ' ')} {about}".strip()
    return words.tell(event)


def side_of(type_: str) -> AuditSide:
    words = WORDS.get(type_)
    return words.side if words else "platen"


def types_of(side: AuditSide) -> list[str]:
    """The types that belong to one side."""
    return [type_ for type_, words in WORDS.items() if words.side == side]
