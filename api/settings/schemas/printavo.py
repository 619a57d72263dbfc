"""Choices that are read from Printavo."""

from typing import Literal

from pydantic import ConfigDict

from api.core.schema import Email, Name, Wire, examples


class PrintavoStatus(Wire):
    """A status of the shop's own in Printavo."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {"id": "322", "name": "Goods to order", "color": "#2f9e8f", "kind": "invoice"}
        )
    )

    id: str
    name: str
    color: str
    kind: Literal["quote", "invoice"]


class PrintavoContact(Wire):
    """A customer's contact in Printavo."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "id": "501",
                "full_name": "Pat Lee",
                "email": "pat@falcons.example",
                "company_name": "Falcons Boosters",
            }
        )
    )

    id: str
    full_name: str
    email: str | None
    company_name: str | None


class PrintavoContactCreate(Wire):
    """A new customer with this primary contact."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "company_name": "Falcons Boosters",
                "first_name": "Pat",
                "last_name": "Lee",
                "email": "pat@falcons.example",
            }
        )
    )

    company_name: Name
    first_name: Name
    last_name: Name
    email: Email | None = None


class PrintavoTypeOfWork(Wire):
    """A decoration method as the shop names it in Printavo."""

    model_config = ConfigDict(json_schema_extra=examples({"id": "11802", "name": "Screen Printing"}))

    id: str
    name: str
