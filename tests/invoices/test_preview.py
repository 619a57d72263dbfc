"""The preview (A4): what the invoice will say, to the cent, with nothing written."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.make.linked import CLUB, Office, make_order, office
from tests.make.queries import queries
from tests.make.texts import without_marks
from tests.make.wanted import CHEST, FRONT, custom, tee

__all__ = ["office"]
FIRST = make_order("870001", tee("L", 2), tee("2XL", 1, 2200), shipping=500, tax=512)
SECOND = make_order("870002", tee("YM", 3), tee("M", decorations=(CHEST, FRONT)), custom(), discount=300)


async def preview(office: Office, *numbers: str, invoice_id: str | None = None) -> httpx.Response:
    body: dict[str, Any] = {"order_ids": await office.ids_of(*numbers)}
    if invoice_id:
        body["invoice_id"] = invoice_id
    return await office.browser.send("POST", "/v1/invoice-previews", body)


@pytest.mark.rule("A4")
class TestAPreview:
    async def test_says_what_the_new_invoice_then_says(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        shown = (await preview(office, "870001", "870002")).json()
        made = await office.make("870001", "870002")
        assert without_marks(shown["content"]) == without_marks(made["content"])
        assert shown["store"] == made["store"]
        assert shown["contact_name"] == made["contact_name"]

    async def test_says_what_the_existing_invoice_then_says(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        made = await office.make("870001")
        shown = (await preview(office, "870002", invoice_id=made["id"])).json()
        grown = (await office.attach(made["id"], "870002")).json()
        assert without_marks(shown["content"]) == without_marks(grown["content"])

    async def test_writes_nothing(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        made = await office.make("870001")
        before = await office.contents()
        assert (await preview(office, "870002")).status_code == 200
        assert (await preview(office, "870002", invoice_id=made["id"])).status_code == 200
        assert await office.contents() == before

    async def test_shows_groups_lines_sizes_and_the_proof(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        content = (await preview(office, "870001", "870002")).json()["content"]
        shown = sorted((len(group["imprints"]), group["sizes"]) for group in content["groups"])
        assert shown == [(0, ["size_other"]), (1, ["size_ym", "size_l", "size_2xl"]), (2, ["size_m"])]
        assert content["piece_count"] == 3 + 5
        proof = content["proof"]
        assert proof["lines_amount"] == 4000 + 2200 + 6000 + 2000 + 2500
        assert (proof["fees_amount"], proof["discount_amount"]) == (1012, 300)
        assert proof["invoice_amount"] == proof["payments_amount"] == 17412
        assert (proof["due_amount"], proof["difference"], proof["is_balanced"]) == (0, 0, True)

    async def test_says_that_a_contact_must_be_chosen_first(self, office: Office) -> None:
        await office.open(FIRST)
        await office.change("DELETE FROM store_settings")
        assert (await preview(office, "870001")).json()["contact_name"] is None

    @pytest.mark.rule("I15")
    async def test_shows_an_order_that_does_not_add_up_instead_of_refusing(self, office: Office) -> None:
        await office.open(make_order("870009", residual=700), make_order("870010", residual=-700))
        shown = (await preview(office, "870009", "870010")).json()
        assert shown["is_sendable"] is False
        assert shown["content"]["proof"]["is_balanced"] is True
        assert [
            (f["code"], f["details"]["amount"])
            for f in shown["content"]["findings"]
            if f["code"] != "unknown_method"
        ] == [
            ("does_not_add_up", 700),
            ("does_not_add_up", -700),
        ]

    async def test_lists_what_a_person_should_look_at(self, office: Office) -> None:
        await office.open(make_order("870006", tee("OSFA"), residual=2))
        findings = (await preview(office, "870006")).json()["content"]["findings"]
        assert {finding["code"] for finding in findings} == {"unknown_size", "unknown_method", "rounding"}

    async def test_follows_the_settings(self, office: Office) -> None:
        await office.open(FIRST)
        plain = (await preview(office, "870001")).json()["content"]
        settings = await office.browser.get("/v1/storefront-settings/inksoft")
        change = {
            "order_number_prefix": "W-", "record_payments": False, "size_map": {"2XL": "size_3xl"},
            "method_map": {"Screen Print": "11802"}, "nickname_pattern": "Web {store}",
        }  # fmt: skip
        changed = await office.browser.send(
            "PATCH", "/v1/storefront-settings/inksoft", change, headers={"If-Match": settings.headers["ETag"]}
        )
        assert changed.status_code == 200, changed.text
        content = (await preview(office, "870001")).json()["content"]
        assert content["nickname"] == "Web Lincoln High"
        assert content["payment_amount"] == 0 < plain["payment_amount"]
        assert "size_3xl" in content["groups"][0]["sizes"]
        assert content["groups"][0]["imprints"][0]["type_of_work_id"] == "11802"
        assert "W-870001" in content["fees"][0]["description"]

    async def test_of_fifty_orders_asks_no_more_than_of_one(self, office: Office) -> None:
        many = [make_order(str(870100 + n)) for n in range(50)]
        await office.open(*many)
        ids = await office.ids_of(*(order.number for order in many))
        with queries(office.app, 8) as of_one:
            await office.browser.send("POST", "/v1/invoice-previews", {"order_ids": ids[:1]})
        with queries(office.app, len(of_one)):
            answer = await office.browser.send("POST", "/v1/invoice-previews", {"order_ids": ids})
        assert answer.json()["content"]["order_count"] == 50


class TestAPreviewIsRefused:
    @pytest.mark.rule("A2")
    async def test_for_an_order_that_is_attached(self, office: Office) -> None:
        await office.open(FIRST)
        made = await office.make("870001")
        answer = await preview(office, "870001")
        assert (answer.status_code, answer.json()["code"]) == (409, "order_already_attached")
        assert answer.json()["orders"][0]["invoice_id"] == made["id"]

    @pytest.mark.rule("A3")
    async def test_for_two_stores(self, office: Office) -> None:
        await office.open(FIRST, make_order("990001", store=CLUB))
        made = await office.make("870001")
        assert (await preview(office, "990001", invoice_id=made["id"])).json()["code"] == "different_store"

    @pytest.mark.rule("F3")
    async def test_for_an_order_that_is_not_shared(self, office: Office) -> None:
        await office.open(FIRST)
        await office.share("none")
        assert (await preview(office, "870001")).json()["code"] == "order_not_shared"

    async def test_for_a_closed_invoice_and_one_that_is_not_there(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        made = await office.make("870001")
        await office.change("UPDATE invoice SET closed = true")
        assert (await preview(office, "870002", invoice_id=made["id"])).json()["code"] == "invoice_closed"
        assert (await preview(office, "870002", invoice_id=str(uuid4()))).status_code == 404
