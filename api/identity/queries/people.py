"""Questions about people."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.identity.models import Person
from api.identity.queries.workspaces import list_workspaces
from api.identity.schemas.people import Me, PersonRead


async def find_password(session: AsyncSession, email: str) -> tuple[UUID, str] | None:
    """The person with this e-mail address and their password's hash."""
    row = (
        await session.execute(
            select(Person.id, Person.password_hash).where(Person.email == email.strip().lower())
        )
    ).one_or_none()
    return (row.id, row.password_hash) if row else None


async def get_me(session: AsyncSession, person_id: UUID, *, lock: bool = False) -> Me:
    """A person with the workspaces they may enter; the session must be opened for that person. `lock` keeps who they are."""
    asked = select(Person.id, Person.name, Person.email).where(Person.id == person_id)
    if lock:
        asked = asked.with_for_update(key_share=True)
    person = (await session.execute(asked)).one()
    return Me(person=PersonRead.model_validate(person), workspaces=await list_workspaces(session, person_id))


async def hold_password(session: AsyncSession, person_id: UUID, stored: str) -> bool:
    """Whether this is still the person's password's hash; if so it stays until the transaction ends."""
    found = await session.scalar(
        select(Person.id)
        .where(Person.id == person_id, Person.password_hash == stored)
        .with_for_update(read=True)
    )
    return found is not None
