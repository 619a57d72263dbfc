"""Lost updates: a strong ETag made of the row's version or of what is shown, `If-Match` before an effect, `If-None-Match`."""

import hashlib
from typing import Annotated, Any

from fastapi import Header
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.core.problems import Problem
from api.core.schema import Wire

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=500,
        description="The ETag you read: the change is refused (412) when somebody was faster.",
    ),
]
IfNoneMatch = Annotated[
    str | None,
    Header(alias="If-None-Match", max_length=500, description="The ETag you have: 304 when it is current."),
]


class PreconditionFailed(Problem):
    """Somebody changed this since you read it. Look at how it is now, then decide again."""

    status = 412

    class Extra(Wire):
        """How it is now."""

        current: dict[str, Any] = Field(description="The current representation.")


class PreconditionRequired(Problem):
    """Send the header If-Match with the ETag you read, so that nobody's change is overwritten."""

    status = 428


MATCH_PROBLEMS = (PreconditionFailed, PreconditionRequired)


def etag(version: int) -> str:
    """The strong ETag of a row's version: `"v7"`."""
    return f'"v{version}"'


def etag_of(body: BaseModel) -> str:
    """The strong ETag of what has no version of its own, made of all that is shown of it."""
    return f'"{hashlib.sha256(body.model_dump_json().encode()).hexdigest()[:32]}"'


def check_if_match(
    header: str | None, version: int | None, *, current: BaseModel, required: bool = False
) -> None:
    """Raise `PreconditionFailed` when the header names other versions only, `PreconditionRequired` when it is missing but needed.

    Without a version `current` itself is compared (`etag_of`).
    Call it with the row locked: between this check and the change nobody else gets in.
    """
    if header is None:
        if required:
            raise PreconditionRequired
        return
    tag = etag_of(current) if version is None else etag(version)
    if not _names(header, tag):
        raise PreconditionFailed(current=current.model_dump(mode="json"), headers={"ETag": tag})


def answer_if_changed(header: str | None, version: int, body: BaseModel) -> Response:
    """200 with the ETag, or an empty 304 when `If-None-Match` names it. Only where the version covers the whole body."""
    headers = {"ETag": etag(version)}
    # If-None-Match compares weakly (RFC 9110, 13.1.2): a proxy that compressed the answer sends W/"…" back.
    if header is not None and _names(header.replace("W/", ""), etag(version)):
        return Response(status_code=304, headers=headers)
    return Response(body.model_dump_json(), media_type="application/json", headers=headers)


def _names(header: str, tag: str) -> bool:
    given = [part.strip() for part in header.split(",")]
    return "*" in given or tag in given
