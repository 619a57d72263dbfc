"""An independent reader: compares what Platen shows over HTTP with both vendors' own books. It imports nothing of the product.

Standard input: `{service, workspace, cookie, inksoft, printavo, history}`. `history` is what staff were told when they attached:
`[{"invoice_id", "orders": [{"id", "number", "store", "total_amount", "piece_count"}]}]`. Standard output: what was compared,
and every difference. Exit code 1 when there is one.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

Json = dict[str, Any]
ACCOUNT = "northside"
BOOKS = "7001"
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
        self.documents()
        self.figures()
        self.invoices(ours)
        self.purchasing(theirs, ours, stores)
        self.reconciliation(theirs)
        self.events()

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

    def documents(self) -> None:
        """The ready document of a list and the order by itself say the same."""
        for listed in self._pages("/v1/order-feed", view="all"):
            alone = self._ours(f"/v1/orders/{listed['id']}")
            for name in ("number", "total_amount", "piece_count", "status", "integration_state", "email"):
                self._same(f"document of {listed['number']}, {name}", listed[name], alone[name])

    def figures(self) -> None:
        """The tiles are what one counts in the feed, in all and by store."""
        new = self._pages("/v1/order-feed", view="new")
        attached = self._pages("/v1/order-feed", view="attached")
        self._same("tiles", _figures(new, attached), _tiles(self._ours("/v1/storefronts")))
        for store in self._pages("/v1/storefronts/inksoft"):
            mine = [[o for o in orders if o["store"]["id"] == store["id"]] for orders in (new, attached)]
            self._same(f"tiles of {store['name']}", _figures(*mine), _tiles(store))

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
            record = (
                self.printavo.get(f"/_control/state/orders/{shown['external_id']}").raise_for_status().json()
            )
            records[record["id"]] = record
            totals = record["totals"]
            found = {
                "total": totals["total_cents"],
                "pieces": totals["pieces"],
                "orders": shown["order_count"],
            }
            self._same(f"books of {shown['number']}", sums, found)
            self._same(f"kind of {shown['number']}", "invoice", record["kind"])
        made = [entry for entry in self._ledger(self.printavo) if entry["op"] == "quoteCreate"]
        self._same("quotes made", len(records), len(made))
        self._same("violations", [], self.printavo.get("/_control/violations").json())
        in_printavo = Counter(o["invoice"]["id"] for o in ours if o["invoice"])
        self._same("orders by invoice", {k: v["orders"] for k, v in wanted.items()}, dict(in_printavo))

    def purchasing(self, theirs: list[Json], ours: list[Json], stores: dict[int, str]) -> None:
        """Every text that the store side wrote beside goods stands beside them on the invoice, and no other."""
        invoices = {(o["number"], o["store"]["name"]): o["invoice"]["id"] for o in ours if o["invoice"]}
        wanted: dict[str, set[str]] = {invoice_id: set() for invoice_id in invoices.values()}
        for order in theirs:
            where = invoices.get((str(order["order"]), stores[order["store_id"]]))
            if where is not None:
                wanted[where] |= self._texts(order)
        for invoice_id, texts in wanted.items():
            shown = self._ours(f"/v1/invoices/{invoice_id}/purchasing")
            lines = [line for group in shown["groups"] for line in group["lines"]]
            found = {text for line in lines for pieces in line["inksoft"] for text in pieces["texts"] if text}
            self._same(f"purchasing of {invoice_id}", sorted(texts), sorted(found))

    def _texts(self, order: Json) -> set[str]:
        at = {"account": ACCOUNT, "store": order["store_id"]}
        answer = self.inksoft.get(f"/_control/state/orders/{order['order']}", params=at).raise_for_status()
        return {
            text
            for row in answer.json()["rows"]
            if row["quantity"]
            for text in row["purchasing"].values()
            if text
        }

    def reconciliation(self, theirs: list[Json]) -> None:
        """The last nightly comparison counted every order and found nothing missing, extra or different."""
        last = next(one for one in self._pages("/v1/reconciliation") if one["state"] == "succeeded")
        found = {name: last[name] for name in ("counted", "missing", "extra", "different")}
        self._same(
            "reconciliation", {"counted": len(theirs), "missing": 0, "extra": 0, "different": 0}, found
        )

    def events(self) -> None:
        """The audit names every order that was attached, once."""
        told = Counter(order["id"] for one in self.told["history"] for order in one["orders"])
        self._same(
            "order.attached in the audit",
            told,
            Counter(event["subject_id"] for event in self._pages("/v1/audit-events", type="order.attached")),
        )

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
