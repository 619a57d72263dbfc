"""Ports for servers that are about to start."""

import random
import socket
from itertools import count

# Outgoing connections get ports from 32,768 up (on some systems from 49,152) and may take one before its server listens.
_BELOW_OUTGOING = range(10_000, 32_768)


def find_free_port(*beside: int) -> int:
    """A port that nothing listens on now, that no outgoing connection takes; free as well are those so many above it."""
    order = random.SystemRandom()
    return next(
        port
        for port in (order.choice(_BELOW_OUTGOING) for _ in count())
        if all(_is_free(port + step) for step in (0, *beside))
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
