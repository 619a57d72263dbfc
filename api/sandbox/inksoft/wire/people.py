"""Contacts and addresses on the wire, with all their mostly empty fields."""

from typing import Any

from api.sandbox.inksoft.wire.pen import Pen
from api.sandbox.inksoft.world.order import Order
from api.sandbox.inksoft.world.person import Address, Person

_COUNTRIES = {"US": "United States", "CA": "Canada", "SE": "Sweden"}


def address(
    number: int, where: Address | None, person: Person, *, tax_exempt: bool = False
) -> dict[str, Any] | None:
    """An ``Address``, or null when there is none (pick-up)."""
    if where is None:
        return None
    line = ", ".join(
        part for part in (where.street, where.city, f"{where.region} {where.post_code}".strip()) if part
    )
    return {
        "ID": number, "StateId": None, "CountryId": None, "Business": bool(person.company), "TaxExempt": tax_exempt,
        "FirstName": person.first, "LastName": person.last, "Name": person.name, "CompanyName": person.company,
        "Street1": where.street, "Street2": where.street2, "City": where.city, "State": where.region,
        "StateName": "", "Country": _COUNTRIES.get(where.country, where.country), "CountryCode": where.country,
        "Phone": person.phone, "Fax": "", "PostCode": where.post_code, "POBox": False, "SaveToAddressBook": False,
        "Type": "Shipping", "TaxId": "", "Department": "", "Validated": True, "IsPrimaryAddress": False,
        "SingleLine": line,
    }  # fmt: skip


def contact(order: Order, pen: Pen) -> dict[str, Any]:
    """The shopper as a ``Contact``."""
    person = order.person
    phones = [
        {
            "ID": order.user_id,
            "Number": person.phone,
            "Extension": "",
            "PhoneType": "Mobile",
            "IsSMSOptOut": False,
        }
    ]
    return {
        "ID": order.user_id, "Fax": "", "Note": "", "PurchaseOrdersEnabled": False, "PayLaterEnabled": False,
        "Timeline": None, "TierId": None, "Tiers": [], "IsTaxable": not order.tax_exempt, "FirstName": person.first,
        "LastName": person.last, "JobTitle": "", "Email": person.email, "Phones": phones if person.phone else [],
        "ProfilePicture": "", "Newsletter": False, "Tags": [], "Store": None, "Origin": None,
        "PrimaryAddressId": None, "Addresses": [], "Discount": None, "BirthDate": None,
        "DateCreated": pen.date(order.created_at), "LastModified": pen.date(order.created_at),
        "ExternalReferenceId": "",
    }  # fmt: skip
