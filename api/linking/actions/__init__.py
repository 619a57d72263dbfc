"""What is done to connections and links. What rooms above do to a link is named here."""

from api.linking.actions.health import mark_healthy, mark_needs_reauth, mark_suspended, note_synced
from api.linking.actions.sharing import ask_for_reading, move_share_date

__all__ = [
    "ask_for_reading",
    "mark_healthy",
    "mark_needs_reauth",
    "mark_suspended",
    "move_share_date",
    "note_synced",
]
