"""An order whose detail is wanted."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DueOrder:
    """What the platform asks for to give the whole order, and the hash of what was read last (None: nothing yet)."""

    id: UUID
    external_id: str
    store_external_id: str
    email: str | None
    content_hash: bytes | None
