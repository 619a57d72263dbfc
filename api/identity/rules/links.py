"""One-time links: how long they open something, and what their tokens are (P2).

A link's token stands behind `#`: a browser sends that part to nobody, so it is in no log of any server on the way.
"""

import base64
import binascii
import secrets
from datetime import timedelta
from uuid import UUID

INVITATION_LIVES = timedelta(days=7)
# A mailed link is used at once; one that a person passes on needs a day.
RESET_LIVES = timedelta(hours=1)
HANDED_RESET_LIVES = timedelta(days=1)

_SECRET = 32
_WORKSPACE = 16


def make_reset_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(_SECRET)


def make_invitation_token(workspace_id: UUID) -> str:
    """256 random bits behind the workspace's id, so that whoever shows it is looked up inside that workspace only (I12)."""
    return base64.urlsafe_b64encode(workspace_id.bytes + secrets.token_bytes(_SECRET)).decode()


def workspace_of(token: str) -> UUID | None:
    """The workspace that an invitation's token names, right or not; None for what is no token of ours."""
    try:
        raw = base64.b64decode(token, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return UUID(bytes=raw[:_WORKSPACE]) if len(raw) == _WORKSPACE + _SECRET else None


def invitation_link(public_url: str, token: str) -> str:
    return f"{public_url.rstrip('/')}/invitation#{token}"


def reset_link(public_url: str, token: str) -> str:
    return f"{public_url.rstrip('/')}/reset#{token}"
