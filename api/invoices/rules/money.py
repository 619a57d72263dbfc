"""Fees, discount and payment. Per order: total - refunds = items - discount + shipping + tax + fees + residual - refunds.

A residual of up to 5 cents an order is carried: as the fee "Rounding" when it adds, in the discount when it takes away. So is
any part below zero: not every shop system takes a negative fee. A larger residual means that we do not understand the
order, and nothing is sent.
"""

from collections.abc import Callable, Iterator, Sequence

from api.connectors.print_shop import FeeDraft, PaymentDraft
from api.invoices.rules.discounts import discounts_in_prices
from api.invoices.rules.texts import room_after, sign
from api.invoices.rules.wanted import FeeKind, InvoiceChoices, Marker, PinnedOrder, WantedFee, WantedPayment
from api.orders.rules.sums import is_small, net_collected, residual

Part = tuple[FeeKind, str, Callable[[PinnedOrder], int]]
_PARTS: tuple[Part, ...] = (
    ("shipping", "Shipping", lambda order: order.snapshot.money.shipping_amount),
    ("tax", "Sales tax collected", lambda order: order.snapshot.money.tax_amount),
    ("fee", "Fees", lambda order: order.snapshot.money.fee_amount),
    (
        "rounding",
        "Rounding",
        lambda order: residual(order.snapshot) if is_small(residual(order.snapshot)) else 0,
    ),
)


def recomputed_tax(order: PinnedOrder, choices: InvoiceChoices) -> int:
    """Collected tax that the books compute themselves, less what of it was given back."""
    return 0 if choices.tax == "carry" else order.snapshot.money.tax_amount - _refunded_tax(order)


def _refunded_tax(order: PinnedOrder) -> int:
    """The tax in the refunds: by share, to the nearest cent, since the platform does not tell."""
    money = order.snapshot.money
    if money.total_amount <= 0:
        return 0
    return (2 * money.refunded_amount * money.tax_amount + money.total_amount) // (2 * money.total_amount)


def _parts_on(choices: InvoiceChoices) -> Iterator[Part]:
    """What of an order stands on its invoice beside the lines: not the tax, where the books compute it."""
    return (part for part in _PARTS if part[0] != "tax" or choices.tax == "carry")


def make_fees(
    orders: Sequence[PinnedOrder], choices: InvoiceChoices, marker: Marker
) -> tuple[WantedFee, ...]:
    """One fee a kind, or one an order, with what each order contributes; none for nothing. Never taxable."""
    fees: list[WantedFee] = []
    for kind, title, part_of in _parts_on(choices):
        parts = [(order, part_of(order)) for order in orders if part_of(order) > 0]
        if kind == "shipping" and choices.shipping == "fee_per_order":
            fees += [
                _fee(f"fee:{kind}:{part[0].order_id}", kind, title, [part], choices, marker) for part in parts
            ]
        elif parts:
            fees.append(_fee(f"fee:{kind}", kind, title, parts, choices, marker))
    return tuple(fees)


def _fee(
    key: str,
    kind: FeeKind,
    title: str,
    parts: Sequence[tuple[PinnedOrder, int]],
    choices: InvoiceChoices,
    marker: Marker,
) -> WantedFee:
    mark = marker(key)
    detail = tuple((choices.order_number_prefix + order.number, cents) for order, cents in parts)
    amount = sum(cents for _, cents in detail)
    draft = FeeDraft(description=_describe(title, detail, mark), amount=amount, taxable=False)
    return WantedFee(key=key, marker=mark, kind=kind, draft=draft, detail=detail)


def _describe(title: str, detail: tuple[tuple[str, int], ...], mark: str) -> str:
    """Order by order while that fits; the whole detail stays with the fee."""
    whole = f"{title} ({', '.join(f'{number} {decimal_text(cents)}' for number, cents in detail)})"
    return sign(whole if room_after(whole, mark) >= 0 else f"{title} ({len(detail)} orders)", mark)


def decimal_text(cents: int) -> str:
    """`1205` is `12.05`."""
    return f"{cents // 100}.{cents % 100:02}"


def make_discount(orders: Sequence[PinnedOrder], choices: InvoiceChoices) -> int:
    """Order discounts that are not in the prices, refunds, and whatever else takes away."""
    return sum(_taken_off(order, choices) for order in orders)


def _taken_off(order: PinnedOrder, choices: InvoiceChoices) -> int:
    money = order.snapshot.money
    items = [item for item in order.snapshot.items if item.quantity > 0]
    given = money.discount_amount - sum(discounts_in_prices(order, items, choices))
    given += money.refunded_amount - (0 if choices.tax == "carry" else _refunded_tax(order))
    return given - sum(min(part_of(order), 0) for _, _, part_of in _parts_on(choices))


def make_payment(
    orders: Sequence[PinnedOrder], choices: InvoiceChoices, marker: Marker
) -> WantedPayment | None:
    """What was collected, net of refunds, once; nothing for $0, or when the shop does not record payments."""
    amount = sum(net_collected(order.snapshot) for order in orders)
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
