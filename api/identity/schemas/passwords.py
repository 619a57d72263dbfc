"""Passwords: changed, forgotten, and chosen anew by a one-time link."""

from pydantic import ConfigDict, Field

from api.core.schema import Email, Moment, Wire, examples
from api.identity.schemas.links import Token
from api.identity.schemas.people import NewPassword, Password


class PasswordChange(Wire):
    """A new password, and the current one as proof."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {"current_password": "print-more-shirts", "new_password": "print-even-more-shirts"}
        )
    )

    current_password: Password
    new_password: NewPassword


_RESET_TOKEN = "b0uX3cV1nq5T9sK8dYw2hJmR6uLzE4oGxF7iBvCtNaQ"  # noqa: S105 - an example


class PasswordResetRequest(Wire):
    """Whose password was forgotten."""

    model_config = ConfigDict(json_schema_extra=examples({"email": "lee@northside.example"}))

    email: Email


class PasswordResetRequested(Wire):
    """What happens now. It reads the same whether there is such a person or not."""

    model_config = ConfigDict(json_schema_extra=examples({"mailed": True}))

    mailed: bool = Field(
        description="True: if there is an account, a link is on its way. False: ask an owner of your workspace for one."
    )


class PasswordReset(Wire):
    """A new password, and the token of the link that allows it."""

    model_config = ConfigDict(
        json_schema_extra=examples({"token": _RESET_TOKEN, "new_password": "print-even-more-shirts"})
    )

    token: Token
    new_password: NewPassword


class MemberPasswordReset(Wire):
    """A link for a member who forgot their password: mailed to them, or shown here once to be passed on."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "mailed": False,
                "link": f"https://platen.example/reset#{_RESET_TOKEN}",
                "expires_at": "2026-12-02T09:30:00.000Z",
            },
            {"mailed": True, "link": None, "expires_at": "2026-12-01T10:30:00.000Z"},
        )
    )

    mailed: bool
    link: str | None
    expires_at: Moment
