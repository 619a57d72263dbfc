"""What is done to connections and links. What rooms above do to a link is named here."""

from api.linking.actions.health import mark_broken, mark_healthy, note_synced
from api.linking.actions.sharing import change_shared_orders

__all__ = ["change_shared_orders", "mark_broken", "mark_healthy", "note_synced"]
