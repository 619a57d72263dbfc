"""What is assumed about Printavo, point by point. Reads only, less than twenty calls."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from zoneinfo import available_timezones

from api.connectors.print_shop import ShopCredentials
from api.connectors.printavo.adapter import Printavo
from api.connectors.vendor_errors import LinkBroken
from api.vendor_checks.asking import NO_KEY, PrintavoDesk
from api.vendor_checks.points import Check, Seen

COMPLEXITY: Final = 25_000
_TOO_MUCH: Final = re.compile(r"complexity of (\d+).*max complexity of (\d+)")
_HEAVY: Final = """
query Heavy {
  orders(first: 25) { nodes { ... on Invoice { lineItemGroups(first: 25) { nodes { lineItems(first: 25) { nodes { id } }
    imprints(first: 25) { nodes { id } } } } } ... on Quote { lineItemGroups(first: 25) { nodes {
    lineItems(first: 25) { nodes { id price } } imprints(first: 25) { nodes { id } } } } } } }
}
"""
_PLAN: Final = "query Plan { account { features { key } } user { timeZone } }"
_WIDE_ORDERS: Final = "query Wide { orders(first: 26) { nodes { __typename } } }"
_WIDE_STATUSES: Final = "query Wide { statuses(first: 26) { totalNodes nodes { id type } } }"
_STATUSES: Final = "query Statuses { statuses(first: 25) { totalNodes nodes { id type } } }"
_TAGGED: Final = 'query Tagged { orders(first: 5, tags: ["PLATEN-NO-SUCH-TAG"]) { nodes { __typename } } }'
_FIRST_CONTACT: Final = "query First { contacts(first: 1, primaryOnly: true) { nodes { id fullName } } }"
_MERCH: Final = "query Merch { merchStores(first: 1) { totalNodes nodes { id } } }"
_NO_MOVE: Final = (
    "the quote of the check is never moved to another status, since that may send mails of yours"
)
_MONEY: Final = (
    "query Money { quotes(first: 10) { nodes { total } } invoices(first: 10) { nodes { total } } }"
)


@dataclass(frozen=True, slots=True)
class PrintavoChecks:
    """The checks of one account."""

    desk: PrintavoDesk
    adapter: Printavo

    def all(self) -> tuple[Check, ...]:
        return (
            Check("bad_token", "A wrong token is recognised as one.", self.bad_token),
            Check("plan", "No field names the plan.", self.plan),
            Check("time_zone", "The time zone is written as an IANA name.", self.time_zone),
            Check("statuses", "There are statuses for quotes and for invoices.", self.statuses),
            Check("contacts", "A contact is found by its name.", self.contacts),
            Check("tags", "Orders are found by exactly their tag.", self.tags),
            Check("order_pages", "A page of more than 25 orders is refused.", self.order_pages),
            Check("other_pages", "A page of more than 25 of anything else is cut to 25.", self.other_pages),
            Check("complexity", f"What costs more than {COMPLEXITY} points is refused.", self.complexity),
            Check("money", "Amounts come as numbers with binary noise.", self.money),
            Check("limits", "No answer says how many calls are left.", self.limits),
            Check("merch", "Merch stores can be read.", self.merch),
            Check("conversion", "A quote keeps its id when it becomes an invoice.", self.conversion),
            Check("mails", "A change of status sends no mail.", self.mails),
        )

    async def bad_token(self) -> Seen:
        told = await self.desk.ask(_PLAN, token=NO_KEY)
        try:
            await self.adapter.verify(ShopCredentials(email=self.desk.credentials.email, token=NO_KEY))
        except LinkBroken as broken:
            told_so = f"{told.short}{' with errors' if told.errors else ''}"
            return Seen.of(
                broken.reason == "credentials", f"{told_so}, read as a matter of the {broken.reason}"
            )
        return Seen.of(holds=False, seen=f"{told.short}, and the wrong token was accepted")

    async def plan(self) -> Seen:
        told = await self.desk.ask(_PLAN)
        keys = sorted(feature["key"] for feature in told.data["account"]["features"])
        named = [key for key in keys if "plan" in key.lower() or "premium" in key.lower()]
        return Seen.of(not named, f"features: {', '.join(keys) or 'none'}")

    async def time_zone(self) -> Seen:
        zone = str((await self.desk.ask(_PLAN)).data["user"]["timeZone"])
        return Seen.of(zone in available_timezones(), zone)

    async def statuses(self) -> Seen:
        found = (await self.desk.ask(_STATUSES)).data["statuses"]
        kinds = {node["type"] for node in found["nodes"]}
        return Seen.of(
            {"QUOTE", "INVOICE"} <= kinds,
            f"{found['totalNodes']} statuses, of the kinds {', '.join(sorted(kinds))}",
        )

    async def contacts(self) -> Seen:
        nodes = (await self.desk.ask(_FIRST_CONTACT)).data["contacts"]["nodes"]
        if not nodes:
            return Seen.unclear("the account has no contacts yet")
        found = await self.adapter.list_contacts(self.desk.credentials, query=nodes[0]["fullName"])
        return Seen.of(
            nodes[0]["id"] in {one.id for one in found.contacts},
            f"{len(found.contacts)} contacts for the name of one",
        )

    async def tags(self) -> Seen:
        nodes = (await self.desk.ask(_TAGGED)).data["orders"]["nodes"]
        return Seen.of(not nodes, f"{len(nodes)} orders for a tag that none has")

    async def order_pages(self) -> Seen:
        told = await self.desk.ask(_WIDE_ORDERS)
        return Seen.of(bool(told.errors), told.short + (" with an error" if told.errors else ", answered"))

    async def other_pages(self) -> Seen:
        told = await self.desk.ask(_WIDE_STATUSES)
        if told.errors:
            return Seen.of(holds=False, seen="refused")
        found = told.data["statuses"]
        if found["totalNodes"] <= 25:  # noqa: PLR2004 - the page that is asked about
            return Seen.unclear(f"there are only {found['totalNodes']} statuses")
        return Seen.of(len(found["nodes"]) <= 25, f"26 asked for, {len(found['nodes'])} given")  # noqa: PLR2004 - as above

    async def complexity(self) -> Seen:
        told = await self.desk.ask(_HEAVY)
        said = next((found for error in told.errors if (found := _TOO_MUCH.search(error))), None)
        if said is None:
            return Seen.of(holds=False, seen="refused in other words" if told.errors else "answered")
        return Seen.of(
            int(said[2]) == COMPLEXITY, f"a query of {said[1]} points, at most {said[2]} are allowed"
        )

    async def money(self) -> Seen:
        data = (await self.desk.ask(_MONEY)).data
        totals = [
            node["total"] for kind in ("quotes", "invoices") for node in data[kind]["nodes"] if node["total"]
        ]
        if not totals:
            return Seen.unclear("no quote or invoice with an amount")
        noisy = [total for total in totals if _decimals(total) > 2]  # noqa: PLR2004 - cents
        return Seen.of(bool(noisy), f"{len(noisy)} of {len(totals)} totals have more than two decimals")

    async def limits(self) -> Seen:
        """Looks at the answers so far; the limit itself is never provoked on a shop's account."""
        named = sorted(self.desk.headers)
        return Seen.of(not named, f"headers: {', '.join(named)}" if named else "no such header")

    async def merch(self) -> Seen:
        told = await self.desk.ask(_MERCH)
        if told.errors or told.data is None:
            return Seen.of(holds=False, seen=f"{told.short}{' with an error' if told.errors else ''}")
        return Seen.of(holds=True, seen=f"{told.data['merchStores']['totalNodes']} Merch stores")

    async def conversion(self) -> Seen:
        """Nothing to be seen without a quote that becomes an invoice: an existing one is somebody's."""
        return Seen.unclear(f"{_NO_MOVE}: move one of your own in Printavo, and compare its address")

    async def mails(self) -> Seen:
        return Seen.unclear(f"{_NO_MOVE}: look at the automations of Printavo's statuses")


async def look_at_printavo(desk: PrintavoDesk, adapter: Printavo) -> PrintavoChecks:
    """The checks of this account. Raises `VendorError` for broken credentials."""
    await adapter.verify(desk.credentials)
    return PrintavoChecks(desk, adapter)


def _decimals(amount: Any) -> int:
    exponent = Decimal(amount).as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
