"""UUIDv7 made here: PostgreSQL 15 has none, and ids in time order keep the indexes compact."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A new UUIDv7 as the standard library's UUID."""
    return UUID(bytes=uuid_utils.uuid7().bytes)
