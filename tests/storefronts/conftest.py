"""The linked workspace of the stores' tests."""

from tests.stores.conftest import shop

__all__ = ["shop"]
