"""Questions about people. What the doors ask is named here."""

from api.identity.queries.keys import make_authenticate_key
from api.identity.queries.principals import make_authenticate

__all__ = ["make_authenticate", "make_authenticate_key"]
