"""The rooms that the doors open: every router for the HTTP door, every job for the worker."""

from fastapi import APIRouter

from api.core.jobs import Job
from api.identity.routes import router as identity

ROUTERS: tuple[APIRouter, ...] = (identity,)
JOBS: tuple[Job, ...] = ()
