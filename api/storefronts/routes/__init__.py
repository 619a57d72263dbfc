"""Routes of the shop side's section Storefronts (F1, F2)."""

from fastapi import APIRouter

from api.storefronts.routes import inksoft, merch

# One beside the other: FastAPI hides the routes of a router that is included in another.
routers: tuple[APIRouter, ...] = (inksoft.router, merch.router)
