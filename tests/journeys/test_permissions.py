"""Every operation of the contract, asked by everybody, in every place: own workspace, another's, and about what is gone.

Made from the contract: an operation that is new is asked as well, and fails here when there is no way to ask it.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Literal, get_args
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from api.core.auth import RANK, Role, Scope
from api.core.config import Settings
from tests.journeys.tenants import open_tenants
from tests.make.browser import make_browser
from tests.make.contract import OPERATIONS, Operation
from tests.make.database import TestDatabase
from tests.make.gone import MAKERS, NEVER_GONE, Leaver, expired_invitations, make_gone
from tests.make.programs import make_api_key, make_program
from tests.make.sandboxes import Sandboxes
from tests.make.tenant import Tenant

# How the door says no. Whatever else an operation answers, it was let in.
GATE = {"not_signed_in", "not_allowed", "scope_missing", "workspace_required", "foreign_origin"}
# Without a body, a key or an id there is nothing to make a call harmless with: why it is harmless all the same.
HARMLESS = {
    "sign_out": "the session it ends is opened for it",
    "disconnect_inksoft": "refused while the account is linked",
    "disconnect_printavo": "refused while the account is linked",
}
# Answered before anybody looks at the id: a linked workspace confirms nothing.
REFUSED_BEFORE = {"confirm_link_attempt": "workspace_linked"}
# What is gone is as if it had never been there, but for these, whose record stays: what is said of it then (None: it is
# answered as ever), and why it stays.
STAYS: Mapping[str, tuple[str | None, str]] = {
    "get_link_attempt": ("link_attempt_expired", "whoever waits before it is told to begin anew"),
    "get_api_key": (None, "what a key did is told by its name"),
    "rotate_api_key": ("api_key_ended", "no key comes from one that has ended"),
    "revoke_api_key": (None, "it has ended: that is what was asked for"),
    "get_order": (None, "it counts as cancelled, and may be on an invoice"),
    "change_order": (None, "a note may say why it was deleted"),
    "list_order_timeline": (None, "its deletion is a part of its story"),
    "get_invoice": (None, "its orders stay on it until a person decides"),
    "get_invoice_purchasing": (None, "it is shown as it was read last"),
    "attach_orders": ("invoice_closed", "nothing can be put on it"),
    "retry_invoice_push": ("invoice_closed", "it is not made again"),
    "set_purchasing_status": ("invoice_out_of_reach", "nobody can write it there"),
    "get_exception": (None, "it says who saw to it, and why"),
    "retry_exception": ("already_resolved", "somebody was faster"),
    "resolve_exception": ("already_resolved", "somebody was faster"),
}

Kind = Literal["person", "key", "nobody"]


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody with a role, a key with these scopes, or nobody."""

    name: str
    kind: Kind
    http: httpx.AsyncClient
    role: Role | None = None
    scopes: frozenset[str] = frozenset()

    def refusal(self, operation: Operation) -> str | None:
        """How the contract says that the door refuses, None when it lets in."""
        described = operation.described
        ways = {way for each in described["security"] for way in each}
        if not ways:
            return None
        if self.kind == "nobody":
            return "not_signed_in"
        if self.kind == "key":
            scope = described.get("x-scope")
            return "not_allowed" if "key" not in ways else None if scope in self.scopes else "scope_missing"
        least: Role | None = described.get("x-least-role")
        return None if least is None or RANK[self.role or "viewer"] >= RANK[least] else "not_allowed"


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody who may ask in the first workspace; the second one's owner has what is not theirs."""

    own: Tenant
    other: Tenant
    people: tuple[Asker, ...]
    nobody: Asker
    with_scope: Mapping[str | None, Asker] = field(default_factory=dict)
    without_scope: Mapping[str | None, Asker] = field(default_factory=dict)
    gone: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    admin_url: str = ""

    def askers(self, operation: Operation) -> tuple[Asker, ...]:
        scope = operation.described.get("x-scope")
        return (*self.people, self.with_scope[scope], self.without_scope[scope], self.nobody)


