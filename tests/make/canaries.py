"""Looks for secrets where none may be: in texts, as they are and in every coding that they could hide behind."""

import base64
import os
import subprocess
from collections.abc import Iterable, Mapping
from urllib.parse import quote, quote_plus, unquote, urlsplit, urlunsplit

from api.core.embedded.programs import client_program


def forms(secret: str | bytes) -> frozenset[str]:
    """How a secret can look, in lower case: plain, URL-encoded, in hex, and in base64 at any place of a longer text."""
    raw = secret.encode() if isinstance(secret, str) else secret
    found = {raw.hex(), *_base64(raw)}
    if isinstance(secret, str):
        found |= {secret, quote(secret, safe=""), quote_plus(secret)}
    found |= {form.encode().hex() for form in found}  # a text that stands in a column of bytes
    return frozenset(form.lower() for form in found)


def find(canaries: Mapping[str, str | bytes], texts: Iterable[tuple[str, str]]) -> list[str]:
    """`canary in place` for each canary that stands in one of the (place, text) pairs; never the canary itself."""
    lowered = [(place, text.lower()) for place, text in texts]
    return [
        f"{name} in {place}"
        for name, secret in canaries.items()
        for place, text in lowered
        if any(form in text for form in forms(secret))
    ]


def dump(url: str) -> str:
    """The whole database as `pg_dump` writes it: every table with its rows, every definition."""
    parts = urlsplit(url)
    bare = urlunsplit(parts._replace(netloc=f"{parts.username}@{parts.hostname}:{parts.port}"))
    done = subprocess.run(  # noqa: S603 - the wheel's own program
        [client_program("pg_dump"), "--dbname", bare],
        env={**os.environ, "PGPASSWORD": unquote(parts.password or "")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def _base64(raw: bytes) -> set[str]:
    """The characters that only the secret decides, for each of the three places at which a group can begin."""
    found = set()
    for shift, first in ((0, 0), (1, 2), (2, 3)):
        last = (shift + len(raw)) * 8 // 6
        for coded in (base64.b64encode(bytes(shift) + raw), base64.urlsafe_b64encode(bytes(shift) + raw)):
            found.add(coded.decode()[first:last])
    return found
