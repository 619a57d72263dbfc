"""Ports for servers that are about to start."""

import random
import socket

import pytest

from api.core import ports


def test_an_outgoing_connection_never_takes_a_port_that_was_found() -> None:
    with socket.socket() as outgoing:
        outgoing.bind(("127.0.0.1", 0))
        assert all(ports.find_free_port() < outgoing.getsockname()[1] for _ in range(200))


def test_a_taken_port_is_passed_over_and_so_is_one_whose_neighbour_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    free = ports.find_free_port(11, 40)
    with socket.socket() as server:
        server.bind(("127.0.0.1", free + 40))
        server.listen()
        tried = iter([free + 40, free + 29, free])
        monkeypatch.setattr(random.SystemRandom, "choice", lambda *_: next(tried))
        assert ports.find_free_port(11) == free
