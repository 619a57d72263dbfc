"""People sign up, and are called differently."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.db import name_workspace
from api.core.etag import check_if_match
from api.core.ids import new_id
from api.core.problems import Problem
from api.identity.actions.workspaces import create_workspace
from api.identity.models import Person
from api.identity.queries.people import get_me
from api.identity.schemas.people import Me, SignUp


class EmailTaken(Problem):
    """There is an account with this e-mail address already. Sign in instead."""

    status = 409


async def sign_up(session: AsyncSession, wanted: SignUp, password_hash: str) -> UUID:
    """Make a person, their workspace and their ownership; returns the person's id. Raises `EmailTaken`."""
    person_id = await create_person(session, wanted.email, wanted.name, password_hash)
    await name_workspace(session, None, person_id=person_id)
    actor = {"person_id": str(person_id), "name": wanted.name}
    await create_workspace(session, person_id, wanted.workspace_name, actor=actor)
    return person_id


async def create_person(session: AsyncSession, email: str, name: str, password_hash: str) -> UUID:
    """Somebody who can sign in from now on; returns their id. Raises `EmailTaken`."""
    person_id = new_id()
    session.add(Person(id=person_id, email=email.lower(), name=name, password_hash=password_hash))
    try:
        await session.flush()
    except IntegrityError:
        raise EmailTaken from None
    return person_id


async def rename_person(session: AsyncSession, person_id: UUID, name: str, *, if_match: str | None) -> Me:
    """Call a person differently from now on; what they did before keeps the name of then. Raises `PreconditionFailed`."""
    check_if_match(if_match, None, current=await get_me(session, person_id, lock=True))
    await session.execute(
        text("UPDATE person SET name = :name WHERE id = :person"), {"person": person_id, "name": name}
    )
    return await get_me(session, person_id)
