"""Two workspaces that do the same job beside each other: neither sees, finds, guesses or changes anything of the other (I12)."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from api.core.config import Settings
from tests.journeys.tenants import open_tenants
from tests.make.contract import OPERATIONS, READS, WRITES
from tests.make.database import TestDatabase
from tests.make.json_words import fill_json_with_words, word_of
from tests.make.sandboxes import Sandboxes
from tests.make.tenant import Tenant, tag_of
from tests.make.words import fill_with_words

UUID_TEXT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Members of a problem that differ from request to request.
OF_THE_REQUEST = {"request_id", "instance"}
# What only signs people in and out belongs to no workspace.
PERSONAL = {
    "sign_up", "sign_in", "sign_out", "get_me", "list_workspaces", "look_up_invitation", "sign_up_by_invitation",
    "request_password_reset", "reset_password",
}  # fmt: skip
# A linked workspace confirms no attempt at all, its own neither.
REFUSED_BEFORE = {"confirm_link_attempt": (409, "workspace_linked")}

# Searches in what is kept; Printavo's contacts are searched by Printavo.
SEARCHES = [one for one in READS if "q" in one.queries and one.name != "list_printavo_contacts"]
# Texts that nothing writes yet: no operation takes an order off an invoice.
EMPTY = {"attachment.detached_by"}
CANARIES = ("canary-of-the-north", "canary-of-the-harbor")
# JSON without any free text: amounts, codes, ids. The sign-ins of a connection differ as they are, and are looked for so.
NO_TEXT = {
    "connection.details", "invoice.terms", "invoice_revision.proof", "operation.result", "remote_operation.problem",
}  # fmt: skip
# JSON that no read shows: what the push works with, who asked for a piece of work, what a repeated request is answered with.
NOT_READ = {
    "idempotency_key.headers", "operation.actor", "purchasing_write.actor", "remote_object.written", "remote_operation.payload",
}  # fmt: skip


@pytest.fixture(scope="module")
async def tenants(
    vendor_settings: Settings, database_urls: TestDatabase, sandboxes: Sandboxes
) -> AsyncIterator[tuple[Tenant, Tenant]]:
    """Two workspaces with everything in them. Every test leaves them as they were."""
    async with open_tenants(vendor_settings, sandboxes) as (_, made):
        yield made
    await database_urls.empty()
    await sandboxes.reset()


def both_ways(tenants: tuple[Tenant, Tenant]) -> tuple[tuple[Tenant, Tenant], tuple[Tenant, Tenant]]:
    """(stranger, owner), each in both parts."""
    return (tenants[0], tenants[1]), (tenants[1], tenants[0])


async def plant(admin_url: str, tenant: Tenant, word: str) -> set[str]:
    """Put the word into every text that the workspace keeps; the JSON columns that have it now."""
    filled = await fill_with_words(admin_url, tenant.browser.workspace_id, word)
    empty = {place for place, rows in filled.items() if rows == 0}
    assert empty == EMPTY, "no row of these has a text: fill them in tests/make/tenant.py"
    inside = await fill_json_with_words(admin_url, tenant.browser.workspace_id, word)
    bare = {place for place, texts in inside.items() if texts == 0}
    assert bare == NO_TEXT, "give these a shape or an example in tests/make/json_words.py"
    return set(inside) - bare


async def sign_ins_of(tenant: Tenant) -> list[str]:
    """The address and the e-mail with which its accounts are signed in."""
    connections = (await tenant.browser.get("/v1/connections")).json()
    found = [each[name] for each in connections for name in ("store_uri", "user_email") if each.get(name)]
    assert len(found) == 2
    return found


async def choose_things(tenant: Tenant, word: str) -> None:
    """Settings with the word wherever they take a text, a status of the goods that waits to be written, and an exception
    that somebody saw to.
    """
    path = "/v1/storefront-settings/inksoft"
    tag = (await tenant.browser.get(path)).headers["ETag"]
    chosen = {
        "nickname_pattern": "{store}", "size_map": {f"{word} jumbo": "size_other"}, "method_map": {f"{word} foil": "12"},
        "purchasing_map": {f"{word} on the van": "in"}, "alert_emails": ["dana@shop.example"],
    }  # fmt: skip
    changed = await tenant.browser.send("PATCH", path, chosen, headers={"If-Match": tag})
    assert changed.status_code == 200, changed.text
    path = f"/v1/line-items/{tenant.ids['line_item_id']}/purchasing-status"
    asked = await tenant.browser.effect("PUT", path, {"status": "ordered"})
    assert asked.status_code == 202, asked.text
    path = f"/v1/exceptions/{tenant.ids['exception_id']}/resolution"
    done = await tenant.browser.effect("POST", path, {"fix": "dismiss", "reason": "It may stay."})
    assert done.status_code == 200, done.text


def without_request(problem: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in problem.items() if name not in OF_THE_REQUEST}


@pytest.mark.rule("I12")
class TestTwoWorkspaces:
    async def test_read_everything_of_their_own_and_nothing_of_the_other(
        self, tenants: tuple[Tenant, Tenant]
    ) -> None:
        texts = [await tenant.reads() for tenant in tenants]
        for (tenant, shown), (other, hidden) in zip(
            zip(tenants, texts, strict=True), reversed(list(zip(tenants, texts, strict=True))), strict=True
        ):
            own_ids = set(UUID_TEXT.findall(" ".join(shown.values())))
            assert set(tenant.ids.values()) <= own_ids
            assert sum(tenant.word in text for text in shown.values()) > 10
            for name, text in hidden.items():
                assert tenant.word not in text.lower(), f"{name} shows {other.word} a text of {tenant.word}"
                assert not own_ids & set(UUID_TEXT.findall(text)), name

    async def test_find_their_own_by_tag_and_nothing_of_the_other(
        self, tenants: tuple[Tenant, Tenant]
    ) -> None:
        for stranger, owner in both_ways(tenants):
            for path in ("/v1/orders", "/v1/order-feed"):
                for narrowed, found in (
                    ({"q": tag_of(stranger.word)}, [stranger.ids["order_id"]]),
                    ({"q": tag_of(owner.word)}, []),
                ):
                    shown = (await stranger.browser.get(path, **narrowed)).json()["data"]
                    assert [order["id"] for order in shown] == found, (path, narrowed)
            own = await stranger.browser.get("/v1/orders", tag=tag_of(stranger.word))
            assert [order["id"] for order in own.json()["data"]] == [stranger.ids["order_id"]]
            others = await stranger.browser.get("/v1/orders", tag=tag_of(owner.word))
            assert others.json()["data"] == []
            tags = (await stranger.browser.get("/v1/order-tags")).json()
            assert tags == [{"tag": tag_of(stranger.word), "order_count": 1}]

    async def test_show_their_own_texts_to_themselves_only(
        self, tenants: tuple[Tenant, Tenant], database_urls: TestDatabase
    ) -> None:
        """Every free text of both workspaces, inside JSON too, has a word of its own; each read is asked for by both."""
        sign_ins = [await sign_ins_of(tenant) for tenant in tenants]
        for tenant, word in zip(tenants, CANARIES, strict=True):
            await choose_things(tenant, word)
            planted = await plant(database_urls.admin, tenant, word)
        for here, (tenant, own) in enumerate(zip(tenants, CANARIES, strict=True)):
            foreign = [CANARIES[1 - here], *sign_ins[1 - here]]
            shown = await tenant.reads()
            assert [name for name, text in shown.items() if any(each in text for each in foreign)] == []
            assert sum(own in text for text in shown.values()) >= 25
            everything = " ".join(shown.values())
            assert {place for place in planted if word_of(own, place) not in everything} == NOT_READ
            assert [each for each in sign_ins[here] if each not in everything] == []
            for operation in SEARCHES:
                query = {**tenant.query_of(operation), "q": CANARIES[1 - here]}
                found = await tenant.browser.get(operation.path, **query)
                assert (found.status_code, found.json()["data"]) == (200, []), operation.name
            resolved = await tenant.browser.get("/v1/exceptions", state="resolved")
            (end,) = [each["resolution"] for each in resolved.json()["data"]]
            assert own in end["reason"]
            assert own in end["resolved_by"]["name"]
            assert CANARIES[1 - here] not in resolved.text

    async def test_get_the_same_answer_for_ids_of_the_other_as_for_ids_of_nobody(
        self, tenants: tuple[Tenant, Tenant]
    ) -> None:
        asked = [operation for operation in OPERATIONS if operation.ids]
        assert len(asked) >= 8
        for stranger, owner in both_ways(tenants):
            before = await owner.reads()
            for operation in asked:
                answers = []
                for ids in (owner.ids, {name: str(uuid4()) for name in owner.ids}):
                    headers = {"If-Match": '"v1"'}
                    answers.append(
                        await stranger.browser.effect(
                            operation.method, operation.at(ids), operation.body(), headers=headers
                        )
                    )
                theirs, nobodys = answers
                expected = REFUSED_BEFORE.get(operation.name, (404, "not_found"))
                assert (theirs.status_code, theirs.json().get("code")) == expected, (
                    f"{operation.name}: {theirs.text}"
                )
                assert without_request(theirs.json()) == without_request(nobodys.json()), operation.name
            assert await owner.reads() == before

    async def test_cannot_name_what_is_the_others_in_a_body(self, tenants: tuple[Tenant, Tenant]) -> None:
        for stranger, owner in both_ways(tenants):
            before = await owner.reads()
            orders, stores = [owner.ids["order_id"]], [owner.ids["store_id"]]
            mine = stranger.ids["invoice_id"]
            for method, path, body in (
                ("POST", "/v1/invoices", {"order_ids": orders}),
                ("POST", "/v1/invoice-previews", {"order_ids": orders}),
                ("POST", f"/v1/invoices/{mine}/attachments", {"order_ids": orders}),
                (
                    "POST",
                    "/v1/invoice-previews",
                    {"order_ids": [stranger.ids["order_id"]], "invoice_id": owner.ids["invoice_id"]},
                ),
            ):
                answer = await stranger.browser.effect(method, path, body)
                assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), (
                    f"{path}: {answer.text}"
                )
            refused_orders = await stranger.browser.effect(
                "POST", "/v1/orders/bulk-refreshes", {"order_ids": orders}
            )
            assert refused_orders.status_code == 404, refused_orders.text
            given = [{"store_id": owner.ids["store_id"], "invoice_id": owner.ids["invoice_id"]}]
            attached = await stranger.browser.effect(
                "POST", "/v1/invoices/bulk-attachments", {"order_ids": orders, "invoices": given}
            )
            assert [one["status"] for one in attached.json()["results"]] == [404], attached.text
            assert owner.word not in attached.text
            tagged = await stranger.browser.effect(
                "POST", "/v1/orders/bulk-tags", {"order_ids": orders, "add": ["rush"]}
            )
            assert [one["status"] for one in tagged.json()["results"]] == [404], tagged.text
            assert owner.word not in tagged.text
            bulk = await stranger.browser.effect(
                "POST", "/v1/stores/bulk-sharing", {"store_ids": stores, "shared": False}
            )
            assert "not_found" in bulk.text, bulk.text
            assert owner.word not in bulk.text
            tag = (await stranger.browser.get("/v1/sharing")).headers["ETag"]
            chosen = {"mode": "selected", "selected_store_ids": stores}
            refused = await stranger.browser.send("PUT", "/v1/sharing", chosen, headers={"If-Match": tag})
            assert 400 <= refused.status_code < 500, refused.text
            assert await owner.reads() == before

    async def test_find_nothing_of_the_other_by_search_filter_or_cursor(
        self, tenants: tuple[Tenant, Tenant]
    ) -> None:
        for stranger, owner in both_ways(tenants):
            for operation in READS:
                own = {"store_id": stranger.ids["store_id"]} if operation.name == "list_invoices" else {}
                if operation in SEARCHES:
                    found = await stranger.browser.get(operation.path, **{**own, "q": owner.word})
                    assert (found.status_code, found.json()["data"]) == (200, []), operation.name
                if "store_id" in operation.queries:
                    narrowed = await stranger.browser.get(operation.path, store_id=owner.ids["store_id"])
                    assert narrowed.status_code == 404 or narrowed.json()["data"] == [], operation.name
                if "cursor" in operation.queries:
                    page = (
                        await owner.browser.get(operation.at(owner.ids), limit=1, **owner.query_of(operation))
                    ).json()
                    if page["next_cursor"]:
                        taken = await stranger.browser.get(
                            operation.at(stranger.ids), cursor=page["next_cursor"], limit=1, **own
                        )
                        shown = set(UUID_TEXT.findall(taken.text))
                        assert not shown & set(UUID_TEXT.findall(json.dumps(page["data"]))), operation.name
                        assert owner.word not in taken.text, operation.name

    async def test_cannot_enter_the_other(self, tenants: tuple[Tenant, Tenant]) -> None:
        for stranger, owner in both_ways(tenants):
            headers = {"Platen-Workspace": owner.browser.workspace_id, "Idempotency-Key": uuid4().hex}
            shut = [operation for operation in (*READS, *WRITES) if operation.name not in PERSONAL]
            answers = await asyncio.gather(*(
                stranger.browser.http.request(each.method, each.at(owner.ids), json=each.body(), headers=headers) for each in shut
            ))  # fmt: skip
            assert {(each.name, answer.status_code) for each, answer in zip(shut, answers, strict=True)} == {
                (each.name, 404) for each in shut
            }
