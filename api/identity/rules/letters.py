"""What the letters say."""

from datetime import UTC, datetime

from api.core.mail import Letter


def invitation_letter(
    to: str, *, inviter: str, workspace: str, role: str, link: str, expires_at: datetime
) -> Letter:
    """An invitation to a workspace."""
    return Letter(
        to,
        f"{inviter} invites you to {workspace}",
        f"{inviter} invites you to work in {workspace} on Platen, with the role {role}.\n\n"
        f"Open this link to join:\n\n{link}\n\n"
        f"It opens once, until {_moment(expires_at)}. If you did not expect this, do nothing.\n",
    )


def reset_letter(to: str, *, link: str, expires_at: datetime) -> Letter:
    """A link to choose a new password."""
    return Letter(
        to,
        "Choose a new password for Platen",
        "Somebody asked for a new password for this e-mail address.\n\n"
        f"Open this link to choose one:\n\n{link}\n\n"
        f"It opens once, until {_moment(expires_at)}. If it was not you, do nothing: your password stays as it is.\n",
    )


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%d %B %Y, %H:%M} UTC".lstrip("0")