@pytest.fixture(scope="module")
async def crowd(
    vendor_settings: Settings, database_urls: TestDatabase, sandboxes: Sandboxes
) -> AsyncIterator[Crowd]:
    async with AsyncExitStack() as stack:
        app, (own, other) = await stack.enter_async_context(open_tenants(vendor_settings, sandboxes))
        people = [
            await _person(stack, app, database_urls, own.browser.workspace_id, role)
            for role in get_args(Role)
        ]
        nobody = await stack.enter_async_context(make_browser(app))
        every = frozenset(get_args(Scope))
        granted: dict[str | None, frozenset[str]] = {scope: frozenset({scope}) for scope in every}
        granted[None] = every
        with_scope = {scope: await _key(stack, app, own, scopes) for scope, scopes in granted.items()}
        lacking: dict[str | None, frozenset[str]] = {scope: every - {scope} for scope in every}
        lacking[None] = frozenset({"workspace:read"})
        without = {scope: await _key(stack, app, own, scopes) for scope, scopes in lacking.items()}
        gone = await make_gone(Leaver(own, app, database_urls.admin))
        stranger = Asker("nobody", "nobody", nobody.http)
        yield Crowd(own, other, tuple(people), stranger, with_scope, without, gone, database_urls.admin)
    await database_urls.empty()
    await sandboxes.reset()


async def _person(
    stack: AsyncExitStack, app: FastAPI, urls: TestDatabase, workspace_id: str, role: Role
) -> Asker:
    """Somebody with a workspace of their own, and this role in the one that is looked at."""
    browser = await stack.enter_async_context(make_browser(app))
    await browser.sign_up(name=f"A {role}")
    admin = await asyncpg.connect(urls.admin)
    try:
        await admin.execute(
            "INSERT INTO membership (workspace_id, person_id, role) SELECT $1, id, $2 FROM person WHERE email = $3",
            UUID(workspace_id), role, browser.email,
        )  # fmt: skip
    finally:
        await admin.close()
    return Asker(role, "person", browser.http, role=role)


async def _key(stack: AsyncExitStack, app: FastAPI, own: Tenant, scopes: frozenset[str]) -> Asker:
    made = await make_api_key(own.browser, sorted(scopes))
    http = await stack.enter_async_context(make_program(app, made["key"]))
    return Asker(f"a key with {len(scopes)} scopes", "key", http, scopes=scopes)


async def ask(
    asker: Asker,
    operation: Operation,
    ids: Mapping[str, str],
    *,
    workspace_id: str | None,
    probe: bool = False,
    order_id: str | None = None,
) -> httpx.Response:
    """A `probe` changes nothing, whoever asks: it is wrong in a way that only somebody who was let in is told.

    With `order_id` a body that names orders names this one.
    """
    headers = {"Idempotency-Key": uuid4().hex, "If-Match": '"v1"'}
    if workspace_id is not None:
        headers["Platen-Workspace"] = workspace_id
    body = operation.body()
    if order_id is not None and body is not None and "order_ids" in body:
        body = {**body, "order_ids": [order_id]}
    if probe:
        headers["Idempotency-Key"] = "short"
        body = None if body is None else {"no_such_member": 1}
    return await asker.http.request(operation.method, operation.at(ids), json=body, headers=headers)


def can_be_probed(operation: Operation) -> bool:
    takes = {one["name"] for one in operation.described.get("parameters", [])}
    return operation.body() is not None or "Idempotency-Key" in takes


def check(operation: Operation, asker: Asker, answer: httpx.Response, refusal: str | None) -> None:
    """Refused in exactly this way, or not by the door at all."""
    about = f"{operation.name}, asked by {asker.name}: {answer.status_code} {answer.text[:300]}"
    assert answer.status_code < 500, about
    code = answer.json().get("code") if answer.content and answer.status_code >= 400 else None
    if refusal is None:
        assert code not in GATE, about
    else:
        assert code == refusal, about


def nobodys(ids: Mapping[str, str]) -> dict[str, str]:
    return {name: str(uuid4()) for name in ids}


def named(operation: Operation) -> Any:
    return pytest.param(operation, id=operation.name)


