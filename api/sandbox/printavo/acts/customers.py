"""Customers and their contacts."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from api.sandbox.printavo.acts.inputs import Address, ContactIn, CustomerIn
from api.sandbox.printavo.acts.verbs import Verb
from api.sandbox.printavo.records import Account, Contact, Customer, MailAddress, PaymentTerm, User
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Args


class CustomerCreate(Args):
    input: CustomerIn


class ContactOf(Args):
    """``id`` is the customer's."""

    id: str
    input: ContactIn


def write_address(account: Account, given: Address | None, at: datetime) -> MailAddress | None:
    """Null stays null; what was not given is empty."""
    if given is None:
        return None
    local = at.astimezone(account.zone)
    return MailAddress(made_at=local, changed_at=local, **given.model_dump())


def write_contact(world: World, customer: Customer, given: ContactIn, at: datetime) -> Contact:
    contact = Contact(
        **world.stamped(Contact, customer.account, at),
        customer=customer,
        first_name=given.first_name,
        last_name=given.last_name,
        email=", ".join(given.email) if given.email else None,
        phone=given.phone,
        fax=given.fax,
    )
    customer.contacts.append(world.keep(contact))
    return contact


def _check_customer(world: World, account: Account, given: CustomerCreate) -> None:
    if given.input.owner and given.input.owner.id is not None:
        world.get(User, given.input.owner.id, account)
    if given.input.default_payment_term and given.input.default_payment_term.id is not None:
        world.get(PaymentTerm, given.input.default_payment_term.id, account)


def _create_customer(world: World, account: Account, given: CustomerCreate, at: datetime) -> str:
    wanted = given.input
    customer = Customer(
        **world.stamped(Customer, account, at),
        company_name=wanted.company_name,
        owner=world.find(User, wanted.owner.id if wanted.owner else None, account),
        default_payment_term=world.find(
            PaymentTerm, wanted.default_payment_term.id if wanted.default_payment_term else None, account
        ),
        internal_note=wanted.internal_note,
        resale_number=wanted.resale_number,
        sales_tax=None if wanted.sales_tax is None else Decimal(str(wanted.sales_tax)),
        tax_exempt=bool(wanted.tax_exempt),
        billing_address=write_address(account, wanted.billing_address, at),
        shipping_address=write_address(account, wanted.shipping_address, at),
    )
    account.customers.append(world.keep(customer))
    for contact in (wanted.primary_contact, *(wanted.contacts or ())):
        write_contact(world, customer, contact, at)
    return customer.id


def _check_contact(world: World, account: Account, given: ContactOf) -> None:
    world.get(Customer, given.id, account)


def _create_contact(world: World, account: Account, given: ContactOf, at: datetime) -> str:
    customer = world.get(Customer, given.id, account)
    world.touch(at, customer)
    return write_contact(world, customer, given.input, at).id


VERBS: dict[str, Verb[Any]] = {
    "customerCreate": Verb(CustomerCreate, _check_customer, _create_customer, Customer),
    "contactCreate": Verb(ContactOf, _check_contact, _create_contact, Contact),
}
