"""A workspace with everything in it: a link, stores, orders, a pushed invoice, and a word that stands nowhere else."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from api.core.db import Database
from api.core.operations import Subject, start_operation
from tests.make.browser import Browser
from tests.make.contract import READS, Operation
from tests.make.linking import attempt
from tests.make.owner import Owner
from tests.make.programs import make_api_key
from tests.make.reading import Shop
from tests.make.sandboxes import Sandboxes


@dataclass(frozen=True, slots=True)
class Tenant:
    """A workspace with everything in it. `word` stands in the names, texts and addresses of nobody else."""

    shop: Shop
    word: str
    ids: dict[str, str]

    @property
    def browser(self) -> Browser:
        return self.shop.browser

    def query_of(self, operation: Operation) -> dict[str, str]:
        """What this operation must or may be asked with, so that it shows all that it can of this workspace."""
        narrowed = {
            "list_invoices": {"store_id": self.ids["store_id"]},
            "list_order_feed": {"include": "lines"},
        }
        return narrowed.get(operation.name, {})

    async def reads(self) -> dict[str, str]:
        """What every read of the contract answers to this workspace about its own."""
        found: dict[str, str] = {}
        for operation in READS:
            answer = await self.browser.get(operation.at(self.ids), **self.query_of(operation))
            assert answer.status_code == 200, f"{operation.name}: {answer.text}"
            found[operation.name] = answer.text
        return found


def tag_of(word: str) -> str:
    """The tag on one of the orders of the workspace with this word."""
    return f"{word} rush"


async def make_tenant(
    browser: Browser,
    sandboxes: Sandboxes,
    database: Database,
    run_jobs: Callable[[], Awaitable[None]],
    name: str,
) -> Tenant:
    """Sign up, link, read, share, and put one of two orders on an invoice that is pushed."""
    word = f"only-{name}"
    await browser.sign_up(name=f"{word} Reyes", workspace=f"{word} Print Co")
    shop, owner = Shop(browser, sandboxes, database, run_jobs), Owner(browser, sandboxes)
    open_attempt = await attempt(browser, name, name)
    await owner.link(name)
    await owner.share_all()
    await owner.person("create_store", account=name, name=f"{word} Store", uri=f"{word}_store")
    numbers = [
        await owner.place(f"{word}_store", seed=seed, first_name=word, email=f"{word}@shopper.example")
        for seed in (7, 8)
    ]
    await shop.read()
    listed = [(await owner.show("/v1/orders", q=str(number)))["data"] for number in numbers]
    first, second = [order for (order,) in listed]
    await owner.choose_contact(first["store"]["id"])
    invoice = (
        await browser.effect("POST", "/v1/invoices", {"order_ids": [first["id"]], "nickname": word})
    ).json()
    compared = (await browser.send("POST", "/v1/reconciliation")).json()
    await run_jobs()
    runs = (await owner.show("/v1/sync-runs"))["data"]
    (group, *_) = (await owner.show(f"/v1/invoices/{invoice['id']}/purchasing"))["groups"]
    merch = (await owner.show("/v1/storefronts/merch"))["data"]
    async with database.transaction(UUID(browser.workspace_id)) as session:
        operation = await start_operation(
            session, f"{word}.work", workspace_id=UUID(browser.workspace_id),
            subject=Subject("order", UUID(first["id"])), actor={"name": word},
        )  # fmt: skip
    exceptions = (await owner.show("/v1/exceptions", subject_id=first["id"]))["data"]
    told = {"note": f"Call the coach of {word}.", "tags": [tag_of(word)]}
    noted = await browser.effect("PATCH", f"/v1/orders/{second['id']}", told)
    assert noted.status_code == 200, noted.text
    found = await browser.effect("POST", "/v1/stores", {"store_uri": f"{word}_store"})
    assert (found.status_code, found.json()["id"]) == (201, first["store"]["id"]), found.text
    return Tenant(shop, word, {
        "attempt_id": open_attempt["id"], "store_id": first["store"]["id"], "order_id": second["id"],
        "invoice_id": invoice["id"], "merch_store_id": merch[0]["id"], "run_id": runs[0]["id"], "operation_id": str(operation.id),
        "reconciliation_id": compared["id"], "line_item_id": group["lines"][0]["line_item_id"],
        **await _people(browser, word),
        "exception_id": exceptions[0]["id"],
    })  # fmt: skip


async def _people(browser: Browser, word: str) -> dict[str, str]:
    """The owner, the browser they sit at, somebody they invited, and a key."""
    invited = await browser.send(
        "POST", "/v1/invitations", {"email": f"{word}@guest.example", "role": "viewer"}
    )
    (session,) = (await browser.get("/v1/sessions")).json()["data"]
    me = (await browser.get("/v1/me")).json()
    return {
        "person_id": me["person"]["id"],
        "session_id": session["id"],
        "invitation_id": invited.json()["invitation"]["id"],
        "key_id": (await make_api_key(browser, ["orders:read"], name=f"{word} key"))["id"],
    }
