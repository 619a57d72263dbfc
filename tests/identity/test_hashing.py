"""Hashing a password is slow on purpose: it keeps nobody waiting who does not sign in, and takes two processors at most."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher

from api.identity import passwords

PATIENCE = 10.0


class WatchedHasher:
    """Passes on to the real one. Each hash waits until the event loop has ticked, and a moment for a third beside two."""

    def __init__(self, real: PasswordHasher) -> None:
        self.real = real
        self.loop = asyncio.get_running_loop()
        self.running = self.most = self.done = 0
        self.stood_still = False
        self._counting = threading.Lock()
        self._third = threading.Event()

    def hash(self, password: str) -> str:
        with self._watched():
            return self.real.hash(password)

    def verify(self, stored: str, password: str) -> bool:
        with self._watched():
            return self.real.verify(stored, password)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        with self._counting:
            self.running += 1
            self.most = max(self.most, self.running)
            if self.running > 2:
                self._third.set()
        ticked = threading.Event()
        self.loop.call_soon_threadsafe(ticked.set)
        self.stood_still = self.stood_still or not ticked.wait(PATIENCE)
        self._third.wait(0.1)
        try:
            yield
        finally:
            with self._counting:
                self.running -= 1
                self.done += 1


@pytest.fixture
async def hasher(monkeypatch: pytest.MonkeyPatch) -> WatchedHasher:
    made = WatchedHasher(passwords._HASHER)
    monkeypatch.setattr(passwords, "_HASHER", made)
    return made


class TestHashing:
    @pytest.mark.rule("L4")
    async def test_of_a_crowd_is_done_by_two_at_a_time_while_the_loop_goes_on(
        self, hasher: WatchedHasher
    ) -> None:
        stored = await passwords.hash_password("print-more-shirts")
        crowd = (
            *(passwords.hash_password(f"password-{number}") for number in range(3)),
            *(passwords.verify_password("print-more-shirts", stored) for _ in range(3)),
            passwords.verify_password("print-more-shirts", None),
            passwords.verify_password("guessed", stored),
        )
        answers = await asyncio.gather(*crowd)
        assert answers[3:] == [True, True, True, False, False]
        assert (hasher.done, hasher.most) == (9, 2)
        assert not hasher.stood_still, "the loop stood still while a password was hashed"
