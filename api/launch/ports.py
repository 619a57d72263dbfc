"""The ports of one installation, and who holds them."""

import errno
import socket

import httpx

from api.launch.folder import CannotStartError

_HIGH = 60_000


def sandbox_ports(port: int) -> dict[str, int]:
    """The sandboxes stand beside the app: 8470 goes with 8481 and 8482."""
    return {"inksoft": port + 11, "printavo": port + 12}


async def refuse_occupied_ports(port: int) -> None:
    """Raise `CannotStartError` with who holds the first one that is not free."""
    for wanted in (port, *sandbox_ports(port).values()):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError as error:
                if error.errno == errno.EACCES:
                    message = f"Port {wanted} is kept for programs of the system. Choose one above 1023: make up PORT=8470"
                    raise CannotStartError(message) from None
                raise CannotStartError(await _who_holds(port, wanted)) from None


async def _who_holds(port: int, occupied: int) -> str:
    other = port + 100 if port < _HIGH else port - 100
    cure = f"Stop it, or choose another port: make up PORT={other}"
    if await _is_platen(port):
        return f"Platen is running already: http://localhost:{port}. {cure}"
    return f"Port {occupied} is in use by another program. {cure}"


async def _is_platen(port: int) -> bool:
    try:
        async with httpx.AsyncClient(timeout=2, trust_env=False) as http:
            told = (await http.get(f"http://127.0.0.1:{port}/version")).json()
    except (httpx.HTTPError, ValueError):
        return False
    return isinstance(told, dict) and "version" in told
