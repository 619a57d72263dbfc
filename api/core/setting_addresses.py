"""The addresses that settings name: of vendors, of the page itself, of databases. What is refused is never repeated."""

import re
from collections.abc import Callable
from typing import Annotated, Final
from urllib.parse import SplitResult, parse_qs, urlsplit

from pydantic import AfterValidator

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
SSL_MODES: Final = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_USUAL_PORTS: Final = {"http": 80, "https": 443}
_HOST: Final = re.compile(r"[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?|[0-9a-f:.]+:[0-9a-f:.]*")


def has_gaps(text: str) -> bool:
    """Whether it holds a space, a line's end or the like: parsers drop some of these silently, and read another address."""
    return any(character.isspace() or not character.isprintable() for character in text)


def _split_origin(text: str) -> SplitResult | None:
    """The parts of `https://host:port` with nothing else around it, None where it is anything else."""
    try:
        parts = urlsplit(text)
        usable = parts.port != 0
    except ValueError:
        return None
    beyond = parts.path.strip("/") or "?" in text or "#" in text or "@" in parts.netloc
    host = _HOST.fullmatch(parts.hostname or "")
    fits = usable and host and not beyond and not has_gaps(text) and parts.scheme in _USUAL_PORTS
    return parts if fits else None


def check_web_address(text: str) -> str:
    """A vendor's address. Raises ValueError."""
    if _split_origin(text) is None:
        message = "an address is https://host, or http://host:port, with nothing behind it"
        raise ValueError(message)
    return text


def check_origin(text: str) -> str:
    """An address that people open, written as browsers write it (`https://shop.example`). Raises ValueError."""
    parts = _split_origin(text)
    if parts is None or not (parts.scheme == "https" or parts.hostname in LOOPBACK):
        message = (
            "an address that people open is https://host, or http://localhost:port on this machine, with nothing behind it: "
            "browsers keep the session cookie for https only"
        )
        raise ValueError(message)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = "" if parts.port in {None, _USUAL_PORTS[parts.scheme]} else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def check_database_address(text: str) -> None:
    """Raises ValueError. Drivers quote what they cannot read, which may be a piece of the password: they never see such."""
    if not _is_database_address(text):
        message = (
            "an address is postgresql://login:password@host:port/database, with %2F for a / and %23 for a # in the password, "
            "and nothing behind it but ?sslmode=require or the like"
        )
        raise ValueError(message)


def _is_database_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        usable = parts.port != 0
    except ValueError:
        return False
    options = parse_qs(parts.query, keep_blank_values=True)
    secured = all(value in SSL_MODES for value in options.get("sslmode", ()))
    whole = usable and "#" not in text and not has_gaps(text)
    return (
        whole
        and parts.scheme in {"postgres", "postgresql"}
        and options.keys() <= {"sslmode", "host", "port"}
        and secured
    )


def _each(check: Callable[[str], str]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    return lambda texts: tuple(map(check, texts))


WebAddress = Annotated[str, AfterValidator(check_web_address)]
Origin = Annotated[str, AfterValidator(check_origin)]
Origins = Annotated[tuple[str, ...], AfterValidator(_each(check_origin))]
