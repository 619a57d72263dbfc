"""Fees, discount and payment. Per order: total - refunds = items - discount + shipping + tax + fees + residual - refunds.

A residual of up to 5 cents an order is carried: as the fee "Rounding" when it adds, in the discount when it takes away. So is
any part below zero: not every shop system takes a negative fee. A larger residual means that we do not understand the
order, and nothing is sent.
"""

from collections.abc import Callable, Sequence

from api.connectors.print_shop import FeeDraft, PaymentDraft
from api.invoices.rules.texts import room_after, sign
from api.invoices.rules.wanted import FeeKind, InvoiceChoices, Marker, PinnedOrder, WantedFee, WantedPayment

LARGEST_ROUNDING = 5

_PARTS: tuple[tuple[FeeKind, str, Callable[[PinnedOrder], int]], ...] = (
    ("shipping", "Shipping", lambda order: order.snapshot.money.shipping_amount),
    ("tax", "Sales tax collected", lambda order: order.snapshot.money.tax_amount),
    ("fee", "Fees", lambda order: order.snapshot.money.fee_amount),
    ("rounding", "Rounding", lambda order: residual(order) if is_small(residual(order)) else 0),
)


def items_amount(order: PinnedOrder) -> int:
    """What the order's pieces cost together, as they go onto lines."""
    return sum(item.total_amount for item in order.snapshot.items if item.quantity > 0)


def residual(order: PinnedOrder) -> int:
    """What the platform's total says beyond the parts that we know, in cents."""
    money = order.snapshot.money
    known = items_amount(order) - money.discount_amount
    known += money.shipping_amount + money.tax_amount + money.fee_amount
    return money.total_amount - known


def is_small(amount: int) -> bool:
    return abs(amount) <= LARGEST_ROUNDING


def net_collected(order: PinnedOrder) -> int:
    """What the store kept of the payments."""
    return order.snapshot.money.collected_amount - order.snapshot.money.refunded_amount


def make_fees(
    orders: Sequence[PinnedOrder], choices: InvoiceChoices, marker: Marker
) -> tuple[WantedFee, ...]:
    """One fee a kind, with what each order contributes; none for nothing. Never taxable: collected tax is carried."""
    fees = []
    for kind, title, part_of in _PARTS:
        parts = [(choices.order_number_prefix + order.number, part_of(order)) for order in orders]
        detail = tuple((number, cents) for number, cents in parts if cents > 0)
        if detail:
            key = f"fee:{kind}"
            mark = marker(key)
            amount = sum(cents for _, cents in detail)
            draft = FeeDraft(description=_describe(title, detail, mark), amount=amount, taxable=False)
            fees.append(WantedFee(key=key, marker=mark, kind=kind, draft=draft, detail=detail))
    return tuple(fees)


def _describe(title: str, detail: tuple[tuple[str, int], ...], mark: str) -> str:
    """Order by order while that fits; the whole detail stays with the fee."""
    whole = f"{title} ({', '.join(f'{number} {decimal_text(cents)}' for number, cents in detail)})"
    return sign(whole if room_after(whole, mark) >= 0 else f"{title} ({len(detail)} orders)", mark)


def decimal_text(cents: int) -> str:
    """`1205` is `12.05`."""
    return f"{cents // 100}.{cents % 100:02}"


def make_discount(orders: Sequence[PinnedOrder]) -> int:
    """Order discounts, refunds, and whatever else takes away."""
    given = sum(o.snapshot.money.discount_amount + o.snapshot.money.refunded_amount for o in orders)
    return given - sum(min(part_of(order), 0) for order in orders for _, _, part_of in _PARTS)


def make_payment(
    orders: Sequence[PinnedOrder], choices: InvoiceChoices, marker: Marker
) -> WantedPayment | None:
    """What was collected, net of refunds, once; nothing for $0, or when the shop does not record payments."""
    amount = sum(map(net_collected, orders))
    if not choices.record_payments or amount <= 0:
        return None
    mark = marker("payment")
    count = f"{len(orders)} store {'order' if len(orders) == 1 else 'orders'}"
    return WantedPayment(
        key="payment",
        marker=mark,
        draft=PaymentDraft(
            amount=amount, description=sign(f"Collected online for {count}", mark), paid_on=choices.paid_on
        ),
    )
