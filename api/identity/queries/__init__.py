"""Questions about people. What the doors ask is named here."""

from api.identity.queries.principals import make_authenticate

__all__ = ["make_authenticate"]
