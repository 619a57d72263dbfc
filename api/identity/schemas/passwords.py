"""Passwords are changed."""

from pydantic import ConfigDict

from api.core.schema import Wire, examples
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
