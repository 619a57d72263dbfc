"""Fields of quotes, invoices and what hangs below them that are not simply what the record holds."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from api.sandbox.clock import now
from api.sandbox.printavo.acts.mockups import FILE_HOST
from api.sandbox.printavo.money import to_dollars
from api.sandbox.printavo.orders import Fee, Line, Mockup, Order, PoLine, Transaction
from api.sandbox.printavo.resolvers.caller import Caller
from api.sandbox.printavo.resolvers.shop_fields import WEB
from api.sandbox.printavo.totals import Totals, fee_amount, totals

Resolver = Callable[..., Any]


def _total(read: Callable[[Totals], int]) -> Resolver:
    def resolve(order: Order, info: Any) -> float:
        caller: Caller = info.context
        return caller.money(read(totals(order, caller.world.switches)))

    return resolve


def _paid_in_full(order: Order, info: Any) -> bool:
    caller: Caller = info.context
    return totals(order, caller.world.switches).outstanding <= 0


def _quantity(order: Order, info: Any) -> int:
    caller: Caller = info.context
    return totals(order, caller.world.switches).pieces


def _address(path: str) -> Resolver:
    def resolve(order: Order, _: Any) -> str:
        return f"{WEB}/{path.format(id=order.id, hash=order.public_hash)}"

    return resolve


def _sizes(counts: dict[str, int], info: Any, shown: set[str] | None = None) -> list[dict[str, Any]]:
    caller: Caller = info.context
    zeros = caller.world.switches["zero_sizes"] == "listed"
    return [
        {"size": size, "count": count}
        for size, count in counts.items()
        if (count or zeros) and (shown is None or size in shown)
    ]


def _line_sizes(line: Line, info: Any) -> list[dict[str, Any]]:
    caller: Caller = info.context
    hidden = caller.world.switches["sizes_outside_columns"] == "hidden"
    shown = set(line.line_item_group.enabled_columns.sizes) if hidden else None
    return _sizes(line.counts, info, shown)


def _po_sizes(line: PoLine, info: Any) -> list[dict[str, Any]]:
    return _sizes(line.counts, info)


def _line_price(line: Line, _: Any) -> float | None:
    return None if line.price_cents is None else to_dollars(line.price_cents)


def _fee_amount(fee: Fee, info: Any) -> float:
    caller: Caller = info.context
    subtotal = sum(line.amount_cents for line in fee.order.lines)
    return to_dollars(fee_amount(fee, subtotal, caller.world.switches))


def _fee_unit_price(fee: Fee, _: Any) -> float | None:
    return None if fee.unit_price is None else float(fee.unit_price)


def _picture(suffix: str) -> Resolver:
    """Null while it is being fetched, and for ever when that failed without a word."""

    def resolve(mockup: Mockup, info: Any) -> str | None:
        caller: Caller = info.context
        world = caller.world
        wait = timedelta(seconds=world.switches["file_fetch_seconds"] * world.time_scale)
        if mockup.fetch == "silent_blank" or (mockup.fetch == "delayed" and now() < mockup.made_at + wait):
            return None
        return f"{FILE_HOST}/{mockup.handle}{suffix}"

    return resolve


def _originating(transaction: Transaction, _: Any) -> Transaction:
    return transaction.refunds or transaction


ORDER: dict[str, Resolver] = {
    "amountOutstanding": _total(lambda sums: sums.outstanding),
    "amountPaid": _total(lambda sums: sums.paid),
    "discount": lambda order, _: float(order.discount),
    "discountAmount": _total(lambda sums: sums.discount),
    "packingSlipUrl": _address("invoice/{hash}/packing_slip.pdf"),
    "paidInFull": _paid_in_full,
    "publicPdf": _address("invoice/{hash}.pdf"),
    "publicUrl": _address("invoice/{hash}"),
    "salesTax": lambda order, _: float(order.sales_tax),
    "salesTaxAmount": _total(lambda sums: sums.tax),
    "subtotal": _total(lambda sums: sums.subtotal),
    "total": _total(lambda sums: sums.total),
    "totalQuantity": _quantity,
    "totalUntaxed": _total(lambda sums: sums.untaxed),
    "url": _address("invoices/{id}"),
    "workorderUrl": _address("workorder/{hash}"),
}
_MONEY: dict[str, Resolver] = {
    "amount": lambda transaction, _: to_dollars(transaction.amount_cents),
    "originatingPaymentTransaction": _originating,
    "processing": lambda *_: False,
    "transactedFor": lambda transaction, _: transaction.order,
}

ORDER_FIELDS: dict[str, dict[str, Resolver]] = {
    "Quote": ORDER,
    "Invoice": ORDER,
    "LineItem": {"price": _line_price, "sizes": _line_sizes},
    "PoLineItem": {"sizes": _po_sizes},
    "Fee": {"amount": _fee_amount, "unitPrice": _fee_unit_price},
    "Mockup": {
        "fullImageUrl": _picture(""),
        "thumbnailUrl": _picture("?thumbnail=true"),
        "mimeType": lambda *_: "image/png",
    },
    "Payment": {**_MONEY, "source": lambda *_: "MANUAL"},
    "Refund": _MONEY,
}
