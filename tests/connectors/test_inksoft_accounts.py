"""Whose credentials these are: sign-in, verification, plans and stores, against the sandbox over HTTP."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from api.connectors.inksoft.adapter import InkSoft
from api.connectors.pacing import Unpaced
from api.connectors.store_platform import PlatformAccount, PlatformCredentials, PlatformStore
from api.connectors.vendor_errors import LinkBroken, Refused, VendorError
from api.core.http import HttpDoor
from tests.connectors.inksoft_desk import HARBOR, MAPLE, NORTHSIDE, SMALLTOWN, InkSoftDesk
from tests.sandbox.conftest import launch


async def failure(call: Awaitable[object]) -> VendorError:
    with pytest.raises(VendorError) as caught:
        await call
    return caught.value


class TestVerifying:
    @pytest.mark.rule("L1", "L8")
    @pytest.mark.parametrize(
        ("credentials", "account"),
        [
            (NORTHSIDE, ("41001", "Northside Print Co", "northside_main", "unlimited", "USD")),
            (HARBOR, ("41002", "Harbor Stitch", "harbor_main", "unlimited", "USD")),
            (MAPLE, ("41004", "Maple Leaf Prints", "maple_main", "unlimited", "CAD")),
        ],
    )
    async def test_names_the_account_and_its_currency(
        self, inksoft: InkSoftDesk, credentials: PlatformCredentials, account: tuple[str, str, str, str, str]
    ) -> None:
        assert await inksoft.platform.verify(credentials) == PlatformAccount(
            *account, utc_offset=timedelta(0)
        )
        assert inksoft.calls() == {"GetStoreData": 1, "GetOrderSummaries": 3, "GetOrderPackage": 1}

    @pytest.mark.rule("L8")
    async def test_knows_no_currency_before_there_is_an_order(self, tmp_path: Path) -> None:
        sandbox = launch("inksoft", tmp_path, seed="empty")
        try:
            async with HttpDoor(sandbox.url) as door:
                account = await InkSoft(door, Unpaced()).verify(NORTHSIDE)
        finally:
            sandbox.stop()
        assert (account.external_id, account.currency) == ("41001", None)

    @pytest.mark.rule("Y4")
    @pytest.mark.parametrize("hours", [-12.0, -7.0, -3.5, 0.0, 5.75, 14.0])
    @pytest.mark.parametrize(
        "filters",
        [{}, {"utc_offset_hours": "javascript"}, {"range_offsets": "ignored"}],
        ids=["usual", "sign", "ignored"],
    )
    async def test_measures_how_far_its_clock_is_from_utc(
        self, inksoft: InkSoftDesk, hours: float, filters: dict[str, str]
    ) -> None:
        inksoft.switch(server_utc_offset_hours=hours, **filters)
        account = await inksoft.platform.verify(NORTHSIDE)
        assert account.utc_offset == timedelta(hours=hours)
        assert inksoft.calls()["GetOrderSummaries"] <= 10
        # Known once, it is not asked for again.
        known = replace(NORTHSIDE, utc_offset=timedelta(hours=1))
        assert (await inksoft.platform.verify(known)).utc_offset == timedelta(hours=1)

    @pytest.mark.rule("Y4")
    async def test_takes_dates_with_an_offset_at_their_word(self, inksoft: InkSoftDesk) -> None:
        inksoft.switch(server_utc_offset_hours=-7.0, dates="with_offset")
        assert (await inksoft.platform.verify(NORTHSIDE)).utc_offset == timedelta(0)

    async def test_knows_the_currency_when_packages_say_little(self, inksoft: InkSoftDesk) -> None:
        inksoft.switch(package_fields="thin")
        assert (await inksoft.platform.verify(MAPLE)).currency == "CAD"

    @pytest.mark.rule("L4", "L6")
    @pytest.mark.parametrize("form", ["400", "401", "200_not_ok"])
    @pytest.mark.parametrize("key", ["wrong", "", HARBOR.api_key, "ключ&Format=XML"])
    async def test_with_a_bad_key_breaks_the_link(self, inksoft: InkSoftDesk, form: str, key: str) -> None:
        inksoft.switch(bad_key=form)
        error = await failure(inksoft.platform.verify(PlatformCredentials("northside_main", key)))
        assert isinstance(error, LinkBroken)
        assert error.reason == "credentials"

    @pytest.mark.rule("L6")
    async def test_does_not_trust_store_data_that_anybody_can_read(self, inksoft: InkSoftDesk) -> None:
        inksoft.switch(store_data_public=True)
        assert isinstance(
            await failure(inksoft.platform.verify(PlatformCredentials("northside_main", "wrong"))), LinkBroken
        )

    @pytest.mark.rule("L6")
    async def test_follows_a_key_that_is_revoked_and_restored(self, inksoft: InkSoftDesk) -> None:
        inksoft.act("revoke_key", account="northside")
        assert isinstance(await failure(inksoft.platform.verify(NORTHSIDE)), LinkBroken)
        inksoft.act("restore_key", account="northside")
        assert (await inksoft.platform.verify(NORTHSIDE)).external_id == "41001"

    @pytest.mark.rule("L2")
    @pytest.mark.parametrize(
        ("form", "reason"),
        [
            ("envelope_400", "plan"),
            ("ok_false_200", "plan"),
            ("html_403", "plan"),
            ("like_bad_key", "credentials"),  # nothing in it speaks of a plan
        ],
    )
    async def test_on_a_lower_plan_blames_the_plan_where_it_can_be_known(
        self, inksoft: InkSoftDesk, form: str, reason: str
    ) -> None:
        inksoft.switch(plan_refusal=form)
        error = await failure(inksoft.platform.verify(SMALLTOWN))
        assert isinstance(error, LinkBroken)
        assert (error.reason, error.applied) == (reason, "no")

    @pytest.mark.rule("L6")
    async def test_sees_a_downgrade_and_the_return(self, inksoft: InkSoftDesk) -> None:
        inksoft.act("downgrade_plan", account="northside")
        error = await failure(inksoft.platform.verify(NORTHSIDE))
        assert isinstance(error, LinkBroken)
        assert error.reason == "plan"
        inksoft.act("upgrade_plan", account="northside")
        assert (await inksoft.platform.verify(NORTHSIDE)).plan == "unlimited"

    async def test_from_a_side_store_says_that_it_is_not_the_main_one(self, inksoft: InkSoftDesk) -> None:
        stores = inksoft.sandbox.control.get("state/stores", params={"account": "northside"}).json()
        uri = next(store["uri"] for store in stores if store["uri"] and not store["is_main"])
        account = await inksoft.platform.verify(PlatformCredentials(uri, NORTHSIDE.api_key))
        assert (account.external_id, account.is_main_store) == ("41001", False)


class TestSigningIn:
    @pytest.mark.rule("L1")
    async def test_gives_a_token_that_reads_like_a_key(self, inksoft: InkSoftDesk) -> None:
        credentials = await inksoft.platform.sign_in(
            store_uri="northside_main", email="owner@northside.example", password="northside-ink"
        )
        assert credentials.api_key is None
        assert credentials.session_token
        assert await inksoft.platform.verify(credentials) == await inksoft.platform.verify(NORTHSIDE)

    @pytest.mark.rule("L4")
    async def test_reads_the_same_for_wrong_password_unknown_person_and_unknown_store(
        self, inksoft: InkSoftDesk
    ) -> None:
        attempts = [
            ("northside_main", "owner@northside.example", "wrong"),
            ("northside_main", "nobody@northside.example", "northside-ink"),
            ("northside_main", "owner@harbor.example", "harbor-ink"),
            ("nowhere_main", "owner@northside.example", "northside-ink"),
        ]
        errors = [
            await failure(inksoft.platform.sign_in(store_uri=uri, email=email, password=password))
            for uri, email, password in attempts
        ]
        assert {(type(error), str(error)) for error in errors} == {
            (LinkBroken, "inksoft: the credentials were not accepted")
        }

    @pytest.mark.rule("L6")
    async def test_lasts_until_the_token_expires(self, inksoft: InkSoftDesk) -> None:
        inksoft.switch(token_life_hours=0.01)  # 0.36 s on this sandbox's clock
        credentials = await inksoft.platform.sign_in(
            store_uri="northside_main", email="owner@northside.example", password="northside-ink"
        )
        await asyncio.sleep(0.5)
        error = await failure(inksoft.platform.verify(credentials))
        assert isinstance(error, LinkBroken)
        assert error.reason == "credentials"


class TestAStore:
    @pytest.mark.rule("S5")
    async def test_is_found_by_its_address(self, inksoft: InkSoftDesk) -> None:
        known = next(
            store
            for store in inksoft.sandbox.control.get("state/stores", params={"account": "northside"}).json()
            if store["name"] == "Quiet Valley Spirit Shop"
        )
        found = await inksoft.platform.get_store(NORTHSIDE, store_uri=known["uri"])
        assert found == PlatformStore(str(known["store_id"]), "41001", known["name"], known["uri"])

    @pytest.mark.rule("S5")
    @pytest.mark.parametrize("form", ["envelope", "html"])
    async def test_that_does_not_exist_is_refused(self, inksoft: InkSoftDesk, form: str) -> None:
        inksoft.switch(unknown_path=form)
        error = await failure(inksoft.platform.get_store(NORTHSIDE, store_uri="nowhere"))
        assert (type(error), error.applied) == (Refused, "no")

    @pytest.mark.rule("S5")
    async def test_of_another_account_does_not_open_with_this_key(self, inksoft: InkSoftDesk) -> None:
        assert isinstance(
            await failure(inksoft.platform.get_store(NORTHSIDE, store_uri="harbor_main")), LinkBroken
        )

    @pytest.mark.parametrize(
        "address",
        [
            "",
            "..",
            "a/b",
            "a%2Fb",
            "http://evil.example",
            "//evil.example",
            "a?b",
            "a b",
            "é",
            "a\n",
            "x" * 101,
        ],
    )
    async def test_address_that_is_no_path_segment_is_never_asked_for(
        self, inksoft: InkSoftDesk, address: str
    ) -> None:
        assert isinstance(await failure(inksoft.platform.get_store(NORTHSIDE, store_uri=address)), Refused)
        assert isinstance(
            await failure(inksoft.platform.verify(PlatformCredentials(address, "key"))), Refused
        )
        assert inksoft.calls() == {}
