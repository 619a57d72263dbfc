"""Addresses of pictures: InkSoft gives them relative to its media host, which configuration names."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit


@dataclass(frozen=True, slots=True)
class Media:
    """`base_url` ends with a slash."""

    base_url: str

    def url(self, path: str) -> str | None:
        """Absolute and http(s), or None: such an address ends up in a browser and in the shop's books."""
        if not path:
            return None
        try:
            address = urljoin(self.base_url, path)
            parts = urlsplit(address)
        except ValueError:
            return None
        return address if parts.scheme in {"http", "https"} and parts.hostname else None
