"""An order's discount taken off the prices of its items: shared by worth, to the cent."""

from collections.abc import Sequence

from api.connectors.store_platform import OrderItem
from api.invoices.rules.wanted import InvoiceChoices, PinnedOrder


def discounts_in_prices(order: PinnedOrder, items: Sequence[OrderItem], choices: InvoiceChoices) -> list[int]:
    """What is taken off each item, in cents; nothing when the discount stands on the invoice. Never below zero."""
    discount = order.snapshot.money.discount_amount if choices.discount == "in_prices" else 0
    return share_out(discount, [max(item.total_amount, 0) for item in items])


def share_out(amount: int, worths: Sequence[int]) -> list[int]:
    """Parts of the amount in proportion, the largest remainders first, none above its worth; together all that fits.

    >>> share_out(100, [200, 100])
    [67, 33]
    """
    whole = sum(worths)
    shared = max(0, min(amount, whole))
    if not shared:
        return [0] * len(worths)
    parts = [shared * worth // whole for worth in worths]
    remainders = [(-(shared * worth % whole), place) for place, worth in enumerate(worths)]
    for _, place in sorted(remainders)[: shared - sum(parts)]:
        parts[place] += 1
    return parts
