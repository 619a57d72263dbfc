"""An order whose detail is wanted."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DueOrder:
    """What the platform asks for to give the whole order, and the hash of what was read last (None: nothing yet).

    `is_asked` says whether the order's row asks for its detail: it does not when open orders are only read again.
    """

    id: UUID
    external_id: str
    store_external_id: str
    email: str | None
    content_hash: bytes | None
    is_asked: bool = True
