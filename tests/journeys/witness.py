"""An independent reader: compares what Platen shows over HTTP with both vendors' own books. It imports nothing of the product.

Standard input: `{service, workspace, cookie, inksoft, printavo, history, looks, chosen}`. `history` is what staff were told when
they attached: `[{"invoice_id", "orders": [{"id", "number", "total_amount", "piece_count", "lines": {row: pieces}}]}]`. `looks` are
the lengths of InkSoft's ledger at which Platen could read it; `chosen` the purchasing statuses that staff set from Platen.
Standard output: what was compared, and every difference. Exit code 1 when there is one.
"""

import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.journeys.ledgers import Act, Story, acts_of, days_of, goods_of, notes_of, stories_of

Json = dict[str, Any]
ACCOUNT = "northside"
# An order by its number and the name of its store.
Named = tuple[str, str]
Wholes = defaultdict[Named, list[Json]]
# Their ids for what shoppers place; what staff place is no store order.
STAFF = "Invoice"


@dataclass
class Witness:
    """`compared` counts what was looked at, by kind; `differences` are sentences."""

    told: Json
    service: httpx.Client
    inksoft: httpx.Client
    printavo: httpx.Client
    compared: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Everything, in the order in which it depends on each other."""
        theirs = [order for order in self._theirs("state/orders") if not order["pending"]]
        stores = {store["store_id"]: store["name"] or "Proposals" for store in self._theirs("state/stores")}
        ours = self._pages("/v1/orders")
        self.orders(theirs, ours, stores)
        self.feed(theirs, ours)
        wholes = self._wholes(theirs, stores)
        self.documents(wholes)
        self.figures()
        self.days(theirs)
        self.invoices(ours)
        self.purchasing(ours, wholes)
        self.reconciliation(theirs)
        self.events(theirs, ours)

    def orders(self, theirs: list[Json], ours: list[Json], stores: dict[int, str]) -> None:
        """Every order once, with its store, money, state and e-mail; no order that the platform does not have."""
        self._same(
            "orders",
            Counter(
                (str(o["order"]), stores[o["store_id"]], o["total_cents"], o["cancelled"], o["email"] or None)
                for o in theirs
            ),
            Counter(
                (o["number"], o["store"]["name"], o["total_amount"], o["status"] == "cancelled", o["email"])
                for o in ours
            ),
        )

    def feed(self, theirs: list[Json], ours: list[Json]) -> None:
        """New = shared, approved, not cancelled, on no invoice; attached = what staff attached; changed = what moved since."""
        names = {order["id"]: order["number"] for order in ours}
        attached = {order["id"]: order for one in self.told["history"] for order in one["orders"]}
        shown = {view: self._pages("/v1/order-feed", view=view) for view in ("new", "attached", "changed")}
        taken = Counter(names.get(id_, id_) for id_ in attached)
        free = Counter(str(o["order"]) for o in theirs if not o["cancelled"] and o["order_type"] != STAFF)
        self._same("new in the feed", free - taken, _numbers(shown["new"]))
        self._same(
            "attached in the feed",
            Counter(attached.keys()),
            Counter(order["id"] for order in shown["attached"]),
        )
        moved = Counter(
            order["number"]
            for order in ours
            if (was := attached.get(order["id"])) and order["total_amount"] != was["total_amount"]
        )
        self._same("changed but not in that view", Counter(), moved - _numbers(shown["changed"]))
        self._same(
            "changed without being attached", Counter(), _numbers(shown["changed"]) - Counter(
                order["number"] for order in attached.values()
            ),
        )  # fmt: skip

    def documents(self, wholes: Wholes) -> None:
        """The ready document of a list, the order by itself, and the platform's own sizes and pieces say the same."""
        shown: defaultdict[Named, Counter[tuple[str, str, int]]] = defaultdict(Counter)
        for listed in self._pages("/v1/order-feed", view="all", include="lines"):
            alone = self._ours(f"/v1/orders/{listed['id']}")
            for name in ("number", "total_amount", "piece_count", "status", "integration_state", "email"):
                self._same(f"document of {listed['number']}, {name}", listed[name], alone[name])
            self._same(f"document of {listed['number']}, lines", _lines(listed), _lines(alone))
            shown[listed["number"], listed["store"]["name"]] += _lines(listed)
        for named, lines in shown.items():
            self._same(f"sizes of {named[0]}", goods_of(wholes[named]), lines)
            pieces = sum(times * quantity for (*_, quantity), times in lines.items())
            self._same(f"pieces of {named[0]}", sum(whole["pieces"] for whole in wholes[named]), pieces)

    def figures(self) -> None:
        """The tiles are what one counts in the feed, in all and by store."""
        new = self._pages("/v1/order-feed", view="new")
        attached = self._pages("/v1/order-feed", view="attached")
        self._same("tiles", _figures(new, attached), _tiles(self._ours("/v1/storefronts")))
        for store in self._pages("/v1/storefronts/inksoft"):
            mine = [[o for o in orders if o["store"]["id"] == store["id"]] for orders in (new, attached)]
            self._same(f"tiles of {store['name']}", _figures(*mine), _tiles(store))

    def days(self, theirs: list[Json]) -> None:
        """Orders per day are those that the platform's books have on the days of the print shop."""
        (account,) = [
            each for each in self._books("accounts") if each["email"].endswith(f"@{ACCOUNT}.example")
        ]
        shown = self._ours("/v1/storefronts", days=90)["orders_per_day"]
        placed = days_of(
            (o for o in theirs if not o["cancelled"] and o["order_type"] != STAFF), account["time_zone"]
        )
        for day in shown:
            self._same(f"orders per day of {day['on']}", placed[day["on"]], day["order_count"])

    def invoices(self, ours: list[Json]) -> None:
        """Each attached order is in the books exactly once, to the cent; no quote was made twice; nobody was mailed."""
        wanted: dict[str, Json] = {}
        for one in self.told["history"]:
            sums = wanted.setdefault(one["invoice_id"], {"total": 0, "pieces": 0, "orders": 0})
            sums["total"] += sum(order["total_amount"] - order["refunded"] for order in one["orders"])
            sums["pieces"] += sum(order["piece_count"] for order in one["orders"])
            sums["orders"] += len(one["orders"])
        records = {}
        for invoice_id, sums in wanted.items():
            shown = self._ours(f"/v1/invoices/{invoice_id}")
            self._same(f"push state of {shown['number']}", "in_printavo", shown["push_state"])
            if shown["external_id"] is None:
                self.differences.append(f"never in the books: {json.dumps(shown)[:600]}")
                continue
            record = self._books(f"state/orders/{shown['external_id']}")
            records[record["id"]] = record
            totals = record["totals"]
            found = {
                "total": totals["total_cents"],
                "pieces": totals["pieces"],
                "orders": shown["order_count"],
            }
            self._same(f"books of {shown['number']}", sums, found)
            self._same(f"kind of {shown['number']}", "invoice", record["kind"])
            self.statuses(shown, record)
        ledger = self._ledger(self.printavo)
        self._same("quotes made", len(records), sum(entry["op"] == "quoteCreate" for entry in ledger))
        self._same(
            "statuses written",
            Counter(one["status"] for one in self.told["chosen"] if one["ended"] == "done"),
            Counter(
                entry["args"]["given"]["input"]["product_status"]
                for entry in ledger
                if entry["op"] == "lineItemUpdate" and entry["args"]["given"]["input"].get("product_status")
            ),
        )
        self._same("violations", [], self.printavo.get("/_control/violations").json())
        in_printavo = Counter(o["invoice"]["id"] for o in ours if o["invoice"])
        self._same("orders by invoice", {k: v["orders"] for k, v in wanted.items()}, dict(in_printavo))

    def statuses(self, shown: Json, record: Json) -> None:
        """What the books say of each line's goods, whoever set it, stands beside the line."""
        lines = self._goods(shown["id"])
        self._same(
            f"statuses of {shown['number']}",
            Counter(
                (line["item_number"], line["color"], line["product_status"])
                for group in record["groups"]
                for line in group["lines"]
            ),
            Counter((line["item_number"], line["color"], line["printavo_status"]) for line in lines),
        )

    def purchasing(self, ours: list[Json], wholes: Wholes) -> None:
        """Every text that the store side wrote beside goods stands on the invoice, beside as many pieces as were put on it."""
        names = {o["id"]: (o["number"], o["store"]["name"]) for o in ours}
        wanted: dict[str, Counter[tuple[str, ...]]] = {}
        for one in self.told["history"]:
            noted = wanted.setdefault(one["invoice_id"], Counter())
            for order in one["orders"]:
                noted += notes_of(wholes[names[order["id"]]], order["lines"])
        for invoice_id, noted in wanted.items():
            found: Counter[tuple[str, ...]] = Counter()
            for line in self._goods(invoice_id):
                found += Counter({tuple(note["texts"]): note["pieces"] for note in line["inksoft"]})
            self._same(f"purchasing of {invoice_id}", noted, found)

    def _goods(self, invoice_id: str) -> list[Json]:
        shown = self._ours(f"/v1/invoices/{invoice_id}/purchasing")
        return [line for group in shown["groups"] for line in group["lines"]]

    def reconciliation(self, theirs: list[Json]) -> None:
        """The last nightly comparison counted every order and found nothing missing, extra or different."""
        last = next(one for one in self._pages("/v1/reconciliation") if one["state"] == "succeeded")
        found = {name: last[name] for name in ("counted", "missing", "extra", "different")}
        self._same(
            "reconciliation", {"counted": len(theirs), "missing": 0, "extra": 0, "different": 0}, found
        )

    def events(self, theirs: list[Json], ours: list[Json]) -> None:
        """The audit tells what the platform's ledger says that people did, once each, and nothing else."""
        told = Counter(order["id"] for one in self.told["history"] for order in one["orders"])
        self._same("order.attached in the audit", told, self._told("order.attached", "subject_id"))
        acts = acts_of(self._ledger(self.inksoft), self.told["looks"])
        names = Counter(str(order["order"]) for order in theirs)
        self._same("order.received in the audit", names, self._told("order.received"))
        stories = stories_of(acts)
        self._same("order.cancelled in the audit", _ended(stories), self._told("order.cancelled"))
        for type_, verb in (("link.needs_reauth", "revoke_key"), ("link.reauthenticated", "restore_key")):
            self._same(f"{type_} in the audit", _count(acts, verb), self._told(type_, "subject_type").total())
        changed = set(self._told("order.changed"))
        edited = {number for number, story in stories.items() if story.was_edited}
        touched = {number for number, story in stories.items() if story.was_touched}
        self._same("edits missing in the audit", set(), edited - changed)
        self._same("edits that nobody made in the audit", set(), changed - touched)
        self._same("orders told of that are not there", set(), changed - {order["number"] for order in ours})

    def _told(self, type_: str, about: str = "subject_name") -> Counter[str]:
        return Counter(event[about] for event in self._pages("/v1/audit-events", type=type_))

    def _same(self, what: str, theirs: Any, ours: Any) -> None:
        self.compared[what.split(" of ", maxsplit=1)[0]] += 1
        if theirs == ours:
            return
        if isinstance(theirs, Counter) and isinstance(ours, Counter):
            missing, extra = dict(theirs - ours), dict(ours - theirs)
            self.differences.append(f"{what}: missing {missing}, extra {extra}")
        else:
            self.differences.append(f"{what}: expected {theirs}, shown {ours}")

    def _theirs(self, path: str) -> list[Json]:
        answer = self.inksoft.get(f"/_control/{path}", params={"account": ACCOUNT}).raise_for_status()
        found: list[Json] = answer.json()
        return found

    def _wholes(self, theirs: list[Json], stores: dict[int, str]) -> Wholes:
        """Their orders with their rows; two stores of one name may use one number."""
        found: Wholes = defaultdict(list)
        for order in theirs:
            at = {"account": ACCOUNT, "store": order["store_id"]}
            answer = self.inksoft.get(f"/_control/state/orders/{order['order']}", params=at)
            found[str(order["order"]), stores[order["store_id"]]].append(answer.raise_for_status().json())
        return found

    def _books(self, path: str) -> Any:
        return self.printavo.get(f"/_control/{path}").raise_for_status().json()

    def _ours(self, path: str, **params: Any) -> Json:
        answer = self.service.get(path, params=params).raise_for_status()
        shown: Json = answer.json()
        return shown

    def _pages(self, path: str, **params: Any) -> list[Json]:
        found: list[Json] = []
        more: Json = {}
        while True:
            page = self._ours(path, limit=100, **params, **more)
            found += page["data"]
            if not page["has_more"]:
                return found
            more = {"cursor": page["next_cursor"]}

    def _ledger(self, vendor: httpx.Client) -> list[Json]:
        entries: list[Json] = []
        while page := vendor.get(
            "/_control/ledger", params={"after": entries[-1]["seq"] if entries else 0}
        ).json():
            entries += page
        return entries


