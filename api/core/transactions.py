"""Whether the running task holds an open database transaction: vendor calls refuse to start inside one."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_open: ContextVar[int] = ContextVar("open_transactions", default=0)


class CalledInsideTransactionError(AssertionError):
    """A vendor was called while a transaction held locks: the call must move out of it."""


@contextmanager
def transaction_marked() -> Iterator[None]:
    """Mark the running task as holding a transaction (entered by `core.db` only)."""
    token = _open.set(_open.get() + 1)
    try:
        yield
    finally:
        _open.reset(token)


def refuse_inside_transaction(what: str) -> None:
    """Raise `CalledInsideTransactionError` when a transaction is open in this task."""
    if _open.get():
        message = f"{what} was called inside a database transaction"
        raise CalledInsideTransactionError(message)
