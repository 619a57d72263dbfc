"""What the processes of one installation are told: addresses, keys, and whatever the person who starts them has set."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from api.core.config import Settings, tell_what_is_wrong
from api.core.embedded.cluster import Cluster
from api.core.embedded.files import LOGINS
from api.launch.folder import CannotStartError, fresh_keys
from api.launch.ports import sandbox_ports


def make_environment(
    project: Path, port: int, given: Mapping[str, str], *, keys: Mapping[str, str], cluster: Cluster | None
) -> dict[str, str]:
    """`cluster` is the embedded server, None where `given` names a database."""
    # On one machine everybody has one address: who tries everything out is not to be taken for a crowd.
    roomy = {"RATE_SIGN_IN": "600/60", "RATE_SIGN_UP": "600/60"}
    made = {**roomy, **os.environ, **given, **keys}
    made |= {
        "PLATEN_PUBLIC_URL": f"http://localhost:{port}",
        "PLATEN_FRONTEND": str(project / "frontend" / "dist"),
        "INKSOFT_URL": f"http://127.0.0.1:{sandbox_ports(port)['inksoft']}",
        "PRINTAVO_URL": f"http://127.0.0.1:{sandbox_ports(port)['printavo']}",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(project),
    }
    if cluster is not None:
        made |= {
            "DATABASE_URL": cluster.url("platen_app"),
            "DATABASE_OWNER_URL": cluster.url("platen_owner"),
            "DATABASE_DIRECT_URL": cluster.url("platen_dispatch"),
        }
    return made


def environment_before(project: Path, port: int, given: Mapping[str, str]) -> dict[str, str]:
    """The same before there are keys and a database: what is made here stands for what will be made."""
    made_up = Cluster(project, 1, dict.fromkeys(LOGINS, "none"))
    cluster = None if given.get("DATABASE_URL") else made_up
    return make_environment(project, port, given, keys=fresh_keys(), cluster=cluster)


def check_settings(environment: Mapping[str, str]) -> None:
    """Raise `CannotStartError` where the processes would not understand what they are told; a value is never repeated."""
    values = {
        name: environment[name.upper()] for name in Settings.model_fields if name.upper() in environment
    }
    try:
        Settings.model_validate(values)
    except ValidationError as error:
        told = "; ".join(tell_what_is_wrong(error))
        message = f"The configuration is not understood: {told}. Set it right, or unset it, and start again."
        raise CannotStartError(message) from None
