"""A linked workspace with the simulated Printavo behind it."""

from tests.invoices.conftest import desk

__all__ = ["desk"]
