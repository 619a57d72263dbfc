"""How the InkSoft sandbox answers: formats, envelopes, keys, plans, paths."""

import time
from typing import Any

import pytest

from tests.sandbox.inksoft_shop import KEYS, Shop


class TestTheFormatOfAnAnswer:
    def test_is_json_in_pascal_case_when_asked_for(self, shop: Shop) -> None:
        envelope = shop.envelope("GetStoreData")
        assert list(envelope) == ["OK", "StatusCode", "Data", "Pagination", "Messages"]
        assert envelope["Data"]["PublisherId"] == 41001
        assert envelope["Data"]["IsMainStore"] is True

    def test_is_camel_case_all_the_way_down_when_asked_for(self, shop: Shop) -> None:
        answer = shop.call("GetOrderPackage", Format="JSONCamelCase", OrderIds=[shop.shape("one_piece")])
        order = answer.json()["data"]
        assert order["id"] == shop.shape("one_piece")
        assert order["shippingAddress"]["postCode"]
        assert order["items"][0]["orderRetailItemSizeId"] > 0

    def test_is_xml_when_nobody_asks(self, shop: Shop) -> None:
        answer = shop.http.get(f"/northside_main/Api2/GetStoreData?ApiKey={KEYS['northside']}")
        assert answer.headers["content-type"].startswith("text/xml")
        assert "<StoreUri>northside_main</StoreUri>" in answer.text

    def test_follows_parameter_names_in_any_case(self, shop: Shop) -> None:
        answer = shop.http.get(f"/NORTHSIDE_MAIN/api2/getstoredata?APIKEY={KEYS['northside']}&format=json")
        assert answer.json()["Data"]["StoreUri"] == "northside_main"


class TestAFailure:
    def test_carries_the_envelope_and_the_status(self, shop: Shop) -> None:
        answer = shop.call("GetOrderPackage", OrderIds=[1])
        assert answer.status_code == 404
        message = {"Content": "Order not found", "Title": None, "Severity": "Error"}
        assert answer.json() == {
            "OK": False, "StatusCode": "NotFound", "Data": False, "Pagination": None, "Messages": [message],
        }  # fmt: skip

    def test_may_come_with_200(self, shop: Shop) -> None:
        shop.switch(errors_at_200=True)
        answer = shop.call("GetOrderPackage", OrderIds=[1])
        assert answer.status_code == 200
        assert answer.json()["OK"] is False

    @pytest.mark.parametrize("path", ["/nowhere/Api2/GetStoreData", "/northside_main/Api2/GetEverything"])
    def test_of_an_unknown_path_is_an_envelope_or_a_page(self, shop: Shop, path: str) -> None:
        answer = shop.http.get(path, params={"Format": "JSON", "ApiKey": KEYS["northside"]})
        assert (answer.status_code, answer.json()["StatusCode"]) == (404, "NotFound")
        shop.switch(unknown_path="html")
        answer = shop.http.get(path, params={"Format": "JSON", "ApiKey": KEYS["northside"]})
        assert answer.status_code == 404
        assert answer.text.startswith("<!DOCTYPE html>")

    @pytest.mark.parametrize("spelling", ["Severity", "Serverity", "severity"])
    def test_spells_its_severity_as_switched(self, shop: Shop, spelling: str) -> None:
        shop.switch(severity_key=spelling)
        assert spelling in shop.envelope("GetOrderPackage", OrderIds=[1])["Messages"][0]


class TestAKey:
    def test_counts_in_the_query_and_in_the_body(self, shop: Shop) -> None:
        assert shop.data("GetStoreData")["StoreId"] == shop.data("GetStoreData", post=True)["StoreId"]

    def test_opens_every_store_of_its_account_and_no_other(self, shop: Shop) -> None:
        assert shop.call("GetOrderSummaries", store="shapes_test_shop").status_code == 200
        assert shop.call("GetOrderSummaries", store="harbor_main").status_code == 400

    @pytest.mark.parametrize(("form", "status"), [("400", 400), ("401", 401), ("200_not_ok", 200)])
    @pytest.mark.parametrize("key", [None, "WRONG", KEYS["harbor"]])
    def test_that_is_wrong_is_refused_in_three_forms(
        self, shop: Shop, form: str, status: int, key: str | None
    ) -> None:
        shop.switch(bad_key=form)
        answer = shop.call("GetOrderSummaries", key=key)
        assert answer.status_code == status
        assert answer.json()["OK"] is False
        assert answer.json()["Messages"][0]["Content"] == "API key is not valid"

    def test_stops_counting_when_revoked_and_counts_again_when_restored(self, shop: Shop) -> None:
        shop.act("revoke_key", account="northside")
        assert shop.call("GetStoreData").status_code == 400
        shop.act("restore_key", account="northside")
        assert shop.call("GetStoreData").status_code == 200

    def test_may_be_replaced(self, shop: Shop) -> None:
        shop.act("replace_key", account="northside", api_key="ANOTHER-DEMO-KEY")
        assert shop.call("GetStoreData").status_code == 400
        assert shop.call("GetStoreData", key="ANOTHER-DEMO-KEY").status_code == 200

    def test_in_a_header_counts_only_when_switched_on(self, shop: Shop) -> None:
        def ask() -> int:
            headers = {"x-api-key": KEYS["northside"]}
            return shop.http.get(
                "/northside_main/Api2/GetOrderSummaries?Format=JSON", headers=headers
            ).status_code

        assert ask() == 400
        shop.switch(key_header=True)
        assert ask() == 200


