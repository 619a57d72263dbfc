"""From Printavo's JSON models to our values. A money or quantity that cannot be told raises `ValueError`."""

from collections.abc import Iterable
from datetime import UTC
from typing import Final, Literal, get_args

from api.connectors.print_shop import (
    ContactPage,
    LineStatus,
    PrintShopContact,
    PrintShopStatus,
    RemoteFee,
    RemoteGroup,
    RemoteImprint,
    RemoteInvoice,
    RemoteLine,
    RemotePayment,
    ShopAccount,
    TypeOfWork,
)
from api.connectors.printavo import wire
from api.connectors.printavo.mapping.money import cents
from api.connectors.printavo.mapping.zones import iana_zone

_LINE_STATUSES: Final[dict[str, LineStatus]] = {status: status for status in get_args(LineStatus)}

# Printavo has no field for the plan: its API answers for this plan only (L2).
PLAN_WITH_API: Final = "premium"


def to_account(user: wire.User, *, email: str) -> ShopAccount:
    """`email` is what the caller signed in with, for users whose own is not told."""
    account = user.account
    return ShopAccount(
        external_id=account.id,
        account_name=account.company_name or account.company_email,
        plan=PLAN_WITH_API,
        currency=account.invoice_information.currency.upper(),
        time_zone=iana_zone(user.time_zone),
        user_email=user.email or email,
    )


def to_status(status: wire.Status) -> PrintShopStatus:
    kind: Literal["quote", "invoice"] = "invoice" if status.type == "INVOICE" else "quote"
    return PrintShopStatus(
        id=status.id, name=status.name, color=status.color, position=status.position, kind=kind
    )


def to_type_of_work(type_of_work: wire.TypeOfWork) -> TypeOfWork:
    return TypeOfWork(id=type_of_work.id, name=type_of_work.name)


def to_contact(contact: wire.Contact) -> PrintShopContact:
    """A contact without a full name is called by its first and last name, its e-mail or its company."""
    parts = " ".join(filter(None, (contact.first_name, contact.last_name)))
    return PrintShopContact(
        id=contact.id,
        full_name=contact.full_name or parts or contact.email or contact.customer.company_name or "",
        email=contact.email or None,
        customer_id=contact.customer.id,
        company_name=contact.customer.company_name or None,
    )


def to_contact_page(page: wire.Page[wire.Contact]) -> ContactPage:
    """Raises `ValueError` when there is more, but it is not said where."""
    more = page.page_info
    if more.has_next_page and more.end_cursor is None:
        message = "a further page without a cursor"
        raise ValueError(message)
    return ContactPage(
        contacts=tuple(to_contact(contact) for contact in page.nodes),
        after=more.end_cursor if more.has_next_page else None,
    )


def to_line(line: wire.Line) -> RemoteLine:
    """Sizes without pieces are left out; a size listed twice is added up. An unknown status reads as none."""
    sizes: dict[str, int] = {}
    for entry in line.sizes:
        if entry.count:
            sizes[entry.size] = sizes.get(entry.size, 0) + entry.count
    return RemoteLine(
        id=line.id,
        position=line.position,
        item_number=line.item_number or "",
        color=line.color or "",
        description=line.description or "",
        unit_price_amount=line.price or 0,
        taxed=line.taxed,
        sizes=tuple(sizes.items()),
        status=_LINE_STATUSES.get(line.product_status or ""),
    )


def to_imprint(imprint: wire.Imprint) -> RemoteImprint:
    return RemoteImprint(
        id=imprint.id,
        details=imprint.details or "",
        type_of_work_id=imprint.type_of_work.id if imprint.type_of_work else None,
    )


def to_group(group: wire.Group, lines: Iterable[wire.Line], imprints: Iterable[wire.Imprint]) -> RemoteGroup:
    """`lines` and `imprints` are those of all pages, not only of the group's own first one."""
    return RemoteGroup(
        id=group.id,
        position=group.position,
        enabled_sizes=group.enabled_columns.sizes,
        lines=tuple(to_line(line) for line in lines),
        imprints=tuple(to_imprint(imprint) for imprint in imprints),
    )


def to_fee(fee: wire.Fee) -> RemoteFee:
    """The amount, or quantity times unit price where only these are told."""
    amount = fee.amount
    if amount is None:
        if fee.unit_price is not None and fee.unit_price_as_percentage:
            message = "a fee in percent without its amount"
            raise ValueError(message)
        amount = cents((fee.unit_price or 0) * (1 if fee.quantity is None else fee.quantity))
    return RemoteFee(id=fee.id, description=fee.description or "", amount=amount, taxable=bool(fee.taxable))


def to_payment(payment: wire.Payment) -> RemotePayment:
    return RemotePayment(id=payment.id, amount=payment.amount, description=payment.description or "")


def to_payments(transactions: Iterable[wire.Transaction]) -> tuple[RemotePayment, ...]:
    """Only payments: refunds, disputes and voids are made in the shop, and no mutation changes them."""
    return tuple(
        RemotePayment(id=entry.id, amount=entry.amount or 0, description=entry.description or "")
        for entry in transactions
        if entry.typename == "Payment"
    )


def to_invoice(
    header: wire.Header,
    *,
    groups: tuple[RemoteGroup, ...] = (),
    fees: tuple[RemoteFee, ...] = (),
    payments: tuple[RemotePayment, ...] = (),
) -> RemoteInvoice:
    """The record with its totals as the shop system states them."""
    return RemoteInvoice(
        external_id=header.id,
        kind=to_kind(header.typename),
        visual_id=header.visual_id or None,
        nickname=header.nickname or "",
        po_number=header.visual_po_number or "",
        tags=header.tags,
        status_id=header.status.id,
        status_name=header.status.name,
        public_url=header.public_url,
        discount_amount=_discount(header),
        sales_tax_amount=header.sales_tax_amount or 0,
        subtotal_amount=header.subtotal or 0,
        total_amount=header.total or 0,
        paid_amount=header.amount_paid or 0,
        total_quantity=header.total_quantity or 0,
        updated_at=header.timestamps.updated_at.astimezone(UTC),
        groups=groups,
        fees=fees,
        payments=payments,
    )


def to_new_quote(made: wire.NewQuote) -> RemoteInvoice:
    """A quote as it was made: its header and its fees."""
    return to_invoice(made, fees=tuple(to_fee(fee) for fee in made.fees.nodes))


def to_kind(typename: wire.Kind) -> Literal["quote", "invoice"]:
    return "invoice" if typename == "Invoice" else "quote"


def _discount(header: wire.Header) -> int:
    """What was written if it is money; what it comes to if somebody made it a percentage."""
    if header.discount_as_percentage:
        return header.discount_amount or 0
    return cents(header.discount) if header.discount is not None else header.discount_amount or 0
