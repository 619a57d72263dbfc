"""The main job with canaries for secrets, and everything that can go wrong on its way, told to real processes."""

import asyncio
import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import UUID

import asyncpg
import httpx
from sqlalchemy import text

from api.core.db import Database
from api.core.secrets import Place, Sealer
from tests.make.browser import Browser
from tests.make.database import TestDatabase
from tests.make.mail import MailServer
from tests.make.owner import Owner
from tests.make.sandboxes import Sandboxes

Json = dict[str, Any]
STORE = "shapes_test_shop"
# What a vendor answers to somebody who waits for it.
MISHAPS = ("status_429", "status_500_before", "status_502_html", "html_200", "truncated", "reset", "hang", "gzip_bomb",
           "redirect", "timeout_error", "schema_drift")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Canaries:
    """Secrets that exist for this story only. Odd characters look different in addresses and in JSON."""

    master_key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    hmac_key: str = field(default_factory=lambda: f"canary-hmac-{secrets.token_urlsafe(32)}")
    database_password: str = field(default_factory=lambda: f"canary/db+{secrets.token_hex(12)}")
    wrong_database_password: str = field(default_factory=lambda: f"canary-db-wrong-{secrets.token_hex(12)}")
    password: str = field(default_factory=lambda: f"canary password/{secrets.token_hex(8)}")
    wrong_password: str = field(default_factory=lambda: f"canary+wrong&{secrets.token_hex(8)}")
    new_password: str = field(default_factory=lambda: f"canary new password {secrets.token_hex(8)}")
    mail_password: str = field(default_factory=lambda: f"canary/mail+{secrets.token_hex(8)}")
    inksoft_key: str = field(default_factory=lambda: f"canary/key+{secrets.token_hex(8)}=&x")
    wrong_key: str = field(default_factory=lambda: f"canary/wrong-key+{secrets.token_hex(8)}")
    wrong_token: str = field(default_factory=lambda: f"canary-wrong-token-{secrets.token_hex(8)}")
    inksoft_password: str = "northside-ink"
    printavo_password: str = "northside-print"
    printavo_token: str = "DEMO-NORTHSIDE-PRINTAVO-TOKEN"

    @property
    def master_keys(self) -> str:
        return f"canary:{base64.b64encode(self.master_key).decode()}"

    def known(self) -> dict[str, str | bytes]:
        return {
            **{name: getattr(self, name) for name in self.__dataclass_fields__},
            "master_key_text": self.master_keys.partition(":")[2],
        }


