"""Routes of people, sessions and workspaces."""

from fastapi import APIRouter

from api.identity.routes import invitations, joining, keys, members, passwords, people, sessions, workspaces

# One beside the other, not one inside the other: FastAPI hides the routes of a router that is included in another.
routers: tuple[APIRouter, ...] = tuple(
    part.router for part in (people, sessions, passwords, workspaces, members, invitations, joining, keys)
)