@pytest.mark.rule("K3")
@pytest.mark.parametrize("operation", [named(each) for each in OPERATIONS])
class TestAnOperation:
    async def test_lets_in_who_may_and_nobody_else(self, crowd: Crowd, operation: Operation) -> None:
        askers = [each for each in crowd.askers(operation) if operation.name != "sign_out"]
        own = crowd.own.browser.workspace_id
        if operation.method == "GET":
            query = crowd.own.query_of(operation)
            answers = [
                await each.http.get(operation.at(crowd.own.ids), params=query, headers=_workspace(each, own))
                for each in askers
            ]
        else:
            # Where nothing else makes the call harmless, it is about something that is not there.
            assert can_be_probed(operation) or operation.ids or operation.name in HARMLESS, (
                f"there is no harmless way to ask {operation.name}: give it one, or say in HARMLESS why it is"
            )
            ids = crowd.own.ids if can_be_probed(operation) else nobodys(crowd.own.ids)
            answers = [
                await ask(each, operation, ids, workspace_id=_workspace(each, own).get("Platen-Workspace"), probe=True)
                for each in askers
            ]  # fmt: skip
        for asker, answer in zip(askers, answers, strict=True):
            refusal = asker.refusal(operation)
            check(operation, asker, answer, refusal)
            if refusal is None:
                assert answer.is_success is (operation.method == "GET"), (
                    f"{operation.name}: {answer.text[:300]}"
                )

    async def test_opens_no_other_workspace(self, crowd: Crowd, operation: Operation) -> None:
        """Named in the header: not found, whoever asks. A viewer there would be refused otherwise, nobody is told that."""
        if not operation.described["security"]:
            return
        other = crowd.other.browser.workspace_id
        askers = crowd.askers(operation)
        answers = await asyncio.gather(
            *(ask(each, operation, crowd.other.ids, workspace_id=other) for each in askers)
        )
        for asker, answer in zip(askers, answers, strict=True):
            check(operation, asker, answer, "not_signed_in" if asker.kind == "nobody" else "not_found")

    async def test_finds_nothing_of_others_and_nothing_that_never_was(
        self, crowd: Crowd, operation: Operation
    ) -> None:
        """In one's own workspace: who may ask is told that it is not there, others that they may not."""
        if not operation.ids:
            return
        own = crowd.own.browser.workspace_id
        for asker in crowd.askers(operation):
            expected = asker.refusal(operation) or REFUSED_BEFORE.get(operation.name, "not_found")
            details = set()
            for ids in (crowd.other.ids, nobodys(crowd.other.ids)):
                answer = await ask(
                    asker, operation, ids, workspace_id=_workspace(asker, own).get("Platen-Workspace")
                )
                check(operation, asker, answer, expected)
                details.add(answer.json()["detail"])
            assert len(details) == 1

    async def test_finds_nothing_that_is_gone(self, crowd: Crowd, operation: Operation) -> None:
        """In every way that it can go; to who may not ask it makes no difference."""
        own = crowd.own.browser.workspace_id
        himself = Asker("the owner whose it was", "person", crowd.own.browser.http, role="owner")
        for name in operation.ids:
            assert (name in crowd.gone) is not (name in NEVER_GONE), (
                f"how does a {name} go? Say in tests/make/gone.py"
            )
            outcome, _ = STAYS.get(operation.name, (REFUSED_BEFORE.get(operation.name, "not_found"), ""))
            for gone_id in crowd.gone.get(name, {}).values():
                ids = {**crowd.own.ids, name: gone_id}
                for asker in (*crowd.askers(operation), himself):
                    workspace_id = _workspace(asker, own).get("Platen-Workspace")
                    order_id = crowd.own.ids["order_id"]
                    answer = await ask(asker, operation, ids, workspace_id=workspace_id, order_id=order_id)
                    expected = asker.refusal(operation) or outcome
                    check(operation, asker, answer, expected)
                    assert expected is not None or answer.is_success, f"{operation.name}: {answer.text[:300]}"


def test_what_stays_is_asked_about() -> None:
    assert STAYS.keys() <= {each.name for each in OPERATIONS if set(each.ids) & MAKERS.keys()}


class TestAnExpiredInvitation:
    """It opens nothing, and is listed: who sent it sees that it was not used."""

    async def test_is_shown_until_it_is_taken_back(self, crowd: Crowd) -> None:
        (made,) = (await expired_invitations(Leaver(crowd.own, None, crowd.admin_url))).values()
        path = f"/v1/invitations/{made}"
        assert (await crowd.own.browser.get(path)).status_code == 200
        assert (await crowd.own.browser.effect("DELETE", path)).status_code == 204
        assert (await crowd.own.browser.get(path)).status_code == 404
        assert (await crowd.own.browser.effect("DELETE", path)).status_code == 404


class TestSigningOut:
    async def test_is_for_people(self, crowd: Crowd) -> None:
        (operation,) = [each for each in OPERATIONS if each.name == "sign_out"]
        for asker in (crowd.with_scope[None], crowd.nobody):
            answer = await ask(asker, operation, {}, workspace_id=None)
            check(operation, asker, answer, asker.refusal(operation))


def _workspace(asker: Asker, workspace_id: str) -> dict[str, str]:
    """People name their workspace; a key has one and says nothing."""
    return {} if asker.kind == "key" else {"Platen-Workspace": workspace_id}
