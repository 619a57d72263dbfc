"""Routes of what is under way, what happened, and what waits for a person."""

from api.activity.routes.operations import router as operations

routers = (operations,)
