"""The clock of a sandbox, which a test may set ahead."""

from datetime import datetime, timedelta

import httpx
import pytest

from tests.sandbox.inksoft_shop import Shop

WEEK = 7 * 86_400


def set_ahead(shop: Shop, seconds: object) -> httpx.Response:
    return shop.http.put("/_control/clock", json={"ahead_seconds": seconds})


class TestTheClock:
    def test_set_ahead_dates_what_happens_then(self, shop: Shop) -> None:
        placed = shop.state(
            f"orders/{shop.act('place_order', store='lincoln_eagles', seed=7)['orders'][0]['order']}"
        )
        assert set_ahead(shop, WEEK).json()["ahead_seconds"] == WEEK
        later = shop.state(
            f"orders/{shop.act('place_order', store='lincoln_eagles', seed=7)['orders'][0]['order']}"
        )
        between = datetime.fromisoformat(later["created_at"]) - datetime.fromisoformat(placed["created_at"])
        assert timedelta(seconds=WEEK) <= between < timedelta(seconds=WEEK + 60)

    @pytest.mark.parametrize("seconds", [WEEK - 1, -1, 10**9, "soon", None])
    def test_never_goes_back_nor_out_of_reach(self, shop: Shop, seconds: object) -> None:
        set_ahead(shop, WEEK)
        assert set_ahead(shop, seconds).status_code == 400
        assert shop.http.get("/_control/clock").json()["ahead_seconds"] == WEEK

    def test_is_the_real_one_again_after_a_reset(self, shop: Shop) -> None:
        set_ahead(shop, WEEK)
        shop.reset()
        assert shop.http.get("/_control/clock").json()["ahead_seconds"] == 0
