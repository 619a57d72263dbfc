"""Questions about the members of a workspace."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.auth import NotAllowed, Role
from api.core.paging import Position
from api.core.problems import NotFound
from api.identity.schemas.members import MemberRead

_MEMBERS = """
SELECT p.id, p.name, p.email, m.role, m.created_at AS joined_at, m.version
FROM membership m JOIN person p ON p.id = m.person_id WHERE m.workspace_id = :workspace
"""


async def list_members(
    session: AsyncSession, workspace_id: UUID, *, position: Position | None, limit: int
) -> Sequence[MemberRead]:
    """`limit + 1` members in the direction of `position`, by name."""
    back = position is not None and position.direction == "prev"
    sign, order = ("<", "DESC") if back else (">", "ASC")
    after = f"AND (p.name, p.id) {sign} (:name, CAST(:id AS uuid))" if position else ""
    values: dict[str, object] = {"workspace": workspace_id, "most": limit + 1}
    if position:
        values["name"], values["id"] = position.values
    rows = await session.execute(
        text(f"{_MEMBERS} {after} ORDER BY p.name {order}, p.id {order} LIMIT :most"), values
    )
    return [MemberRead.model_validate(row) for row in rows]


def member_key(member: MemberRead) -> list[str]:
    """What a cursor names a member by."""
    return [member.name, str(member.id)]


async def get_member(session: AsyncSession, workspace_id: UUID, person_id: UUID) -> MemberRead:
    """One member. Raises `NotFound`."""
    row = (
        await session.execute(
            text(f"{_MEMBERS} AND m.person_id = :person"),
            {"workspace": workspace_id, "person": person_id},
        )
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such member.")
    return MemberRead.model_validate(row)


async def hold_roles(session: AsyncSession, workspace_id: UUID, people: set[UUID]) -> dict[UUID, Role]:
    """The roles of those who are members; nobody changes them until the transaction ends.

    They are held in the order of the ids: two owners who change each other do not lock each other out.
    """
    rows = await session.execute(
        text(
            "SELECT person_id, role FROM membership WHERE workspace_id = :workspace "
            "AND person_id = ANY(:people) ORDER BY person_id FOR UPDATE"
        ),
        {"workspace": workspace_id, "people": list(people)},
    )
    return {row.person_id: row.role for row in rows}


async def hold_ownership(session: AsyncSession, workspace_id: UUID, person_id: UUID) -> None:
    """See that a person is an owner, and that they stay one until the transaction ends. Raises `NotAllowed`.

    The door asked before: between its question and an act that outlasts the role, the role may be gone (P3).
    """
    role = await session.scalar(
        text("SELECT role FROM membership WHERE workspace_id = :workspace AND person_id = :person FOR SHARE"),
        {"workspace": workspace_id, "person": person_id},
    )
    if role != "owner":
        raise NotAllowed
