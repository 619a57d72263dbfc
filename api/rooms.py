"""The rooms that the doors open: every router for the HTTP door, every job for the worker."""

from fastapi import APIRouter

from api.core.jobs import Job
from api.identity.routes import router as identity
from api.stores.jobs import book as stores_book
from api.stores.routes import router as stores

ROUTERS: tuple[APIRouter, ...] = (identity, stores)
JOBS: tuple[Job, ...] = (*stores_book.jobs,)
