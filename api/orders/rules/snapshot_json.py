"""An `OrderSnapshot` as JSON and back: the form of `order_copy.snapshot` and of the pinned `order_version.snapshot`.

Pinned copies are read for years (A4): a member that is added to the snapshot later needs a default, one that is gone is
ignored. Nothing is rounded or reordered; `snapshot_from_json(snapshot_to_json(order)) == order`.
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from api.connectors.store_platform import OrderSnapshot

_SNAPSHOT: Final = TypeAdapter(OrderSnapshot)


def snapshot_to_json(order: OrderSnapshot) -> str:
    """One JSON object, ready for a `jsonb` column."""
    return _SNAPSHOT.dump_json(order).decode()


def snapshot_from_json(value: Mapping[str, Any] | str | bytes) -> OrderSnapshot:
    """The order in a `jsonb` column, as the driver gives it (a mapping) or as text. Raises `ValueError` for anything else."""
    if isinstance(value, str | bytes):
        return _SNAPSHOT.validate_json(value)
    return _SNAPSHOT.validate_python(value)
