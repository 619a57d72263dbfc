"""Routes of orders."""

from fastapi import APIRouter

from api.orders.routes import orders, tags

# One beside the other: FastAPI hides the routes of a router that is included in another.
routers: tuple[APIRouter, ...] = (orders.router, tags.router)
