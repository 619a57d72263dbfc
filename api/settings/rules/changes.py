"""What a change of settings changed: each setting as it was and as it is (pure)."""

from collections.abc import Mapping
from typing import Any


def find_changes(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of both, only what differs; of a map only its words that do, None where there was or is none."""
    was, now = {}, {}
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if _sorted(old) == _sorted(new):
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            words = sorted(word for word in old.keys() | new.keys() if old.get(word) != new.get(word))
            old, new = ({word: each.get(word) for word in words} for each in (old, new))
        was[name], now[name] = old, new
    return was, now


def _sorted(value: object) -> object:
    """Every list of the settings names each thing once, in any order."""
    return sorted(value) if isinstance(value, list) else value