@pytest.mark.rule("L2")
class TestALowerPlan:
    FORMS = (("envelope_400", 400), ("ok_false_200", 200), ("html_403", 403))

    @pytest.mark.parametrize(("form", "status"), FORMS)
    @pytest.mark.parametrize("method", ["GetStoreData", "GetOrderSummaries", "GetOrder", "GetProduct"])
    def test_is_refused_in_three_forms_that_name_the_plan(
        self, shop: Shop, form: str, status: int, method: str
    ) -> None:
        shop.switch(plan_refusal=form)
        answer = shop.call(method, store="smalltown_main", key=KEYS["smalltown"])
        assert answer.status_code == status
        assert "requires InkSoft Unlimited" in answer.text

    def test_may_look_like_a_bad_key(self, shop: Shop) -> None:
        shop.switch(plan_refusal="like_bad_key")
        answer = shop.call("GetStoreData", store="smalltown_main", key=KEYS["smalltown"])
        assert answer.json()["Messages"][0]["Content"] == "API key is not valid"

    def test_comes_and_goes_with_the_plan(self, shop: Shop) -> None:
        shop.act("downgrade_plan", account="northside")
        assert "Unlimited" in shop.call("GetStoreData").text
        shop.act("upgrade_plan", account="northside")
        assert shop.call("GetStoreData").status_code == 200


class TestASession:
    def sign_in(self, shop: Shop, password: str) -> dict[str, Any]:
        return shop.envelope(
            "SignIn", key=None, post=True, Email="owner@northside.example", Password=password
        )

    def token(self, shop: Shop) -> str:
        return str(self.sign_in(shop, "northside-ink")["Data"]["Token"])

    def test_opens_the_lists_in_place_of_a_key(self, shop: Shop) -> None:
        token = self.token(shop)
        assert shop.data("GetSession", key=None, SessionToken=token)["Email"] == "owner@northside.example"
        assert shop.data("GetOrderSummaries", key=None, SessionToken=token)

    @pytest.mark.rule("L4")
    def test_refuses_a_wrong_password_and_an_unknown_person_alike(self, shop: Shop) -> None:
        wrong = self.sign_in(shop, "guess")
        unknown = shop.envelope("SignIn", key=None, post=True, Email="nobody@x.example", Password="guess")
        assert wrong == unknown
        assert wrong["OK"] is False

    def test_ends_when_its_life_is_over(self, shop: Shop) -> None:
        token = self.token(shop)
        assert shop.call("GetOrderSummaries", key=None, SessionToken=token).status_code == 200
        shop.switch(token_life_hours=0.0001)  # 3.6 ms at this time scale
        time.sleep(0.01)
        assert shop.call("GetOrderSummaries", key=None, SessionToken=token).status_code == 400

    def test_ends_when_revoked(self, shop: Shop) -> None:
        token = self.token(shop)
        assert shop.act("revoke_sessions", account="northside")["sessions_ended"] == 1
        assert shop.call("GetSession", key=None, SessionToken=token).status_code == 400

    def test_of_one_account_is_nothing_to_another(self, shop: Shop) -> None:
        token = self.token(shop)
        assert (
            shop.call("GetOrderSummaries", store="harbor_main", key=None, SessionToken=token).status_code
            == 400
        )

    def test_never_leaves_its_token_or_a_password_in_the_ledger(self, shop: Shop) -> None:
        token = self.token(shop)
        written = str(shop.ledger())
        assert token not in written
        assert "northside-ink" not in written

    def test_of_a_shopper_opens_no_lists(self, shop: Shop) -> None:
        answer = shop.data("GetOrCreateSessionWithApiKey", post=True, Email="kim@shopper.example")
        assert shop.call("GetOrderSummaries", key=None, SessionToken=answer["Token"]).status_code == 400


class TestTheLimiter:
    def test_turns_away_one_call_too_many_and_forgets_after_its_window(self, shop: Shop) -> None:
        shop.switch(limit_calls=3, limit_seconds=1200.0, limit_retry_after=True)  # a minute, scaled by 0.05
        answers = [shop.call("GetStoreData") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert int(answers[-1].headers["retry-after"]) > 0
        assert shop.call("GetStoreData", store="harbor_main", key=KEYS["harbor"]).status_code == 200
        assert shop.state("totals")["calls_limited"] >= 1
        shop.switch(limit_seconds=0.01)
        assert shop.call("GetStoreData").status_code == 200

    def test_may_answer_503(self, shop: Shop) -> None:
        shop.switch(limit_calls=1, limit_seconds=1200.0, limit_answer="503")
        assert [shop.call("GetStoreData").status_code for _ in range(2)] == [200, 503]

    def test_leaves_counted_calls_behind(self, shop: Shop) -> None:
        shop.http.delete("/_control/calls")
        shop.call("GetStoreData")
        shop.call("getorderSUMMARIES")
        assert shop.http.get("/_control/calls").json() == {"GetStoreData": 1, "GetOrderSummaries": 1}
