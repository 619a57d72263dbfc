"""What a shop chose, in words: settings and contacts, each with what it was before (pure)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

# As many values or words of one setting are told; the event itself has them all.
_TOLD: Final = 3
# Settings that hold a shop's own text. All others hold numbers, ids, and words of ours.
_OWN_TEXT: Final = {"order_number_prefix", "nickname_pattern", "alert_emails"}


def tell_settings(data: Mapping[str, Any]) -> str:
    """`{"before": {"tax": "carry"}, "after": {"tax": "recompute"}, …}` → "tax from carry to recompute".

    An event of before values were kept has the names alone.
    """
    was, now = data.get("before"), data.get("after")
    if not isinstance(was, Mapping) or not isinstance(now, Mapping):
        return ", ".join(_plain(name) for name in data.get("changed") or ()) or "nothing"
    return "; ".join(_tell(name, was.get(name), now[name]) for name in now) or "nothing"


def tell_choice(store: str, data: Mapping[str, Any]) -> str:
    """The contact of a store's invoices, and whoever it was before."""
    before = data.get("before")
    was = before.get("contact_name") if isinstance(before, Mapping) else None
    told = f"{data.get('contact_name') or 'a contact'} for invoices of the store {store}"
    return f"{told}, instead of {was}" if was else told


def tell_customer(data: Mapping[str, Any]) -> str:
    """A new customer in Printavo; one that was asked for may be there or not while the answer is lost."""
    name = data.get("company_name") or "a customer"
    if data.get("is_certain") is False:
        return f"asked Printavo for the new customer {name}, and Printavo's answer was lost"
    contact = data.get("contact_name")
    return f"made the customer {name} in Printavo" + (f", with {contact} as its contact" if contact else "")


def _tell(name: str, old: object, new: object) -> str:
    if isinstance(new, Mapping):
        words = [f"“{word}” is {_value(name, value)}" for word, value in new.items()]
        return f"{_plain(name)}, where {_some(words)}"
    return f"{_plain(name)} from {_value(name, old)} to {_value(name, new)}"


def _value(name: str, value: object) -> str:
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return _some([_value(name, each) for each in value])
    return f"“{value}”" if name in _OWN_TEXT else _plain(str(value))


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _some(texts: Sequence[str]) -> str:
    more = len(texts) - _TOLD
    return ", ".join(texts[:_TOLD]) + (f" and {more} more" if more > 0 else "")
