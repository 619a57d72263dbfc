"""What was there and is gone, one of every kind and of every way it can go: by what its place in a path is called."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from tests.make.browser import PASSWORD, Browser, make_browser
from tests.make.owner import Owner
from tests.make.people import invite, joined, person_id
from tests.make.programs import make_api_key
from tests.make.tenant import Tenant

# How it went → its id.
Ways = dict[str, str]
# Nothing takes these away: where one was, it still is.
NEVER_GONE = {
    "store_id": "a store stays with the orders that were sold in it, also when InkSoft closes it",
    "operation_id": "what was begun is kept with what came of it",
}


@dataclass(frozen=True, slots=True)
class Leaver:
    """Makes things in a workspace and has them go, by the routes, the vendors' people and the worker."""

    tenant: Tenant
    app: Any
    admin_url: str

    @property
    def browser(self) -> Browser:
        return self.tenant.browser

    @property
    def owner(self) -> Owner:
        return Owner(self.browser, self.tenant.shop.sandboxes)

    async def sql(self, statement: str, *values: object) -> Any:
        """As a superuser, for time that nobody waits for; the first value it returns."""
        admin = await asyncpg.connect(self.admin_url)
        try:
            return await admin.fetchval(statement, *values)
        finally:
            await admin.close()

    async def end(self, path: str) -> None:
        done = await self.browser.effect("DELETE", path)
        assert done.status_code == 204, done.text

    async def place(self) -> dict[str, Any]:
        """An order that was placed and read; as the list shows it."""
        number = await self.owner.place(f"{self.tenant.word}_store", seed=7)
        await self.tenant.shop.read()
        (order,) = (await self.owner.show("/v1/orders", q=str(number)))["data"]
        found: dict[str, Any] = order
        return found

    async def compare(self) -> str:
        asked = await self.browser.send("POST", "/v1/reconciliation")
        assert asked.status_code == 202, asked.text
        await self.tenant.shop.run_jobs()
        compared: str = asked.json()["id"]
        return compared


async def people(leaver: Leaver) -> Ways:
    async with joined(leaver.app, leaver.browser) as removed, joined(leaver.app, leaver.browser) as left:
        ids = [await person_id(each) for each in (removed, left)]
        await leaver.end(f"/v1/members/{ids[0]}")
        gone = await left.effect("DELETE", "/v1/membership")
        assert gone.status_code == 204, gone.text
    return dict(zip(("removed", "left"), ids, strict=True))


async def sessions(leaver: Leaver) -> Ways:
    """Of the owner, from another browser than the one they sit at."""
    here = {each["id"] for each in (await leaver.owner.show("/v1/sessions"))["data"]}
    ways = {}
    for way in ("revoked", "signed out"):
        async with make_browser(leaver.app) as other:
            body = {"email": leaver.browser.email, "password": PASSWORD}
            assert (await other.http.post("/v1/session", json=body)).status_code == 201
            (new,) = {each["id"] for each in (await leaver.owner.show("/v1/sessions"))["data"]} - here
            if way == "revoked":
                await leaver.end(f"/v1/sessions/{new}")
            else:
                assert (await other.http.delete("/v1/session")).status_code == 204
        ways[way] = new
    return ways


async def keys(leaver: Leaver) -> Ways:
    revoked, expired = [(await make_api_key(leaver.browser, ["orders:read"]))["id"] for _ in range(2)]
    await leaver.end(f"/v1/api-keys/{revoked}")
    await leaver.sql(
        "UPDATE api_key SET created_at = created_at - interval '1 year', expires_at = now() - interval '1 hour' WHERE id = $1",
        UUID(expired),
    )
    return {"revoked": revoked, "expired": expired}


async def invitations(leaver: Leaver) -> Ways:
    withdrawn, used = [(await invite(leaver.browser))["invitation"]["id"] for _ in range(2)]
    await leaver.end(f"/v1/invitations/{withdrawn}")
    await leaver.sql("UPDATE invitation SET accepted_at = now() WHERE id = $1", UUID(used))
    return {"withdrawn": withdrawn, "used": used}


async def expired_invitations(leaver: Leaver) -> Ways:
    """It opens nothing more, and is there until it is taken back or sent anew."""
    made = (await invite(leaver.browser))["invitation"]["id"]
    await leaver.sql("UPDATE invitation SET expires_at = now() - interval '1 hour' WHERE id = $1", UUID(made))
    return {"expired": made}


