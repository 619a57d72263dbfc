"""Is it alive, is it ready, which version, how is it doing: for load balancers and monitors, outside the contract's /v1."""

import asyncio
from pathlib import Path

from alembic.script import ScriptDirectory
from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from starlette.responses import JSONResponse, Response

from api.core.db import Database

router = APIRouter(include_in_schema=False)
MIGRATIONS = Path(__file__).parents[2] / "migrations"


def head_revision() -> str:
    """The newest migration in this code."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    if head is None:
        message = "there are no migrations"
        raise RuntimeError(message)
    return head


def is_known_revision(revision: str) -> bool:
    """Whether this code has that migration."""
    return any(each.revision == revision for each in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


@router.get("/livez")
async def livez() -> Response:
    return JSONResponse({"status": "alive"})


@router.get("/readyz")
async def readyz(request: Request) -> Response:
    """503 with the part that is missing, until the database answers, is migrated and can queue jobs.

    Who asks while somebody's look is under way shares it: nobody is counted here, and a flood takes one connection.
    """
    state = request.app.state
    looking: asyncio.Task[dict[str, bool]] | None = getattr(state, "looking", None)
    if looking is None or looking.done():
        looking = state.looking = asyncio.create_task(_parts(state.database, state.head_revision))
    parts = await asyncio.shield(looking)
    ready = all(parts.values())
    return JSONResponse(
        {"status": "ready" if ready else "not ready", **parts}, status_code=200 if ready else 503
    )


async def _parts(database: Database, head: str) -> dict[str, bool]:
    parts = {"database": False, "migrated": False, "queue": False}
    try:
        async with database.transaction(None) as session:
            parts["database"] = True
            parts["migrated"] = await session.scalar(text("SELECT version_num FROM alembic_version")) == head
            parts["queue"] = bool(
                await session.scalar(text("SELECT has_table_privilege('queue.pgqueuer', 'INSERT')"))
            )
    except Exception:  # noqa: BLE001 - whatever fails, the answer is "not ready"
        return parts
    return parts


@router.get("/version")
async def version(request: Request) -> Response:
    return JSONResponse({"version": request.app.state.version})


@router.get("/metrics")
async def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
