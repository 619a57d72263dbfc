"""How an order's money adds up. The vendor's rule is not public; this is the sandbox's own, said in its README."""

from api.sandbox.inksoft.world.order import Adjustment, Order, SizeRow, Totals

_MILLION = 1_000_000


def row_total(row: SizeRow) -> int:
    """ItemTotal: pieces, plus names, personalization and add-ons that cost extra."""
    total = row.quantity * row.unit_price
    total += sum((entry.price or 0) * entry.quantity for entry in row.names)
    total += sum((entry.price or 0) * row.quantity for entry in row.personal)
    return total + sum(add_on.price * add_on.quantity for add_on in row.add_ons)


def add_up(order: Order) -> Totals:
    """Everything derived from the order's parts.

    TotalAmount = RetailAmount - TotalDiscount + ShippingAmount + TaxAmount + ProcessAmount + fees - staff discounts.
    AmountDue = TotalAmount - refund adjustments - payments (refund payments are negative).
    """
    goods = sum(row_total(row) for item in order.items for row in item.rows)
    custom = sum(item.quantity * item.unit_price for item in order.custom)
    untaxed = sum(item.quantity * item.unit_price for item in order.custom if not item.taxable)
    retail = goods + custom
    by_quantity = goods * order.quantity_discount_percent // 100
    coupon = _coupon(order, retail - by_quantity)
    shipping = order.delivery.price if order.delivery else 0
    rate = 0 if order.tax_exempt else order.tax_ppm
    shipping_tax = _share(shipping, rate) if order.taxes_shipping else 0
    tax = _share(max(retail - untaxed - by_quantity - coupon, 0), rate) + shipping_tax
    extra = sum(-change.cents if change.type == "Discount" else change.cents for change in _charges(order))
    total = retail - by_quantity - coupon + shipping + tax + order.process + extra + order.unexplained
    refunds = sum(change.cents for change in order.adjustments if change.type == "Refund")
    paid = sum(payment.cents for payment in order.payments)
    due = total - refunds - paid
    return Totals(
        retail, coupon, by_quantity, shipping_tax, tax, total, due, _payment_status(order, paid, due)
    )


def settle(order: Order) -> None:
    """Bring ``order.totals`` up to date after a change."""
    order.totals = add_up(order)


def _charges(order: Order) -> list[Adjustment]:
    return [change for change in order.adjustments if change.type != "Refund"]


def _coupon(order: Order, limit: int) -> int:
    if order.coupon is None:
        return 0
    return min(order.coupon.cents or limit * order.coupon.percent // 100, limit)


def _share(cents: int, ppm: int) -> int:
    """A rate of an amount, half a cent rounds up."""
    return (cents * ppm + _MILLION // 2) // _MILLION


def _payment_status(order: Order, paid: int, due: int) -> str:
    refunded = any(payment.cents < 0 for payment in order.payments)
    if refunded and paid <= 0:
        return "Refunded"
    if due < 0 or (order.cancelled and paid > 0):
        return "RefundDue"
    if due == 0:
        return "Paid"
    return "PartiallyPaid" if paid > 0 else "NotPaid"
