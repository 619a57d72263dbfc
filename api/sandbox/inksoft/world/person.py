"""Shoppers and their addresses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; ``region`` is a state or province code, ``country`` two letters."""

    street: str
    city: str
    region: str
    post_code: str
    country: str = "US"
    street2: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A shopper. ``email`` may be empty: staff enter orders for people without one."""

    first: str
    last: str
    email: str
    phone: str = ""
    company: str = ""

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}".strip()