def _numbers(orders: list[Json]) -> Counter[str]:
    return Counter(order["number"] for order in orders)


def _lines(alone: Json) -> Counter[tuple[str, str, int]]:
    """The goods of an order as Platen shows them: row, size, pieces."""
    return Counter(
        (line["external_id"], line["size"], line["quantity"])
        for line in alone["lines"]
        if line["kind"] == "product"
    )


def _ended(stories: dict[str, Story]) -> Counter[str]:
    return Counter(number for number, story in stories.items() if story.was_cancelled_later)


def _count(acts: list[Act], verb: str) -> int:
    return sum(act.verb == verb for act in acts)


def _figures(new: list[Json], attached: list[Json]) -> Json:
    return {
        "new_order_count": len(new),
        "attached_order_count": len(attached),
        "waiting_piece_count": sum(order["piece_count"] for order in new),
        "waiting_amount": sum(order["total_amount"] for order in new),
    }


def _tiles(shown: Json) -> Json:
    names = ("new_order_count", "attached_order_count", "waiting_piece_count", "waiting_amount")
    return {name: shown[name] for name in names}


def main() -> int:
    """Read what to compare, compare it, say it."""
    told = json.load(sys.stdin)
    headers = {"Cookie": told["cookie"], "Platen-Workspace": told["workspace"]}
    with (
        httpx.Client(base_url=told["service"], headers=headers, timeout=30) as service,
        httpx.Client(base_url=told["inksoft"], timeout=30) as inksoft,
        httpx.Client(base_url=told["printavo"], timeout=30) as printavo,
    ):
        witness = Witness(told, service, inksoft, printavo)
        witness.look()
    json.dump({"compared": witness.compared, "differences": witness.differences}, sys.stdout)
    return 1 if witness.differences else 0


if __name__ == "__main__":
    sys.exit(main())
