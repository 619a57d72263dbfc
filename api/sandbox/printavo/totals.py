"""What an order comes to, by the sandbox's own rule.

subtotal = Σ price x items; fees beside it; discount from lines (and fees, by a switch), never more than its base;
tax = rate x (taxed lines + taxable fees, less their share of the discount); total = subtotal + fees - discount + tax.
"""

from dataclasses import dataclass
from decimal import Decimal

from api.sandbox.printavo.money import round_cents
from api.sandbox.printavo.orders import Fee, Order
from api.sandbox.switches import Switches


@dataclass(frozen=True, slots=True)
class Totals:
    """Integer cents, but for the pieces."""

    subtotal: int
    fees: int
    discount: int
    tax: int
    paid: int
    pieces: int

    @property
    def untaxed(self) -> int:
        return self.subtotal + self.fees - self.discount

    @property
    def total(self) -> int:
        return self.untaxed + self.tax

    @property
    def outstanding(self) -> int:
        return self.total - self.paid

    @property
    def payment_status(self) -> str:
        if self.outstanding <= 0:
            return "PAID"
        return "PARTIAL_PAYMENT" if self.paid > 0 else "UNPAID"


def fee_amount(fee: Fee, subtotal: int, switches: Switches) -> int:
    """What a fee comes to in cents: a percentage of the lines, its amount, or quantity times unit price."""
    quantity = 1 if fee.quantity is None else fee.quantity
    if fee.unit_price_as_percentage and fee.unit_price is not None:
        return round_cents(subtotal * fee.unit_price / 100) * quantity
    by_unit = None if fee.unit_price is None else round_cents(fee.unit_price * 100) * quantity
    wanted = (fee.entered_cents, by_unit)
    first, second = wanted if switches["fee_amount"] == "amount_first" else wanted[::-1]
    return first if first is not None else second or 0


def totals(order: Order, switches: Switches) -> Totals:
    """Count an order anew."""
    lines = order.lines
    subtotal = sum(line.amount_cents for line in lines)
    fees = {fee: fee_amount(fee, subtotal, switches) for fee in order.fees}
    base = subtotal + (sum(fees.values()) if switches["discount_covers"] == "lines_and_fees" else 0)
    discount = _discount(order, base)
    taxable_lines = sum(line.amount_cents for line in lines if line.taxed)
    taxable_fees = sum(cents for fee, cents in fees.items() if fee.taxable)
    discounted = taxable_lines + (taxable_fees if switches["discount_covers"] == "lines_and_fees" else 0)
    share = Decimal(discount * discounted) / base if base else Decimal(0)
    tax = round_cents((taxable_lines + taxable_fees - share) * order.sales_tax / 100)
    paid = sum(-money.amount_cents if money.refunds else money.amount_cents for money in order.transactions)
    return Totals(subtotal, sum(fees.values()), discount, tax, paid, sum(line.items for line in lines))


def _discount(order: Order, base: int) -> int:
    if order.discount_as_percentage:
        return min(round_cents(base * order.discount / 100), base)
    return max(min(round_cents(order.discount * 100), base), 0)
