"""Sign-in and sessions. A token looks like an upper-case GUID; only its digest is kept."""

from uuid import uuid4

from api.sandbox.inksoft.methods.call import Call
from api.sandbox.inksoft.wire.envelope import Problem, Reply
from api.sandbox.inksoft.world.world import digest


def sign_in(call: Call) -> Reply:
    """Staff signs in. A wrong password and an unknown e-mail read the same."""
    email, password = call.params.required("Email"), call.params.required("Password")
    if email.lower() != call.account.email or password != call.account.password:
        raise Problem("BadRequest", "Email or password is not valid")
    return Reply(
        {"Token": _open(call, email, staff=True), "Email": email, "PublisherId": call.account.publisher_id}
    )


def get_session(call: Call) -> Reply:
    """Whether a token still counts."""
    call.params.required("SessionToken")
    session = call.customer()
    return Reply({"Email": session.person, "IsAdmin": session.staff, "StoreId": call.store.id})


def get_or_create_session(call: Call) -> Reply:
    """A shopper's session, opened by the shop with its key."""
    return Reply({"Token": _open(call, call.params.required("Email"), staff=False)})


def _open(call: Call, email: str, *, staff: bool) -> str:
    token = str(uuid4()).upper()
    call.write(
        "open_session",
        {"publisher_id": call.account.publisher_id, "token": digest(token), "person": email, "staff": staff},
    )
    return token
