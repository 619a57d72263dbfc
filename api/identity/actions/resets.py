"""A forgotten password is chosen anew by a one-time link (P2)."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.auth import Principal
from api.core.ids import new_id
from api.core.letters import write_letter
from api.core.outbox import record
from api.core.problems import Problem
from api.core.secrets import Sealer
from api.core.work import cancel_work, schedule_work
from api.identity.actions.passwords import close_resets
from api.identity.actions.records import record_in_workspaces
from api.identity.actions.sessions import end_other_sessions
from api.identity.queries.members import get_member
from api.identity.queries.principals import token_hash
from api.identity.queries.resets import owns_every_workspace_of
from api.identity.rules.letters import reset_letter
from api.identity.rules.links import HANDED_RESET_LIVES, RESET_LIVES, make_reset_token, reset_link

RESETS: Final = "password_resets"


class ResetOver(Problem):
    """This link was used or has expired. Ask for a new one."""

    status = 410


class ResetNotYours(Problem):
    """This person also works in a workspace that you do not own. They have to ask for a new password themselves."""

    status = 403


_ASK = text("""
INSERT INTO password_reset (person_id, id, created_at, expires_at)
SELECT id, :id, :now, :expires FROM person WHERE email = :email RETURNING person_id
""")
_MAKE = text("""
INSERT INTO password_reset (person_id, id, token_hash, made_by, created_at, expires_at)
VALUES (:person, :id, :hash, :owner, :now, :expires)
""")
_UNSENT = text("""
SELECT r.id, r.expires_at, p.email FROM password_reset r JOIN person p ON p.id = r.person_id
WHERE r.person_id = :person AND r.token_hash IS NULL AND r.used_at IS NULL AND r.expires_at > :now
ORDER BY r.id FOR UPDATE OF r SKIP LOCKED
""")
_USE = text("""
UPDATE password_reset SET used_at = :now WHERE token_hash = :hash AND used_at IS NULL AND expires_at > :now
RETURNING person_id, made_by
""")


async def ask_for_reset(session: AsyncSession, email: str, *, now: datetime) -> None:
    """Have a link mailed to this address, if somebody has it. The same work is done when nobody has (L4)."""
    values = {"id": new_id(), "email": email.lower(), "now": now, "expires": now + RESET_LIVES}
    person_id = await session.scalar(_ASK, values)
    # For a stranger it is somebody who does not exist, and whose job finds nothing to do.
    await schedule_work(session, person_id or new_id(), RESETS, due_at=now)


async def make_reset(
    session: AsyncSession, owner: Principal, person_id: UUID, *, mailed: bool, now: datetime
) -> tuple[str | None, datetime]:
    """Make a link for a member: its token, None when it is mailed, and when it ends. Raises `NotFound`, `ResetNotYours`."""
    member = await get_member(session, owner.workspace, person_id)
    if person_id == owner.person_id:
        raise ResetNotYours("Your own password you change with your current one.")
    if not await owns_every_workspace_of(session, owner.person_id, person_id):
        raise ResetNotYours
    token = None if mailed else make_reset_token()
    expires_at = now + (RESET_LIVES if mailed else HANDED_RESET_LIVES)
    values = {
        "person": person_id,
        "id": new_id(),
        "hash": token_hash(token) if token else None,
        "owner": owner.person_id,
        "now": now,
        "expires": expires_at,
    }
    await session.execute(_MAKE, values)
    if mailed:
        await schedule_work(session, person_id, RESETS, due_at=now)
    await record(
        session,
        "password.reset_offered",
        workspace_id=owner.workspace,
        subject_type="person",
        subjects=[(person_id, {"name": member.name})],
        actor=owner.actor(),
    )
    return token, expires_at


async def make_operator_reset(session: AsyncSession, email: str, *, now: datetime) -> str | None:
    """Make a link on behalf of whoever runs the service: its token, None when nobody has this address."""
    person = (
        await session.execute(
            text("SELECT id, name FROM person WHERE email = :email"), {"email": email.lower()}
        )
    ).one_or_none()
    if person is None:
        return None
    token = make_reset_token()
    values = {
        "person": person.id,
        "id": new_id(),
        "hash": token_hash(token),
        "owner": None,
        "now": now,
        "expires": now + HANDED_RESET_LIVES,
    }
    await session.execute(_MAKE, values)
    await record_in_workspaces(
        session,
        "password.reset_offered",
        person_id=person.id,
        actor={"system": "operator"},
        data={"name": person.name},
    )
    return token


async def mail_resets(
    session: AsyncSession, sealer: Sealer, person_id: UUID, *, public_url: str, now: datetime
) -> None:
    """Write the letters for what was asked; the session is the person's own. A token is made here and kept as its hash."""
    await cancel_work(session, person_id, RESETS)
    for row in (await session.execute(_UNSENT, {"person": person_id, "now": now})).all():
        token = make_reset_token()
        await session.execute(
            text("UPDATE password_reset SET token_hash = :hash WHERE person_id = :person AND id = :id"),
            {"hash": token_hash(token), "person": person_id, "id": row.id},
        )
        letter = reset_letter(row.email, link=reset_link(public_url, token), expires_at=row.expires_at)
        await write_letter(session, sealer, person_id, letter, now=now)


async def use_reset(session: AsyncSession, token: str, password_hash: str, *, now: datetime) -> UUID:
    """Use a link up for a new password, and end every session (P3); returns whose it is. Raises `ResetOver`."""
    row = (await session.execute(_USE, {"hash": token_hash(token), "now": now})).one_or_none()
    if row is None:
        raise ResetOver
    person_id: UUID = row.person_id
    # Whoever made it may own less by now, and the person may work in more places.
    if row.made_by is not None and not await owns_every_workspace_of(session, row.made_by, person_id):
        raise ResetOver
    name: str = (
        await session.execute(
            text("UPDATE person SET password_hash = :hash WHERE id = :person RETURNING name"),
            {"hash": password_hash, "person": person_id},
        )
    ).scalar_one()
    await close_resets(session, person_id, now=now)
    await end_other_sessions(session, person_id, but=None, now=now)
    actor = {"person_id": str(person_id), "name": name}
    await record_in_workspaces(
        session, "password.reset", person_id=person_id, actor=actor, data={"name": name}
    )
    return person_id