@dataclass(slots=True)
class Told:
    """What came of the story: every answer, cookie and one-time link, every token that was sealed, and how it ended."""

    answers: list[tuple[str, httpx.Response]] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    invoice: Json = field(default_factory=dict)
    workspace_id: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One person at the browser; `told` grows while it is told. `sealer` opens what the service sealed, `said` gives its logs."""

    browser: Browser
    sandboxes: Sandboxes
    urls: TestDatabase
    canaries: Canaries
    sealer: Sealer
    database: Database
    mail: MailServer
    said: Callable[[], str]
    told: Told

    @property
    def owner(self) -> Owner:
        return Owner(self.browser, self.sandboxes)

    @property
    def inksoft(self) -> dict[str, str]:
        return {"store_uri": "northside_main", "api_key": self.canaries.inksoft_key}

    @property
    def printavo(self) -> dict[str, str]:
        return {"email": "office@northside.example", "password": self.canaries.printavo_password}

    async def tell(self) -> None:
        """All of it, in order."""
        self.browser.http.event_hooks["response"].append(self._note)
        await self.sandboxes.inksoft(
            "POST", "/replace_key", {"account": "northside", "api_key": self.canaries.inksoft_key}
        )
        await self.sign_up_and_stumble()
        await self.guess_wrongly()
        await self.invite_somebody()
        await self.forget_the_password()
        await self.link_through_mishaps()
        await self.note_tokens()
        await self.work_through_mishaps()
        await self.lose_the_credentials()
        await self.note_tokens()
        await self.break_the_database()

    async def sign_up_and_stumble(self) -> None:
        """Passwords in bodies that are wrong in every way, then a right one."""
        secret, http = self.canaries.password, self.browser.http
        person = {
            "name": "Dana Reyes",
            "email": "dana@canary.example",
            "password": secret,
            "workspace_name": "Canary",
        }
        for body in (
            {**person, "email": secret}, {**person, "email": [secret]}, {**person, "password": {"is": secret}},
            {**person, "password": secret * 20}, {**person, "remember": secret}, [secret], secret,
        ):  # fmt: skip
            self.expect(await http.post("/v1/signup", json=body), 422)
        self.expect(await http.post("/v1/signup", content=f'{{"password": "{secret}', headers=_JSON), 400)
        self.expect(await http.post("/v1/signup", content=f"password={secret}", headers=_FORM), 415)
        self.expect(await http.get("/v1/me", params={"password": secret}), 401, 422)
        self.expect(await http.get("/v1/me", headers={"Authorization": f"Bearer {secret}"}), 401)
        signed = await http.post("/v1/signup", json=person)
        self.expect(signed, 201)
        self.browser.workspace_id = self.told.workspace_id = signed.json()["workspaces"][0]["id"]
        self.expect(await http.post("/v1/signup", json=person), 409)
        for password in (self.canaries.wrong_password, secret):
            entry = {"email": person["email"], "password": password}
            self.expect(await http.post("/v1/session", json=entry), 201 if password == secret else 401)

    async def guess_wrongly(self) -> None:
        """Wrong keys, tokens and passwords at both vendors' doors."""
        known, email = self.canaries, "office@northside.example"
        owner = {"store_uri": "northside_main", "email": "owner@northside.example"}
        for inksoft, printavo in (
            ({**self.inksoft, "api_key": known.wrong_key}, self.printavo),
            ({**owner, "password": known.wrong_password}, self.printavo),
            (self.inksoft, {"email": email, "password": known.wrong_password}),
            (self.inksoft, {"email": email, "api_token": known.wrong_token}),
            (self.inksoft, {"email": email, "api_token": f"{known.wrong_token} with a blank"}),
            (
                self.inksoft,
                {"email": email, "api_token": known.wrong_token, "password": known.wrong_password},
            ),
        ):
            body = {"inksoft": inksoft, "printavo": printavo}
            self.expect(await self.browser.send("POST", "/v1/link/attempts", body), 422)
        opened = {
            "inksoft": {**owner, "password": known.inksoft_password},
            "printavo": {"email": email, "api_token": known.printavo_token},
        }
        self.expect(await self.browser.send("POST", "/v1/link/attempts", opened), 201)

    async def invite_somebody(self) -> None:
        """Links that are looked at, renewed, damaged, sent to the wrong place, and taken back."""
        http = self.browser.http
        body = {"email": "lee@canary.example", "role": "owner"}
        for name in ("first", "renewed"):
            made = await self.browser.effect("POST", "/v1/invitations", body)
            self.expect(made, 201)
            token = self.told.links[f"{name} invitation"] = made.json()["link"].partition("#")[2]
        self.expect(await http.post("/v1/invitations/lookup", json={"token": token}), 200)
        self.expect(await http.post("/v1/invitations/lookup", json={"token": f"{token}!"}), 422)
        self.expect(await http.post("/v1/invitations/acceptance", json={"token": token}), 403)
        person = {"token": token, "name": "Lee", "password": self.canaries.password, "remember": token}
        self.expect(await http.post("/v1/invitations/signup", json=person), 422)
        self.expect(await self.browser.get("/v1/invitations", token=token), 422)
        await self.until_mailed("lee@canary.example")
        path = f"/v1/invitations/{made.json()['invitation']['id']}"
        self.expect(await self.browser.send("DELETE", path), 204)
        self.expect(await http.post("/v1/invitations/lookup", json={"token": token}), 410)

    async def forget_the_password(self) -> None:
        """A link by mail, a new password that is refused and one that is taken, and the way back to the old one."""
        http, known = self.browser.http, self.canaries
        self.mail.answers.append("451 the mail server stumbles")
        self.expect(await http.post("/v1/password-resets", json={"email": "dana@canary.example"}), 202)
        token = self.told.links["reset"] = await self.until_mailed("dana@canary.example")
        path = "/v1/password-resets/completion"
        self.expect(await http.post(path, json={"token": token, "new_password": known.new_password * 9}), 422)
        self.expect(await http.post(path, json={"token": token[1:], "new_password": known.new_password}), 410)
        self.expect(await http.post(path, json={"token": token, "new_password": known.new_password}), 200)
        self.expect(await http.post(path, json={"token": token, "new_password": known.new_password}), 410)
        for current in (known.wrong_password, known.new_password):
            body = {"current_password": current, "new_password": known.password}
            answer = await self.browser.send("PUT", "/v1/me/password", body)
            self.expect(answer, 204 if current == known.new_password else 403)

    async def until_mailed(self, to: str) -> str:
        """Wait for the newest letter to this address; the token of the link in it."""
        end = monotonic() + 60
        while to not in self.mail.recipients:
            assert monotonic() < end, f"no letter to {to}"
            await asyncio.sleep(0.1)
        letter = self.mail.letters[len(self.mail.recipients) - 1 - self.mail.recipients[::-1].index(to)]
        (link,) = [line for line in letter.get_content().splitlines() if line.startswith("http")]
        return str(link).partition("#")[2]

    async def link_through_mishaps(self) -> None:
        """Both vendors fail in each way while the credentials are on their way to them."""
        body = {"inksoft": self.inksoft, "printavo": self.printavo}
        for kind in MISHAPS:
            await self.fault("printavo", kind)
            await self.fault("inksoft", kind)
            answer = await self.browser.send("POST", "/v1/link/attempts", body)
            self.expect(answer, 201, 422, 502, 503)
            await self.well_again()
        attempt = await self.browser.send("POST", "/v1/link/attempts", body)
        self.expect(attempt, 201)
        path = f"/v1/link/attempts/{attempt.json()['id']}/confirmation"
        self.expect(await self.browser.effect("POST", path, {"share_orders_from": "2020-01-01"}), 201)

    async def work_through_mishaps(self) -> None:
        """The worker reads and writes with the sealed credentials while both vendors stumble."""
        await self.owner.share_all()
        number = await self.owner.place(STORE)
        order = await self.owner.until_in_feed(number)
        await self.fault("inksoft", "status_502_html")
        await self.until_struck()
        await self.well_again()
        await self.owner.choose_contact(order["store"]["id"])
        await self.fault("printavo", "status_500_after", operation="quoteCreate", times=1)
        made = await self.owner.invoice(order["id"])
        self.expect(made, 201)
        self.told.invoice, _ = await self.owner.until_in_books(made.json()["id"])

    async def lose_the_credentials(self) -> None:
        """Both sides are revoked; wrong ones are tried, then the right ones."""
        await self.owner.person("revoke_key", account="northside")
        await self.sandboxes.printavo("POST", "/revoke_token", {"email": "office@northside.example"})
        await self.owner.until("/v1/link", lambda shown: shown["state"] == "needs_reauth")
        wrong = {"inksoft": {**self.inksoft, "api_key": self.canaries.wrong_key}}
        self.expect(await self.browser.effect("POST", "/v1/link/reauthentication", wrong), 422)
        await self.owner.person("restore_key", account="northside")
        await self.sandboxes.printavo("POST", "/restore_token", {"email": "office@northside.example"})
        right = {"inksoft": self.inksoft, "printavo": self.printavo}
        self.expect(await self.browser.effect("POST", "/v1/link/reauthentication", right), 200)

    async def break_the_database(self) -> None:
        """Tables are missing, then connections die under both doors: errors that nobody expected, with secrets at hand."""
        admin = await asyncpg.connect(self.urls.admin)
        try:
            for table in ("link_attempt", "connection", "person"):
                await admin.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")
            await self.meet_the_unexpected()
            await self.until_said("job failed")
            await admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND application_name LIKE 'platen-%'"
            )
            self.expect(await self.browser.get("/v1/me"), 200, 500, 503)
            await self.until_said("queue connection lost")
        finally:
            await admin.close()

    async def meet_the_unexpected(self) -> None:
        secret = self.canaries.password
        body = {"inksoft": self.inksoft, "printavo": self.printavo}
        ask = {"email": "dana@canary.example"}
        self.expect(await self.browser.http.post("/v1/password-resets", json=ask), 500)
        self.expect(await self.browser.send("POST", "/v1/link/attempts", body), 500)
        entry = {"email": "dana@canary.example", "password": secret}
        self.expect(await self.browser.http.post("/v1/session", json=entry), 500)
        person = {
            "name": "Late",
            "email": "late@canary.example",
            "password": secret,
            "workspace_name": "Late",
        }
        self.expect(await self.browser.http.post("/v1/signup", json=person), 500)

    async def until_said(self, words: str, *, seconds: float = 30) -> None:
        """Wait until one of the doors has logged this."""
        end = monotonic() + seconds
        while words not in self.said():
            assert monotonic() < end, f"nobody said: {words}"
            await asyncio.sleep(0.1)

    async def note_tokens(self) -> None:
        """Open everything that is sealed now: what vendors gave for passwords must be nowhere else either."""
        workspace = UUID(self.told.workspace_id)
        async with self.database.transaction(workspace) as session:
            for row in await session.execute(_SEALED):
                place = Place(workspace, row.table, row.id, row.column)
                opened = await self.sealer.unseal(session, place, row.sealed)
                self.told.tokens[f"{row.table}.{row.column} of {row.id}, {len(self.told.tokens)}"] = opened

    async def fault(self, vendor: str, kind: str, *, operation: str | None = None, times: int = 2) -> None:
        control = self.sandboxes.printavo if vendor == "printavo" else self.sandboxes.inksoft
        match: Json = {"nth": 1} | ({"operation": operation} if operation else {})
        await control("POST", "/faults", {"match": match, "kind": kind, "times": times})

    async def until_struck(self) -> None:
        """Wait until the worker has met the fault at InkSoft."""
        while not any(fault["struck"] for fault in await self.sandboxes.inksoft("GET", "/faults")):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.1)

    async def well_again(self) -> None:
        await self.sandboxes.printavo("DELETE", "/faults")
        await self.sandboxes.inksoft("DELETE", "/faults")

    def expect(self, answer: httpx.Response, *statuses: int) -> None:
        about = (
            f"{answer.request.method} {answer.request.url.path} → {answer.status_code} {answer.text[:500]}"
        )
        assert answer.status_code in statuses, about

    async def _note(self, answer: httpx.Response) -> None:
        await answer.aread()
        self.told.answers.append(
            (f"{answer.request.method} {answer.request.url.path} {answer.status_code}", answer)
        )
        for name, value in answer.cookies.items():
            self.told.cookies[f"{name} {len(self.told.cookies)}"] = value


_SEALED = text(
    "SELECT 'connection' AS table, id, 'sealed' AS column, sealed FROM connection WHERE sealed IS NOT NULL "
    "UNION ALL SELECT 'link_attempt', id, 'inksoft_sealed', inksoft_sealed FROM link_attempt WHERE inksoft_sealed IS NOT NULL "
    "UNION ALL SELECT 'link_attempt', id, 'printavo_sealed', printavo_sealed FROM link_attempt WHERE printavo_sealed IS NOT NULL"
)
_JSON = {"Content-Type": "application/json"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
