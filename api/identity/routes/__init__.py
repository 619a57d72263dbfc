"""Routes of people, sessions and workspaces."""

from fastapi import APIRouter

from api.identity.routes import people, sessions, workspaces

# One beside the other, not one inside the other: FastAPI hides the routes of a router that is included in another.
routers: tuple[APIRouter, ...] = (people.router, sessions.router, workspaces.router)
