"""Signing in and out. A session token belongs to one user and dies by age, by logout or with the user's access."""

from datetime import datetime
from typing import Any

from api.sandbox.printavo.records import Session, User
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Act, Args


class SignIn(Args):
    """The password was compared before; it is not written down."""

    user_id: str
    device_name: str | None = None


class SignOut(Args):
    session_id: str


def _sign_in(world: World, args: SignIn, at: datetime) -> dict[str, Any]:
    user = world.get(User, args.user_id)
    stamped = world.stamped(Session, user.account, at)
    session = Session(**stamped, user=user, token=f"ses-{world.secret('session', stamped['id'])}")
    return {"id": world.keep(session).id}


def _sign_out(world: World, args: SignOut, at: datetime) -> dict[str, Any]:
    session = world.get(Session, args.session_id)
    session.ended = True
    world.touch(at, session)
    return {"id": session.id}


ACTS: dict[str, Act[World]] = {
    "login": Act(SignIn, _sign_in, personal=False),
    "logout": Act(SignOut, _sign_out, personal=False),
}
