"""Routes of invoices."""

from fastapi import APIRouter

from api.invoices.routes import bulk, invoices

# One beside the other: FastAPI hides the routes of a router that is included in another. What is a word goes before an id.
routers: tuple[APIRouter, ...] = (bulk.router, invoices.router)
