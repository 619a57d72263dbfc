"""Which orders and contacts a list shows: text search that finds too much, exact tags, statuses, payment, dates, sorting."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from api.sandbox.clock import now
from api.sandbox.printavo.orders import Order
from api.sandbox.printavo.records import Account, Contact
from api.sandbox.printavo.totals import totals
from api.sandbox.printavo.world import World

_WORD = re.compile(r"\w+")
_SHORTEST = 2


def resembles(query: str, texts: Iterable[str | None]) -> bool:
    """Fuzzy on purpose: one word of the query inside one word of the texts is enough."""
    words = [word for word in _WORD.findall(query.casefold()) if len(word) >= _SHORTEST]
    joined = " ".join(text.casefold() for text in texts if text)
    return any(word in joined for word in words) or (not words and query.casefold() in joined)


def find_orders(world: World, account: Account, wanted: Mapping[str, Any]) -> list[Order]:
    """Quotes and invoices of the account that fit the arguments of ``orders``, newest first unless sorted."""
    tests = [*_text_tests(world, wanted), *_field_tests(world, wanted)]
    found = [order for order in account.orders if all(test(order) for test in tests)]
    field = wanted.get("sort_on")
    if field is None:
        return sorted(found, key=lambda order: (order.made_at, int(order.id)), reverse=True)
    return sorted(
        found,
        key=lambda order: (*_sort_key(world, order, field), int(order.id)),
        reverse=bool(wanted.get("sort_descending")),
    )


Test = Callable[[Order], bool]


def _text_tests(world: World, wanted: Mapping[str, Any]) -> list[Test]:
    """``tags`` is ignored when ``query`` is given; new orders may not be indexed yet."""
    query, tags = wanted.get("query"), wanted.get("tags")
    tests: list[Test] = []
    if query:
        tests.append(lambda order: resembles(query, _texts(order)))
    elif tags:
        tests.append(lambda order: all(tag in order.tags for tag in tags))
    delay = world.switches["search_delay_seconds"] * world.time_scale
    delayed = bool(query) or (bool(tags) and world.switches["search_delay_covers"] == "query_and_tags")
    if delay and delayed:
        indexed = now() - timedelta(seconds=delay)
        tests.append(lambda order: order.made_at <= indexed)
    return tests


def _texts(order: Order) -> tuple[str | None, ...]:
    customer = order.contact.customer
    return (
        order.nickname,
        order.visual_po_number,
        order.visual_id,
        customer.company_name,
        order.contact.full_name,
        order.contact.email,
        *order.tags,
    )


def _field_tests(world: World, wanted: Mapping[str, Any]) -> list[Test]:
    tests: list[Test] = []
    if inside := wanted.get("status_ids"):
        tests.append(lambda order: order.status.id in inside)
    if outside := wanted.get("exclude_status_ids"):
        tests.append(lambda order: order.status.id not in outside)
    if payment := wanted.get("payment_status"):
        tests.append(lambda order: totals(order, world.switches).payment_status == payment)
    if after := wanted.get("in_production_after"):
        due_after = datetime.fromisoformat(after)
        tests.append(lambda order: order.due_at is not None and order.due_at > due_after)
    if before := wanted.get("in_production_before"):
        starts_before = datetime.fromisoformat(before)
        tests.append(lambda order: order.start_at < starts_before)
    return tests


def _sort_key(world: World, order: Order, field: str) -> tuple[int | str | date, ...]:
    match field:
        case "CUSTOMER_DUE_AT":
            return (order.customer_due_at,)
        case "CUSTOMER_NAME":
            return ((order.contact.customer.company_name or order.contact.full_name).casefold(),)
        case "STATUS":
            return (order.status.type, order.status.position)
        case "OWNER":
            return (order.owner.name.casefold() if order.owner else "",)
        case "TOTAL":
            return (totals(order, world.switches).total,)
        case _:
            number = order.visual_id or ""
            return (int(number) if number.isascii() and number.isdecimal() else 0, number)


def find_contacts(account: Account, wanted: Mapping[str, Any]) -> list[Contact]:
    """Contacts of the account that fit the arguments of ``contacts``, in the order they were made unless sorted."""
    contacts = [
        contact
        for customer in account.customers
        for contact in (customer.contacts[:1] if wanted.get("primary_only") else customer.contacts)
    ]
    if query := wanted.get("query"):
        contacts = [each for each in contacts if resembles(query, _contact_texts(each))]
    keys: dict[str, Callable[[Contact], Any]] = {
        "CUSTOMER_NAME": lambda contact: (contact.customer.company_name or "").casefold(),
        "CONTACT_NAME": lambda contact: contact.full_name.casefold(),
        "CONTACT_EMAIL": lambda contact: (contact.email or "").casefold(),
        "ORDER_COUNT": lambda contact: len(orders_of(contact)),
    }
    key = keys.get(wanted.get("sort_on") or "", lambda contact: int(contact.id))
    return sorted(contacts, key=key, reverse=bool(wanted.get("sort_descending")))


def orders_of(contact: Contact) -> list[Order]:
    return [order for order in contact.account.orders if order.contact is contact]


def _contact_texts(contact: Contact) -> tuple[str | None, ...]:
    return (contact.full_name, contact.email, contact.phone, contact.customer.company_name)
