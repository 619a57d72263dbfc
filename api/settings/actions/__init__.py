"""Changing what a shop chose. What rooms above remember or wait for is named here."""

from api.settings.actions.memory import REMAKE, WordNotKept, remember_method, remember_size

__all__ = ["REMAKE", "WordNotKept", "remember_method", "remember_size"]
