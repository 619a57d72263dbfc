"""Who is calling and what they may do. The doors hand down how credentials are looked up and the permission table."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Request

from api.core.limits import spend
from api.core.problems import NotFound, Problem

Role = Literal["viewer", "production", "manager", "owner"]
RANK: dict[Role, int] = {"viewer": 0, "production": 1, "manager": 2, "owner": 3}
COOKIE = "__Host-platen"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class NotSignedIn(Problem):
    """Sign in first, or send a valid key."""

    status = 401


class NotAllowed(Problem):
    """Your role in this workspace does not include this."""

    status = 403


class ForeignOrigin(Problem):
    """This request comes from a page of another site. Nothing was done."""

    status = 403


class WorkspaceRequired(Problem):
    """Say which workspace you mean with the header Platen-Workspace."""

    status = 400


@dataclass(frozen=True, slots=True)
class Permission:
    """What one operation asks for. `public` needs nobody; `personal` needs a person but no workspace."""

    least_role: Role = "viewer"
    scope: str = ""
    kind: Literal["public", "personal", "workspace"] = "workspace"
    # By which rate a public operation is slowed.
    entry: Literal["sign_in", "sign_up"] = "sign_in"


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who was recognised. `workspace_id` and `role` are None where no workspace is entered."""

    person_id: UUID
    name: str
    email: str
    session_id: UUID
    workspace_id: UUID | None = None
    role: Role | None = None

    @property
    def workspace(self) -> UUID:
        """The workspace entered; raises `WorkspaceRequired` when there is none."""
        if self.workspace_id is None:
            raise WorkspaceRequired
        return self.workspace_id

    @property
    def tenant_id(self) -> UUID:
        """Under which id answers are kept: the workspace entered, or outside of any the person's own."""
        return self.workspace_id or self.person_id

    def actor(self) -> dict[str, str]:
        """Who did it, as events and stored rows say it."""
        return {"person_id": str(self.person_id), "name": self.name}


# (cookie value, workspace asked for) → who it is, or None. A workspace that is not theirs raises NotFound.
Authenticate = Callable[[str, UUID | None], Awaitable[Principal | None]]


@dataclass(frozen=True, slots=True)
class Gate:
    """What the HTTP door hands down to `caller`."""

    authenticate: Authenticate
    permissions: Mapping[str, Permission]
    origins: frozenset[str]


def check_origin(request: Request, origins: frozenset[str]) -> None:
    """Refuse a cookie on an unsafe method from a foreign page: `Origin` must be ours, or the browser says same-origin."""
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("origin")
    if origin is not None:
        if origin not in origins:
            raise ForeignOrigin
    elif request.headers.get("sec-fetch-site") not in {"same-origin", "none"}:
        raise ForeignOrigin("Send the header Origin with the address of this service, or use a key.")


async def caller(request: Request) -> Principal:
    """The principal of this request, allowed to run this operation in the workspace it names."""
    gate: Gate = request.app.state.gate
    permission = gate.permissions[request.scope["route"].name]
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        raise NotSignedIn
    check_origin(request, gate.origins)
    principal = await gate.authenticate(cookie, _workspace_header(request))
    if principal is None:
        raise NotSignedIn
    if permission.kind == "workspace":
        if principal.role is None:
            raise WorkspaceRequired
        if RANK[principal.role] < RANK[permission.least_role]:
            raise NotAllowed(f"This needs the role {permission.least_role}; yours is {principal.role}.")
    request.scope["platen.principal"] = principal
    spend(request.scope, "person", str(principal.person_id))
    if principal.workspace_id is not None:
        spend(request.scope, "workspace", str(principal.workspace_id))
    return principal


def _workspace_header(request: Request) -> UUID | None:
    value = request.headers.get("platen-workspace")
    if value is None:
        return None
    try:
        return UUID(value)
    except ValueError:
        raise NotFound("There is no such workspace.") from None


Caller = Annotated[Principal, Depends(caller)]
CALLER_PROBLEMS = (NotSignedIn, NotAllowed, ForeignOrigin, WorkspaceRequired, NotFound)
