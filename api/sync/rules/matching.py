"""Which answer belongs to which order: two stores may use one number, and a platform may answer with both."""

from collections import defaultdict
from collections.abc import Sequence

from api.connectors.store_platform import OrderSnapshot
from api.orders.rules.due import DueOrder
from api.stores.rules import PROPOSALS

Matched = list[tuple[DueOrder, OrderSnapshot]]


def match_answers(
    asked: Sequence[DueOrder], answers: Sequence[OrderSnapshot]
) -> tuple[Matched, list[DueOrder]]:
    """The orders with their answers, and those without one that is whole.

    Number and store decide. Where one order of a number was asked for and one came, the number is enough: a whole order
    may name its store otherwise than the list does.
    """
    by_number: dict[str, list[OrderSnapshot]] = defaultdict(list)
    for answer in answers:
        by_number[answer.external_id].append(answer)
    asked_for: dict[str, int] = defaultdict(int)
    for order in asked:
        asked_for[order.external_id] += 1
    found: Matched = []
    lacking: list[DueOrder] = []
    for order in asked:
        same = by_number[order.external_id]
        exact = [each for each in same if (each.store_external_id or PROPOSALS) == order.store_external_id]
        if not exact and len(same) == 1 == asked_for[order.external_id]:
            exact = same
        if exact and is_whole(exact[0]):
            found.append((order, exact[0]))
        else:
            lacking.append(order)
    return found, lacking


def is_whole(order: OrderSnapshot) -> bool:
    """An order that costs something is for something: without any line, half of the answer got lost."""
    return bool(order.items) or order.money.total_amount == 0
