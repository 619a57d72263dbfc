"""`make_wanted`: pinned orders and choices in, the whole wanted invoice out."""

from collections.abc import Sequence

from api.invoices.rules.grouping import Piece, decorations_of, pieces_of
from api.invoices.rules.lines import make_groups
from api.invoices.rules.money import make_discount, make_fees, make_payment
from api.invoices.rules.proof import make_proof, money_findings
from api.invoices.rules.wanted import Finding, InvoiceChoices, Marker, PinnedOrder, WantedInvoice
from api.settings.rules.words import plain_text


def make_wanted(orders: Sequence[PinnedOrder], choices: InvoiceChoices, marker: Marker) -> WantedInvoice:
    """The invoice that these orders make. Pure: neither the order of the orders nor of their items changes it.

    Only a result that `is_sendable` may be sent; `findings` become exceptions for a person.
    """
    ordered = sorted(orders, key=lambda order: (order.number, str(order.order_id)))
    pieces = [piece for order in ordered for piece in pieces_of(order, choices)]
    groups = make_groups(pieces, choices, marker)
    fees = make_fees(ordered, choices, marker)
    discount = make_discount(ordered, choices)
    payment = make_payment(ordered, choices, marker)
    return WantedInvoice(
        nickname=choices.nickname,
        groups=groups,
        fees=fees,
        payment=payment,
        discount_amount=discount,
        proof=make_proof(ordered, groups, fees, discount, payment, choices),
        findings=(*_size_findings(pieces), *_method_findings(pieces, choices), *money_findings(ordered)),
        order_count=len(ordered),
        piece_count=sum(line.piece_count for group in groups for line in group.lines),
        recompute_tax=choices.tax == "recompute",
    )


def _size_findings(pieces: list[Piece]) -> list[Finding]:
    """A size that nobody knows was put under Other with its text kept; somebody may teach us the word."""
    found: dict[tuple[object, str], Finding] = {}
    for piece in pieces:
        if not piece.is_known_size:
            fact = plain_text(piece.item.size)
            details = {"size": piece.item.size, "item": piece.item.name, "order_number": piece.order.number}
            order_id = piece.order.order_id
            found.setdefault((order_id, fact), Finding("unknown_size", order_id, fact, details))
    return list(found.values())


def _method_findings(pieces: list[Piece], choices: InvoiceChoices) -> list[Finding]:
    """A decoration method without a type of work: the imprint is written without one."""
    found: dict[tuple[object, str], Finding] = {}
    for piece in pieces:
        for decoration in decorations_of(piece.item):
            fact = plain_text(decoration.method)
            if fact and fact not in choices.method_map:
                details = {"method": decoration.method, "order_number": piece.order.number}
                order_id = piece.order.order_id
                found.setdefault((order_id, fact), Finding("unknown_method", order_id, fact, details))
    return list(found.values())