async def attempts(leaver: Leaver) -> Ways:
    used = await leaver.sql(
        "SELECT id FROM link_attempt WHERE workspace_id = $1 AND confirmed_at IS NOT NULL",
        UUID(leaver.browser.workspace_id),
    )
    # Nobody can make another one while the accounts are linked: a copy of the open one, as old as it can get.
    expired = await leaver.sql(
        "INSERT INTO link_attempt (workspace_id, id, inksoft, printavo, created_by, created_at, expires_at) "
        "SELECT workspace_id, $2, inksoft, printavo, created_by, now() - interval '2 hours', now() - interval '1 hour' "
        "FROM link_attempt WHERE id = $1 RETURNING id",
        UUID(leaver.tenant.ids["attempt_id"]), uuid4(),
    )  # fmt: skip
    return {"used": str(used), "expired": str(expired)}


async def orders(leaver: Leaver) -> Ways:
    order = await leaver.place()
    await leaver.owner.person("delete_order", order=int(order["number"]))
    await leaver.compare()
    shown = await leaver.owner.show(f"/v1/orders/{order['id']}")
    assert shown["timeline"][0]["type"] == "order.removed"
    return {"deleted in InkSoft": order["id"]}


async def readings(leaver: Leaver) -> Ways:
    made = (await leaver.tenant.shop.read())["id"]
    await leaver.sql("UPDATE sync_run SET finished_at = now() - interval '1 year' WHERE id = $1", UUID(made))
    await leaver.tenant.shop.read()
    return {"forgotten": made}


async def comparisons(leaver: Leaver) -> Ways:
    made = await leaver.compare()
    await leaver.sql(
        "UPDATE reconciliation SET finished_at = now() - interval '1 year' WHERE id = $1", UUID(made)
    )
    await leaver.compare()
    return {"forgotten": made}


async def invoices(leaver: Leaver) -> Ways:
    """Noticed when something more was to be written to it."""
    first, second = await leaver.place(), await leaver.place()
    made = await leaver.owner.invoice(first["id"])
    assert made.status_code == 201, made.text
    path = f"/v1/invoices/{made.json()['id']}"
    await leaver.tenant.shop.run_jobs()
    external = (await leaver.owner.show(path))["external_id"]
    await leaver.tenant.shop.sandboxes.printavo("POST", "/delete_order", {"order_id": external})
    assert (await leaver.owner.attach(made.json()["id"], second["id"])).status_code == 201
    await leaver.tenant.shop.run_jobs()
    assert (await leaver.owner.show(path))["closed"]
    return {"deleted in Printavo": made.json()["id"]}


async def lines(leaver: Leaver) -> Ways:
    """Of the invoice that is gone: it must be so by now."""
    line = await leaver.sql(
        "SELECT l.id FROM line_item l JOIN invoice i ON i.workspace_id = l.workspace_id AND i.id = l.invoice_id "
        "WHERE l.workspace_id = $1 AND i.closed LIMIT 1",
        UUID(leaver.browser.workspace_id),
    )
    return {"on a deleted invoice": str(line)}


async def exceptions(leaver: Leaver) -> Ways:
    """The one about the invoice that is gone."""
    (found,) = (await leaver.owner.show("/v1/exceptions", code="push_stopped"))["data"]
    body = {"fix": "dismiss", "reason": "It was deleted on purpose."}
    done = await leaver.browser.effect("POST", f"/v1/exceptions/{found['id']}/resolution", body)
    assert done.status_code == 200, done.text
    return {"resolved": found["id"]}


async def merch_stores(leaver: Leaver) -> Ways:
    store = (await leaver.owner.show("/v1/storefronts/merch"))["data"][1]
    printavo = leaver.tenant.shop.sandboxes.printavo
    await printavo("POST", "/delete_merch_store", {"store_id": store["external_id"]})
    await leaver.sql("UPDATE merch_reading SET listed_at = listed_at - interval '1 hour'")
    await leaver.sql("UPDATE workspace_work SET due_at = now() WHERE kind = 'merch'")
    await leaver.tenant.shop.run_jobs()
    return {"deleted in Printavo": store["id"]}


# In this order: some go with what went before.
MAKERS: Mapping[str, Callable[[Leaver], Awaitable[Ways]]] = {
    "person_id": people, "session_id": sessions, "key_id": keys, "invitation_id": invitations, "attempt_id": attempts,
    "order_id": orders, "run_id": readings, "reconciliation_id": comparisons, "invoice_id": invoices,
    "line_item_id": lines, "exception_id": exceptions, "merch_store_id": merch_stores,
}  # fmt: skip


async def make_gone(leaver: Leaver) -> dict[str, Ways]:
    """By the names in the contract's paths."""
    return {name: await make(leaver) for name, make in MAKERS.items()}
