"""Signing in to Printavo, whose account it is, and the shop's own choices. Against the sandbox over HTTP."""

from dataclasses import replace
from typing import Literal

import pytest

from api.connectors.ports import PrintShop
from api.connectors.print_shop import ContactDraft, ContactPage, ShopCredentials
from api.connectors.vendor_errors import LinkBroken
from tests.connectors.printavo_desk import HARBOR, NORTHSIDE, SMALLTOWN, PrintavoDesk


class TestSigningIn:
    @pytest.mark.rule("L1")
    async def test_exchanges_a_password_for_a_token_that_works(self, printavo: PrintavoDesk) -> None:
        keys = await printavo.shop.sign_in(email=NORTHSIDE.email, password="northside-print")
        assert keys.token != NORTHSIDE.token
        account = await printavo.shop.verify(keys)
        assert account.account_name == "Northside Print Co"

    @pytest.mark.rule("L4")
    async def test_reads_a_wrong_password_like_an_unknown_account(self, printavo: PrintavoDesk) -> None:
        said = []
        for form in ("http_401", "http_403", "graphql"):
            printavo.switch(auth_failure=form)
            for email in (NORTHSIDE.email, "nobody@nowhere.example"):
                with pytest.raises(LinkBroken) as caught:
                    await printavo.shop.sign_in(email=email, password="wr0ng-horse")
                said.append((caught.value.reason, str(caught.value)))
        assert len(set(said)) == 1
        assert said[0][0] == "credentials"
        assert "wr0ng-horse" not in said[0][1]

    @pytest.mark.rule("L2")
    @pytest.mark.parametrize("form", ["http_403", "graphql"])
    async def test_says_when_the_plan_lacks_the_api(self, printavo: PrintavoDesk, form: str) -> None:
        printavo.switch(plan_refusal=form)
        with pytest.raises(LinkBroken) as caught:
            await printavo.shop.sign_in(email=SMALLTOWN.email, password="smalltown-print")
        assert caught.value.reason == "plan"

    def test_is_part_of_a_whole_print_shop(self, printavo: PrintavoDesk) -> None:
        """The type checker compares every method with the port's."""
        shop: PrintShop = printavo.shop
        assert shop is printavo.shop


class TestVerifying:
    @pytest.mark.rule("L1")
    @pytest.mark.parametrize(
        ("keys", "name", "zone"),
        [(NORTHSIDE, "Northside Print Co", "America/Chicago"), (HARBOR, "Harbor Stitch", "America/New_York")],
    )
    @pytest.mark.parametrize("form", ["iana", "rails"])
    async def test_names_the_account(
        self, printavo: PrintavoDesk, keys: ShopCredentials, name: str, zone: str, form: str
    ) -> None:
        printavo.switch(time_zone_form=form)
        account = await printavo.shop.verify(keys)
        assert (account.account_name, account.currency, account.plan) == (name, "USD", "premium")
        assert (account.time_zone, account.user_email) == (zone, keys.email)

    @pytest.mark.rule("L2")
    @pytest.mark.parametrize(
        ("form", "reason"), [("http_403", "plan"), ("graphql", "plan"), ("as_auth_failure", "credentials")]
    )
    async def test_says_when_the_plan_lacks_the_api(
        self, printavo: PrintavoDesk, form: str, reason: str
    ) -> None:
        printavo.switch(plan_refusal=form)
        with pytest.raises(LinkBroken) as caught:
            await printavo.shop.verify(SMALLTOWN)
        assert (caught.value.reason, caught.value.applied) == (reason, "no")

    @pytest.mark.rule("L6")
    @pytest.mark.parametrize("form", ["http_401", "http_403", "graphql"])
    async def test_says_when_the_token_was_revoked(self, printavo: PrintavoDesk, form: str) -> None:
        printavo.switch(auth_failure=form)
        printavo.act("revoke_token", email=NORTHSIDE.email)
        with pytest.raises(LinkBroken) as caught:
            await printavo.shop.verify(NORTHSIDE)
        assert caught.value.reason == "credentials"
        assert NORTHSIDE.token not in repr(caught.value)

    @pytest.mark.parametrize("token", ["tökén", "two\nlines", "nul\0"])
    async def test_sends_no_token_that_is_no_header(self, printavo: PrintavoDesk, token: str) -> None:
        printavo.requests()
        with pytest.raises(LinkBroken):
            await printavo.shop.verify(replace(NORTHSIDE, token=token))
        assert printavo.requests() == 0


class TestTheShopsChoices:
    async def test_hold_every_status_though_a_page_has_25(self, printavo: PrintavoDesk) -> None:
        known = printavo.account()["statuses"]
        assert len(known) > 25
        found = await printavo.shop.list_statuses(NORTHSIDE)
        assert [status.position for status in found] == sorted(status.position for status in found)
        assert {(status.id, status.name, status.kind.upper()) for status in found} == {
            (entry["id"], entry["name"], entry["type"]) for entry in known
        }

    @pytest.mark.parametrize("kind", ["quote", "invoice"])
    async def test_hold_the_statuses_of_one_kind_in_one_call(
        self, printavo: PrintavoDesk, kind: Literal["quote", "invoice"]
    ) -> None:
        every = await printavo.shop.list_statuses(NORTHSIDE)
        printavo.requests()
        found = await printavo.shop.list_statuses(NORTHSIDE, kind=kind)
        assert printavo.requests() == 1
        assert found == [status for status in every if status.kind == kind]

    async def test_hold_the_types_of_work(self, printavo: PrintavoDesk) -> None:
        found = await printavo.shop.list_types_of_work(NORTHSIDE)
        known = {entry["name"] for entry in printavo.account()["types_of_work"]}
        assert {"Screen Printing", "Embroidery"} <= {work.name for work in found} <= known

    async def test_find_contacts_by_text(self, printavo: PrintavoDesk) -> None:
        wanted = printavo.account()["contacts"][0]
        found = await printavo.shop.list_contacts(NORTHSIDE, query=wanted["company_name"])
        assert any(contact.company_name == wanted["company_name"] for contact in found.contacts)
        nobody = await printavo.shop.list_contacts(NORTHSIDE, query="zzz nobody zzz")
        assert nobody == ContactPage(contacts=(), after=None)

    async def test_grow_by_a_contact(self, printavo: PrintavoDesk) -> None:
        draft = ContactDraft(
            company_name="Falcons Club", first_name="Ada", last_name="Moss", email="ada@falcons.example"
        )
        made = await printavo.shop.create_contact(NORTHSIDE, draft)
        assert (made.full_name, made.email, made.company_name) == (
            "Ada Moss",
            "ada@falcons.example",
            "Falcons Club",
        )
        found = await printavo.shop.list_contacts(NORTHSIDE, query="Falcons Club")
        assert made in found.contacts
