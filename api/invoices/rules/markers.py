"""The short visible text that says "this is ours": 8 characters of base32 of a keyed hash, the same every time."""

import base64
from collections.abc import Callable
from typing import Protocol
from uuid import UUID


class Hashes(Protocol):
    """A keyed hash with a purpose."""

    def digest(self, purpose: str, value: str) -> bytes: ...


def marker_of(hashes: Hashes, invoice_id: UUID) -> Callable[[str], str]:
    """The markers of one invoice: a key → `P-7K2Q3FXM`."""

    def marker(key: str) -> str:
        digest = hashes.digest("marker", f"{invoice_id}:{key}")
        return f"P-{base64.b32encode(digest).decode()[:8]}"

    return marker
