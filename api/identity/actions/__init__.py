"""What people do: sign up and in, and look after a workspace. What the doors do is named here."""

from api.identity.actions.sessions import forget_ended

__all__ = ["forget_ended"]
