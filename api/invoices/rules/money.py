"""Fees, discount, payment and the proof to the cent (I15).

Per order: total - refunds = items - discount + shipping + tax + fees + residual. A residual of up to 5 cents an order is
carried (as the fee "Rounding" when it adds, in the discount when it takes away: a fee cannot be negative in every shop
system); a larger one means that we do not understand the order, and nothing is sent.
"""

from collections.abc import Callable, Sequence

from api.connectors.print_shop import FeeDraft, PaymentDraft
from api.invoices.rules.lines import LONGEST_DESCRIPTION
from api.invoices.rules.wanted import (
    FeeKind,
    Finding,
    FindingCode,
    InvoiceChoices,
    Marker,
    PinnedOrder,
    Proof,
    WantedFee,
    WantedGroup,
    WantedPayment,
)

LARGEST_ROUNDING = 5

_FEES: tuple[tuple[FeeKind, str, Callable[[PinnedOrder], int]], ...] = (
    ("shipping", "Shipping", lambda order: order.snapshot.money.shipping_amount),
    ("tax", "Sales tax collected", lambda order: order.snapshot.money.tax_amount),
    ("fee", "Fees", lambda order: order.snapshot.money.fee_amount),
    ("rounding", "Rounding", lambda order: max(residual(order), 0) if is_small(residual(order)) else 0),
)


def items_amount(order: PinnedOrder) -> int:
    """What the order's pieces cost together, as they go onto lines."""
    return sum(item.total_amount for item in order.snapshot.items if item.quantity > 0)


def residual(order: PinnedOrder) -> int:
    """What the platform's total says beyond the parts that we know, in cents."""
    money = order.snapshot.money
    known = (
        items_amount(order)
        - money.discount_amount
        + money.shipping_amount
        + money.tax_amount
        + money.fee_amount
    )
    return money.total_amount - known


def is_small(amount: int) -> bool:
    return abs(amount) <= LARGEST_ROUNDING


def make_fees(
    orders: Sequence[PinnedOrder], choices: InvoiceChoices, marker: Marker
) -> tuple[WantedFee, ...]:
    """One fee a kind, with what each order contributes; none for nothing."""
    fees = []
    for kind, title, amount_of in _FEES:
        detail = tuple(
            (choices.order_number_prefix + order.number, amount_of(order))
            for order in orders
            if amount_of(order)
        )
        amount = sum(cents for _, cents in detail)
        if amount:
            key = f"fee:{kind}"
            draft = FeeDraft(description=_describe(title, detail, marker(key)), amount=amount, taxable=False)
            fees.append(WantedFee(key=key, marker=marker(key), kind=kind, draft=draft, detail=detail))
    return tuple(fees)


def _describe(title: str, detail: tuple[tuple[str, int], ...], mark: str) -> str:
    whole = ", ".join(f"{number} {cents / 100:.2f}" for number, cents in detail)
    end = f" · ref {mark}"
    room = LONGEST_DESCRIPTION - len(title) - len(end) - 3
    return f"{title} ({whole if len(whole) <= room else f'{len(detail)} orders'}){end}"


def make_discount(orders: Sequence[PinnedOrder]) -> int:
    """Order discounts, refunds, and small residuals that take away."""
    total = 0
    for order in orders:
        rest = residual(order)
        total += order.snapshot.money.discount_amount + order.snapshot.money.refunded_amount
        total += -rest if rest < 0 and is_small(rest) else 0
    return total


def make_payment(
    orders: Sequence[PinnedOrder], choices: InvoiceChoices, marker: Marker
) -> WantedPayment | None:
    """What was collected, net of refunds, once; nothing for $0, or when the shop does not record payments."""
    amount = sum(o.snapshot.money.collected_amount - o.snapshot.money.refunded_amount for o in orders)
    if not choices.record_payments or amount <= 0:
        return None
    mark = marker("payment")
    text = f"Collected online for {len(orders)} store orders · ref {mark}"
    return WantedPayment(
        key="payment",
        marker=mark,
        draft=PaymentDraft(amount=amount, description=text, paid_on=choices.paid_on),
    )


def make_proof(
    orders: Sequence[PinnedOrder],
    groups: Sequence[WantedGroup],
    fees: Sequence[WantedFee],
    discount: int,
    payment: WantedPayment | None,
    choices: InvoiceChoices,
) -> Proof:
    """Both sums, from the orders and from what will be written."""
    lines = sum(
        line.draft.unit_price_amount * sum(count for _, count in line.draft.sizes)
        for group in groups
        for line in group.lines
    )
    total = sum(order.snapshot.money.total_amount for order in orders)
    refunds = sum(order.snapshot.money.refunded_amount for order in orders)
    collected = sum(order.snapshot.money.collected_amount for order in orders)
    fee_sum = sum(fee.draft.amount for fee in fees)
    paid = payment.draft.amount if payment else 0
    invoice = lines + fee_sum - discount
    expected_payment = collected - refunds if choices.record_payments else 0
    return Proof(
        orders_amount=total,
        refunds_amount=refunds,
        lines_amount=lines,
        fees_amount=fee_sum,
        discount_amount=discount,
        invoice_amount=invoice,
        collected_amount=collected,
        payments_amount=paid,
        due_amount=invoice - paid,
        difference=(total - refunds) - invoice,
        payment_difference=expected_payment - paid,
    )


def money_findings(orders: Sequence[PinnedOrder]) -> list[Finding]:
    """Orders whose parts do not make their total."""
    found = []
    for order in orders:
        rest = residual(order)
        if rest:
            code: FindingCode = "rounding" if is_small(rest) else "does_not_add_up"
            found.append(
                Finding(code, order.order_id, order.number, {"order_number": order.number, "amount": rest})
            )
    return found
