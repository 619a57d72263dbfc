"""Routes of the settings: what is chosen, and what it is chosen from."""

from fastapi import APIRouter

from api.settings.routes import printavo, tabs

# One beside the other: FastAPI hides the routes of a router that is included in another.
routers: tuple[APIRouter, ...] = (tabs.router, printavo.router)
