"""What may be done with stores. Rooms above call these three; the rest is for the routes of this room."""

from api.stores.actions.counters import CounterDelta, append_deltas, fold_counters
from api.stores.actions.discovery import discover_stores

__all__ = ["CounterDelta", "append_deltas", "discover_stores", "fold_counters"]
