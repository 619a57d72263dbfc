"""The InkSoft sandbox as a desk of the tests: the port over real HTTP, and the hands of a person at the vendor."""

from dataclasses import dataclass, field, replace
from typing import Any

from api.connectors.inksoft.adapter import InkSoft
from api.connectors.store_platform import OrderSnapshot, OrderSummary, PlatformCredentials, SummaryQuery
from tests.sandbox.conftest import RunningSandbox

NORTHSIDE = PlatformCredentials("northside_main", "DEMO-NORTHSIDE-INKSOFT-KEY")
HARBOR = PlatformCredentials("harbor_main", "DEMO-HARBOR-INKSOFT-KEY")
SMALLTOWN = PlatformCredentials("smalltown_main", "DEMO-SMALLTOWN-INKSOFT-KEY")
MAPLE = PlatformCredentials("maple_main", "DEMO-MAPLE-INKSOFT-KEY")

Facts = dict[str, Any]


@dataclass(slots=True)
class InkSoftDesk:
    """`platform` is what is tested; everything else acts on or looks at the sandbox itself."""

    platform: InkSoft
    sandbox: RunningSandbox
    credentials: PlatformCredentials = field(default=NORTHSIDE)

    def act(self, verb: str, **arguments: object) -> Facts:
        return self.sandbox.act(verb, **arguments)

    def switch(self, **values: object) -> None:
        self.sandbox.switch(**values)

    def fault(self, kind: str, method: str, *, times: int = 1, **params: object) -> None:
        wanted = {"kind": kind, "match": {"method": method}, "times": times, "params": params}
        answer = self.sandbox.control.post("faults", json=wanted)
        assert answer.status_code == 200, answer.text

    def shape(self, name: str) -> tuple[str, str | None]:
        """(external id, e-mail) of the first order of this shape."""
        number = self.sandbox.control.get("state/shapes").json()[name][0]["order"]
        facts = self.facts(number)
        return str(number), facts["email"] or None

    def shape_of_twin(self) -> tuple[str, str | None]:
        """One of the two orders whose number is used in two stores."""
        twin = self.sandbox.control.get("state/shapes").json()["same_number_in_two_stores"][0]
        return str(twin["order"]), self.facts(twin["order"], store=twin["store_id"])["email"]

    def facts(self, number: str | int, **where: str | int) -> Facts:
        """What the sandbox itself knows of an order."""
        answer = self.sandbox.control.get(f"state/orders/{number}", params={"account": "northside", **where})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def all_facts(self, account: str = "northside") -> list[Facts]:
        return list(self.sandbox.control.get("state/orders", params={"account": account}).json())

    def calls(self) -> dict[str, int]:
        """Calls by method since the last time this was asked."""
        counted: dict[str, int] = self.sandbox.control.get("calls").json()
        self.sandbox.control.delete("calls")
        return counted

    async def walk(self, query: SummaryQuery | None = None) -> list[OrderSummary]:
        """Every row of the list, page after page."""
        rows: list[OrderSummary] = []
        following: int | None = 0
        while following is not None:
            page = await self.platform.list_summaries(
                self.credentials, replace(query or SummaryQuery(), offset=following)
            )
            rows += page.rows
            following = page.next_offset
        return rows

    async def read(self, *shapes: str) -> list[OrderSnapshot]:
        """The orders of these shapes, in one call of the port."""
        return await self.platform.get_orders(self.credentials, [self.shape(name) for name in shapes])

    async def read_one(self, shape: str) -> OrderSnapshot:
        (order,) = await self.read(shape)
        return order
