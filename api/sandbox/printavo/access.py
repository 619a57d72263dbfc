"""Who calls: a user by e-mail with an API key or a session token. And how those are answered who may not."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import orjson
from starlette.responses import Response

from api.sandbox.clock import now
from api.sandbox.printavo.records import Session, User
from api.sandbox.printavo.world import World

API_PLAN = "premium"
PLAN_SENTENCE = "API access is not included in your plan. Please upgrade to Premium."


@dataclass(frozen=True, slots=True)
class Visitor:
    """A user who was let in; ``session`` is None when an API key opened the door."""

    user: User
    session: Session | None


def recognise(world: World, headers: Mapping[str, str]) -> Visitor | None:
    """The user behind the headers ``email`` and ``token``, or None."""
    user = world.user_of(headers.get("email", ""))
    if user is None:
        return None
    token = headers.get("token", "")
    if user.api_key is not None and same(user.api_key, token):
        return Visitor(user, None)
    if world.switches["session_token_header"] == "authorization":
        token = headers.get("authorization", "").removeprefix("Bearer ")
    session = next(
        (each for each in world.every(Session) if each.user is user and same(each.token, token)), None
    )
    return Visitor(user, session) if session and _alive(world, session) else None


def same(kept: str, given: str) -> bool:
    """Equal, in a time that does not tell how far."""
    return hmac.compare_digest(kept.encode(), given.encode())


def _alive(world: World, session: Session) -> bool:
    life = timedelta(seconds=world.switches["session_lifetime_seconds"] * world.time_scale)
    return not session.ended and now() < session.made_at + life


def speak(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer."""
    return Response(orjson.dumps(body), status, dict(headers or {}), media_type="application/json")


def refuse_credentials(world: World) -> Response:
    """The auth failure, in the form the switch says."""
    match world.switches["auth_failure"]:
        case "graphql":
            return speak({"data": None, "errors": [{"message": "Unauthorized"}]})
        case form:
            return speak({"errors": [{"message": "Unauthorized"}]}, int(form.removeprefix("http_")))


def refuse_plan(world: World) -> Response:
    """The answer to an account on a lower plan, in the form the switch says."""
    match world.switches["plan_refusal"]:
        case "as_auth_failure":
            return refuse_credentials(world)
        case "graphql":
            return speak({"data": None, "errors": [{"message": PLAN_SENTENCE}]})
        case _:
            return speak({"errors": [{"message": PLAN_SENTENCE}]}, 403)
