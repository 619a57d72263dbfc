"""Addresses of pictures: InkSoft gives them relative to its media host, which configuration names."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit


@dataclass(frozen=True, slots=True)
class Media:
    """`base_url` ends with a slash."""

    base_url: str

    def url(self, path: str) -> str | None:
        """Absolute, https and without a sign-in in it, or None: it ends up in a browser and in the shop's books."""
        if not path:
            return None
        try:
            address = urljoin(self.base_url, path)
            parts = urlsplit(address)
        except ValueError:
            return None
        is_safe = parts.scheme == "https" and parts.hostname and "@" not in parts.netloc
        return address if is_safe else None
