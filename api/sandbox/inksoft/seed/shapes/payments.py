"""Odd money: nothing to pay, discounts, refunds, exemptions, gift certificates, open balances."""

from datetime import timedelta

from api.sandbox.inksoft.seed.parts import FREE, pay
from api.sandbox.inksoft.seed.shapes.bench import Bench
from api.sandbox.inksoft.world.money import add_up
from api.sandbox.inksoft.world.order import Adjustment, AdjustmentType, Coupon, Order, Payment


def lay_out_payments(bench: Bench) -> None:
    """One order per shape, in a fixed sequence."""
    _zero(bench)
    _discounts(bench)
    _refunds(bench)
    _taxes(bench)
    _open_balances(bench)
    _other_means(bench)


def _two_tees(bench: Bench) -> Order:
    order = bench.order()
    order.items = [bench.item("MC100", {"M": 1, "2XL": 1})]
    return order


def _adjust(bench: Bench, order: Order, kind: AdjustmentType, text: str, cents: int) -> None:
    at = order.created_at + timedelta(minutes=30)
    order.adjustments.append(Adjustment(bench.world.fresh_id(), kind, text, cents, at))


def _zero(bench: Bench) -> None:
    order = bench.order(delivery=FREE)
    order.items = [bench.item("MC100", {"M": 1})]
    order.items[0].rows[0].unit_price = 0
    bench.finish("zero_total", order)


def _discounts(bench: Bench) -> None:
    free = bench.order(delivery=FREE)
    free.items = [bench.item("ST700", {"L": 1})]
    free.coupon = Coupon("STAFF100", percent=100)
    bench.finish("fully_discounted", free)
    coupon = _two_tees(bench)
    coupon.coupon = Coupon("SPIRIT15", percent=15)
    pay(bench.world, coupon)
    bench.finish("coupon", coupon)
    many = bench.order()
    many.items = [bench.item("MC100", {"M": 20, "L": 20})]
    many.quantity_discount_percent = 10
    pay(bench.world, many)
    bench.finish("quantity_discount", many)
    staff = _two_tees(bench)
    _adjust(bench, staff, "Discount", "Thank you for waiting", 300)
    pay(bench.world, staff)
    bench.finish("staff_discount", staff)


def _refunds(bench: Bench) -> None:
    part = _two_tees(bench)
    pay(bench.world, part)
    _give_back(bench, part, 600)
    bench.finish("partial_refund", part)
    whole = _two_tees(bench)
    pay(bench.world, whole)
    _give_back(bench, whole, add_up(whole).total)
    bench.finish("full_refund", whole)
    due = _two_tees(bench)
    pay(bench.world, due)
    due.items[0].rows[1].quantity = 0
    bench.finish("refund_due", due)


def _give_back(bench: Bench, order: Order, cents: int) -> None:
    at = order.created_at + timedelta(hours=5)
    order.payments.append(Payment(bench.world.fresh_id(), "Refund", -cents, at, "Visa"))
    order.adjustments.append(Adjustment(bench.world.fresh_id(), "Refund", "Refund", cents, at))
    order.modified_at = min(at, bench.seen_at)


def _taxes(bench: Bench) -> None:
    exempt = _two_tees(bench)
    exempt.tax_ppm, exempt.tax_exempt = 82_500, True
    pay(bench.world, exempt)
    bench.finish("tax_exempt", exempt)
    shipping = _two_tees(bench)
    shipping.tax_ppm, shipping.taxes_shipping = 60_000, True
    pay(bench.world, shipping)
    bench.finish("taxed_shipping", shipping)


def _open_balances(bench: Bench) -> None:
    later = _two_tees(bench)
    later.payment_method = "PayLater"
    bench.finish("not_paid", later)
    purchase = _two_tees(bench)
    purchase.payment_method, purchase.purchase_order = "PurchaseOrder", "PO-2231"
    bench.finish("purchase_order", purchase)
    half = _two_tees(bench)
    pay(bench.world, half, 2000)
    bench.finish("partially_paid", half)


def _other_means(bench: Bench) -> None:
    gift = _two_tees(bench)
    gift.gift_certificate = "GC-7719"
    pay(bench.world, gift, 2500, event="GiftCertificate")
    pay(bench.world, gift, minutes=1)
    bench.finish("gift_certificate", gift)
    fee = _two_tees(bench)
    fee.process = 150
    _adjust(bench, fee, "Fee", "Rush handling", 1000)
    pay(bench.world, fee)
    bench.finish("process_and_fee", fee)
