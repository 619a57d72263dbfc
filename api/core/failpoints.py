"""Places where a chaos test kills the process, to show that nothing depends on what a dead process still knew.

A no-op unless a door armed one of them: PLATEN_FAILPOINT is `name` or `name:n` (dies the n-th time that it is reached).
"""

import os
import signal
from dataclasses import dataclass
from typing import Final


@dataclass(slots=True)
class _Armed:
    """The one failpoint at which this process dies, and how often it is passed before."""

    name: str = ""
    passes: int = 0


_armed: Final = _Armed()


def arm(spec: str) -> None:
    """Called by a door with its configuration; an empty text disarms. Raises `ValueError` for a count that is none."""
    name, _, number = spec.partition(":")
    _armed.name, _armed.passes = name, int(number or 1) - 1


def reach(name: str) -> None:
    """Die here, without any clean-up, if this is the armed failpoint and its turn has come."""
    if name != _armed.name:
        return
    if _armed.passes:
        _armed.passes -= 1
        return
    os.kill(os.getpid(), signal.SIGKILL)
