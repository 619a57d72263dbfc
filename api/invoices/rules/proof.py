"""The proof to the cent (I15): what the orders say against what will be written, and every order that does not add up."""

from collections.abc import Sequence

from api.invoices.rules.money import recomputed_tax
from api.invoices.rules.wanted import (
    Finding,
    FindingCode,
    InvoiceChoices,
    PinnedOrder,
    Proof,
    WantedFee,
    WantedGroup,
    WantedPayment,
)
from api.orders.rules.sums import residual, wrong_by


def make_proof(
    orders: Sequence[PinnedOrder],
    groups: Sequence[WantedGroup],
    fees: Sequence[WantedFee],
    discount: int,
    payment: WantedPayment | None,
    choices: InvoiceChoices,
) -> Proof:
    """Both sums, from the orders on one side and from the drafts on the other."""
    total = sum(order.snapshot.money.total_amount for order in orders)
    refunds = sum(order.snapshot.money.refunded_amount for order in orders)
    collected = sum(order.snapshot.money.collected_amount for order in orders)
    lines = sum(line.amount for group in groups for line in group.lines)
    fee_sum = sum(fee.draft.amount for fee in fees)
    paid = payment.draft.amount if payment else 0
    invoice = lines + fee_sum - discount
    recomputed = sum(recomputed_tax(order, choices) for order in orders)
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
        due_amount=invoice + recomputed - paid,
        difference=(total - refunds) - (invoice + recomputed),
        payment_difference=expected_payment - paid,
        recomputed_tax_amount=recomputed,
    )


def money_findings(orders: Sequence[PinnedOrder]) -> list[Finding]:
    """Orders whose parts do not make their total, or who got back more than they were charged or paid."""
    found = []
    for order in orders:
        rest, wrong = residual(order.snapshot), wrong_by(order.snapshot)
        code: FindingCode = "does_not_add_up" if wrong else "rounding"
        if amount := wrong or rest:
            details = {"order_number": order.number, "amount": amount}
            found.append(Finding(code, order.order_id, order.number, details))
    return found
