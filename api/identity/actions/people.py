"""Signing up."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.db import name_workspace
from api.core.ids import new_id
from api.core.outbox import record
from api.core.problems import Problem
from api.identity.models import Membership, Person, Workspace
from api.identity.schemas.people import SignUp


class EmailTaken(Problem):
    """There is an account with this e-mail address already. Sign in instead."""

    status = 409


async def sign_up(session: AsyncSession, wanted: SignUp, password_hash: str) -> UUID:
    """Make a person, their workspace and their ownership; returns the person's id. Raises `EmailTaken`."""
    person_id, workspace_id = new_id(), new_id()
    session.add(
        Person(id=person_id, email=wanted.email.lower(), name=wanted.name, password_hash=password_hash)
    )
    try:
        await session.flush()
    except IntegrityError:
        raise EmailTaken from None
    await name_workspace(session, workspace_id, person_id=person_id)
    session.add(Workspace(workspace_id=workspace_id, name=wanted.workspace_name))
    await session.flush()
    session.add(Membership(workspace_id=workspace_id, person_id=person_id, role="owner"))
    await session.flush()
    await record(
        session,
        "workspace.created",
        workspace_id=workspace_id,
        subject_type="workspace",
        subjects=[(workspace_id, {"name": wanted.workspace_name})],
        actor={"person_id": str(person_id), "name": wanted.name},
    )
    return person_id
