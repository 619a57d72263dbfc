"""The linked workspaces of the activity tests: without vendors, and with both sandboxes behind."""

from tests.invoices.conftest import desk
from tests.stores.conftest import shop

__all__ = ["desk", "shop"]
