"""One-time links as they cross the wire."""

from typing import Annotated

from pydantic import Field, StringConstraints

Token = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_-]+$"),
    Field(description="What stands behind the # of the link."),
]
