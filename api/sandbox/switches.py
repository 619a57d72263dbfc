"""Switches: every point on which the vendors' documentation is silent or divided, with a default and what else may be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_TYPE_NAMES = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


class SwitchRefused(Exception):
    """No such switch, or a value it cannot take."""


@dataclass(frozen=True, slots=True)
class Switch:
    """``choices`` lists what a word may be; for numbers ``low`` and ``high`` bound it. ``says`` is for people."""

    name: str
    default: Any
    says: str
    choices: tuple[str, ...] = ()
    low: float = 0
    high: float = 1_000_000

    def check(self, value: Any) -> Any:
        """The value, or SwitchRefused."""
        if self.choices:
            if value not in self.choices:
                raise SwitchRefused(f"{self.name} is one of {', '.join(self.choices)}")
            return value
        kind = type(self.default)
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is not kind:
            raise SwitchRefused(f"{self.name} is {_TYPE_NAMES[kind]}")
        if kind in (int, float) and not self.low <= value <= self.high:
            raise SwitchRefused(f"{self.name} lies between {self.low:g} and {self.high:g}")
        return value


class Switches:
    """The switches of one vendor. Reading an unknown name is a programming error (KeyError)."""

    def __init__(self, known: Iterable[Switch]) -> None:
        self._known = {switch.name: switch for switch in known}
        self._set: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        return self._set.get(name, self._known[name].default)

    def check(self, wanted: Any) -> dict[str, Any]:
        """The wanted settings, each valid, or SwitchRefused for the whole. Null puts a switch back to its default."""
        if not isinstance(wanted, dict):
            raise SwitchRefused("an object of switch names and values")
        for name, value in wanted.items():
            if name not in self._known:
                raise SwitchRefused(f"no switch is called {name!r}")
            if value is not None:
                self._known[name].check(value)
        return wanted

    def set(self, wanted: Mapping[str, Any]) -> None:
        """Apply what ``check`` let through."""
        for name, value in wanted.items():
            if value is None:
                self._set.pop(name, None)
            else:
                self._set[name] = self._known[name].check(value)

    def reset(self) -> None:
        self._set.clear()

    def listing(self) -> dict[str, dict[str, Any]]:
        """Every switch with its value, default, choices and meaning."""
        return {
            switch.name: {
                "value": self[switch.name],
                "default": switch.default,
                "choices": list(switch.choices),
                "says": switch.says,
            }
            for switch in self._known.values()
        }
