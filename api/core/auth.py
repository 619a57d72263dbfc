"""Who is calling and what they may do. The doors hand down how credentials are looked up and the permission table."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Request

from api.core.limits import spend
from api.core.problems import NotFound, Problem
from api.core.schema import Wire

Role = Literal["viewer", "production", "manager", "owner"]
# What a key may be given: each operation names one, or none, and then no key may run it.
Scope = Literal[
    "workspace:read",
    "link:read",
    "link:write",
    "stores:read",
    "stores:write",
    "orders:read",
    "orders:write",
    "sync:read",
    "sync:write",
    "settings:read",
    "settings:write",
    "invoices:read",
    "invoices:write",
    "activity:read",
    "activity:write",
]
RANK: dict[Role, int] = {"viewer": 0, "production": 1, "manager": 2, "owner": 3}
COOKIE = "__Host-platen"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class NotSignedIn(Problem):
    """Sign in first, or send a valid key."""

    status = 401


class NotAllowed(Problem):
    """Your role in this workspace does not include this."""

    status = 403


class ScopeMissing(Problem):
    """This key was not given what it takes. Make one with the scope that is named."""

    status = 403

    class Extra(Wire):
        """The scope that is needed."""

        scope: Scope


class ForeignOrigin(Problem):
    """This request comes from a page of another site. Nothing was done."""

    status = 403


class WorkspaceRequired(Problem):
    """Say which workspace you mean with the header Platen-Workspace."""

    status = 400


@dataclass(frozen=True, slots=True)
class Permission:
    """What one operation asks for. `public` needs nobody; `personal` needs a person but no workspace.

    Without a scope it is for people only: no key looks after people, keys and sessions (K2).
    """

    least_role: Role = "viewer"
    scope: Scope | None = None
    kind: Literal["public", "personal", "workspace"] = "workspace"
    # By which rate a public operation is slowed.
    entry: Literal["sign_in", "sign_up"] = "sign_in"


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who was recognised: a person by a session, or a program by a key.

    `workspace_id` is None where no workspace is entered, `role` there and for a key. A key has `scopes` and its own name;
    `person_id` is then who made it, and `session_id` the key's own id.
    """

    person_id: UUID
    name: str
    email: str
    session_id: UUID
    workspace_id: UUID | None = None
    role: Role | None = None
    scopes: frozenset[str] | None = None

    @property
    def is_key(self) -> bool:
        return self.scopes is not None

    @property
    def id(self) -> UUID:
        """Who is counted and answered: the key, or the person in all browsers."""
        return self.session_id if self.is_key else self.person_id

    @property
    def person_in_view(self) -> UUID | None:
        """Whose workspaces the transaction may look into. A key sees its own, not all those of whoever made it (I12)."""
        return None if self.is_key else self.person_id

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
        if self.is_key:
            return {"key_id": str(self.session_id), "name": self.name}
        return {"person_id": str(self.person_id), "name": self.name}


# (cookie value or key, workspace asked for) → who it is, or None. A workspace that is not theirs raises NotFound.
Authenticate = Callable[[str, UUID | None], Awaitable[Principal | None]]


@dataclass(frozen=True, slots=True)
class Gate:
    """What the HTTP door hands down to `caller`."""

    authenticate: Authenticate
    authenticate_key: Authenticate
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
    principal = await _recognise(request, gate)
    if principal is None:
        raise NotSignedIn(headers={"WWW-Authenticate": "Bearer"})
    request.scope["platen.principal"] = principal
    spend(request.scope, "key" if principal.is_key else "person", str(principal.id))
    if principal.workspace_id is not None:
        spend(request.scope, "workspace", str(principal.workspace_id))
    if principal.scopes is not None:
        _check_scope(permission, principal.scopes)
    elif permission.kind == "workspace":
        _check_role(permission, principal.role)
    return principal


async def _recognise(request: Request, gate: Gate) -> Principal | None:
    """By the key, if one is sent: a page of another site cannot send one, so its origin does not matter. Else by the cookie."""
    given = request.headers.get("authorization")
    if given is not None:
        scheme, _, key = given.partition(" ")
        if scheme.lower() != "bearer":
            return None
        return await gate.authenticate_key(key.strip(), _workspace_header(request))
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        return None
    check_origin(request, gate.origins)
    return await gate.authenticate(cookie, _workspace_header(request))


def _check_scope(permission: Permission, scopes: frozenset[str]) -> None:
    if permission.scope is None:
        raise NotAllowed("A key cannot do this: a person must sign in.")
    if permission.scope not in scopes:
        raise ScopeMissing(f"This needs a key with the scope {permission.scope}.", scope=permission.scope)


def _check_role(permission: Permission, role: Role | None) -> None:
    if role is None:
        raise WorkspaceRequired
    if RANK[role] < RANK[permission.least_role]:
        raise NotAllowed(f"This needs the role {permission.least_role}; yours is {role}.")


def _workspace_header(request: Request) -> UUID | None:
    value = request.headers.get("platen-workspace")
    if value is None:
        return None
    try:
        return UUID(value)
    except ValueError:
        raise NotFound("There is no such workspace.") from None


Caller = Annotated[Principal, Depends(caller)]
CALLER_PROBLEMS = (NotSignedIn, NotAllowed, ScopeMissing, ForeignOrigin, WorkspaceRequired, NotFound)
