"""The roots of mutations. Each answers with the object itself; a refusal is an error beside its null."""

from collections.abc import Callable
from typing import Any

from api.sandbox.printavo.access import API_PLAN, Visitor, same
from api.sandbox.printavo.acts import MUTATIONS
from api.sandbox.printavo.acts.verbs import Verb
from api.sandbox.printavo.records import Session
from api.sandbox.printavo.resolvers.caller import Caller
from api.sandbox.simulator import Refused

Resolver = Callable[..., Any]


def _one(op: str, verb: Verb[Any]) -> Resolver:
    def resolve(_: Any, info: Any, **given: Any) -> Any:
        caller: Caller = info.context
        return caller.reread(verb.returns, caller.write(op, given)["id"])

    return resolve


def _many(op: str, many: str, verb: Verb[Any]) -> Resolver:
    def resolve(_: Any, info: Any, inputs: Any = None, ids: Any = None) -> Any:
        caller: Caller = info.context
        given = inputs if inputs is not None else [{"id": each} for each in ids]
        if caller.world.switches["batches"] == "first_n":
            return [caller.reread(verb.returns, caller.write(op, each)["id"]) for each in given]
        return [caller.reread(verb.returns, each) for each in caller.write(many, given)["ids"]]

    return resolve


def _login(
    _: Any,
    info: Any,
    email: str,
    password: str,
    device_name: str | None = None,
    device_token: str | None = None,
) -> Any:
    del device_token  # for push messages to a telephone
    caller: Caller = info.context
    user = caller.world.user_of(email)
    if user is None or not same(user.password, password):
        raise Refused("Invalid email or password", 401)
    if user.account.plan != API_PLAN and caller.world.switches["plan_checked_at_login"] == "yes":
        caller.plan_refused = True
        raise Refused("Plan", 403)
    args = {"user_id": user.id, "device_name": device_name}
    session = caller.world.get(Session, caller.simulator.perform("login", args, by="api")["id"])
    caller.visitor = Visitor(user, session)
    return {"token": session.token, "user": user}


def _logout(_: Any, info: Any) -> str:
    """Ends the session; an API key stays what it is."""
    caller: Caller = info.context
    if caller.visitor and caller.visitor.session:
        caller.simulator.perform("logout", {"session_id": caller.visitor.session.id}, by="api")
    return "Logged out"


MUTATION_ROOTS: dict[str, Resolver] = {
    "login": _login,
    "logout": _logout,
    **{op: _one(op, verb) for op, verb in MUTATIONS.items()},
    **{verb.many: _many(op, verb.many, verb) for op, verb in MUTATIONS.items() if verb.many},
}
