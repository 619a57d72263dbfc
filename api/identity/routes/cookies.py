"""The session cookie as an answer sets and clears it, and what a browser says of itself when it asks for one."""

from typing import Annotated

from fastapi import Depends, Request, Response

from api.connectors.doors import Tools
from api.core.auth import COOKIE, check_origin
from api.identity.rules.sessions import ABSOLUTE


def set_cookie(response: Response, token: str) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(ABSOLUTE.total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )


def clear_cookie(response: Response) -> None:
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")


def check_page(request: Request, tools: Tools) -> None:
    """A foreign page may not sign somebody in or up; a program (no Origin, no cookie) may."""
    if "origin" in request.headers or COOKIE in request.cookies:
        check_origin(request, tools.settings.origins)


def _agent(request: Request) -> str:
    return request.headers.get("user-agent", "")


Agent = Annotated[str, Depends(_agent)]
