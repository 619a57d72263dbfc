"""Routes of people, sessions, workspaces and keys."""

from fastapi import APIRouter

from api.identity.routes import keys, people, sessions, workspaces

# One beside the other, not one inside the other: FastAPI hides the routes of a router that is included in another.
routers: tuple[APIRouter, ...] = (keys.router, people.router, sessions.router, workspaces.router)
