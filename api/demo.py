"""The demo workspaces, made through the service's own API: one that is linked and importing, one to link by hand."""

from typing import Any
from uuid import uuid4

import httpx

PASSWORD = "print-more-shirts"  # noqa: S105 - public on purpose: it opens sandbox data only
SIGN_INS = (
    ("demo@platen.example", PASSWORD, "Northside Print Co: linked, orders are coming in"),
    ("new@platen.example", PASSWORD, "Harbor Stitch: link the two accounts by hand"),
)
NORTHSIDE = {
    "inksoft": {"store_uri": "northside_main", "api_key": "DEMO-NORTHSIDE-INKSOFT-KEY"},
    "printavo": {"email": "office@northside.example", "password": "northside-print"},
}


class DemoRefusedError(RuntimeError):
    """The service did not take a part of the demo data; the message says which, and why."""


async def seed_demo(url: str) -> None:
    """Make both workspaces once, and link the first one's sandbox accounts; does nothing that is done already."""
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}, timeout=60) as http:
        headers = await _enter(http, "demo@platen.example", "Demo", "Northside Print Co")
        link = (await _ask(http, "GET", "/v1/link", headers)).json()
        if link["state"] == "unlinked":
            attempt = (await _ask(http, "POST", "/v1/link/attempts", headers, NORTHSIDE)).json()
            confirmation = f"/v1/link/attempts/{attempt['id']}/confirmation"
            await _ask(http, "POST", confirmation, headers, {"native_link": False})
            await _share_all(http, headers)
        await _enter(http, "new@platen.example", "Newcomer", "Harbor Stitch")


async def _share_all(http: httpx.AsyncClient, headers: dict[str, str]) -> None:
    sharing = await _ask(http, "GET", "/v1/sharing", headers)
    wanted = {"mode": "all", "selected_store_ids": [], "excluded_store_ids": []}
    await _ask(http, "PUT", "/v1/sharing", {**headers, "If-Match": sharing.headers["ETag"]}, wanted)


async def _enter(http: httpx.AsyncClient, email: str, name: str, workspace: str) -> dict[str, str]:
    """Sign in, or up the first time. The cookie is sent by hand: it is Secure, and this client speaks plain HTTP here."""
    http.cookies.clear()
    entered = await http.post("/v1/session", json={"email": email, "password": PASSWORD})
    if entered.status_code == 401:  # noqa: PLR2004 - there is no such person yet
        body = {"email": email, "password": PASSWORD, "name": name, "workspace_name": workspace}
        entered = await http.post("/v1/signup", json=body)
    entered.raise_for_status()
    cookie = entered.headers["set-cookie"].partition(";")[0]
    return {"Cookie": cookie, "Platen-Workspace": entered.json()["workspaces"][0]["id"]}


async def _ask(
    http: httpx.AsyncClient, method: str, path: str, headers: dict[str, str], body: Any = None
) -> httpx.Response:
    answer = await http.request(method, path, json=body, headers={**headers, "Idempotency-Key": uuid4().hex})
    if not answer.is_success:
        message = f"{method} {path} answered {answer.status_code}: {answer.text[:500]}"
        raise DemoRefusedError(message)
    return answer
