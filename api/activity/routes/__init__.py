"""Routes of what is under way, what happened, and what waits for a person."""

from fastapi import APIRouter

from api.activity.routes import audit, exceptions, operations, reconciliation

routers: tuple[APIRouter, ...] = (audit.router, exceptions.router, operations.router, reconciliation.router)
