"""The pace at which a vendor may be called, as the connectors see it; the row that holds it for all processes is behind this."""

from typing import Protocol

from api.connectors.print_shop import Lane


class Pace(Protocol):
    """Waits until a call is allowed. `subjects` are what the vendor counts by (the user, the egress address)."""

    async def wait_turn(self, subjects: tuple[str, ...], *, lane: Lane) -> None: ...

    async def push_back(self, subjects: tuple[str, ...], *, seconds: float) -> None:
        """After a 429: nobody calls for these subjects during the next `seconds`."""


class Unpaced:
    """For a vendor that publishes no limit, and for tests that do not test limits."""

    async def wait_turn(self, subjects: tuple[str, ...], *, lane: Lane) -> None:
        del subjects, lane

    async def push_back(self, subjects: tuple[str, ...], *, seconds: float) -> None:
        del subjects, seconds
