"""What the control desk shows of the books: whole orders in integer cents, accounts, violations, limits."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from typing import Any

from starlette.requests import Request

from api.sandbox.printavo.merch import MerchStore
from api.sandbox.printavo.orders import Group, Imprint, Line, Mockup, Order
from api.sandbox.printavo.records import Account
from api.sandbox.printavo.totals import Totals, fee_amount, totals
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Refused, Simulator
from api.sandbox.switches import Switches

Handler = Callable[[Request], Awaitable[Any]]


def _merch_store(store: MerchStore) -> dict[str, Any]:
    return {
        "id": store.id,
        "name": store.name,
        "status": store.status,
        "orders": len(store.orders),
        "items_sold": sum(each.quantity for each in store.orders),
        "total_cents": sum(each.total_cents for each in store.orders),
        "tax_cents": sum(each.tax_cents for each in store.orders),
        "unfulfilled": sum(each.status == "UNFULFILLED" for each in store.orders),
    }


def desk_routes(simulator: Simulator[World]) -> dict[str, Handler]:
    """GET routes below ``/_control``, by path."""

    async def accounts(_: Request) -> Any:
        return [_account(account) for account in simulator.world.every(Account)]

    async def orders(request: Request) -> Any:
        """Heads; ``?account_id=``, ``?tag=`` narrow them."""
        wanted_account, tag = (request.query_params.get(name) for name in ("account_id", "tag"))
        return [
            order_head(order, simulator.switches)
            for order in simulator.world.every(Order)
            if wanted_account in (None, order.account.id) and (tag is None or tag in order.tags)
        ]

    async def order(request: Request) -> Any:
        found = simulator.world.get(Order, request.path_params["order_id"])
        return order_state(found, simulator.switches)

    async def account(request: Request) -> Any:
        return account_words(simulator.world.account(request.path_params["account_id"]))

    async def merch(request: Request) -> Any:
        wanted = request.query_params.get("account_id")
        if wanted is None:
            raise Refused("account_id is missing", 400)
        return [_merch_store(store) for store in simulator.world.account(wanted).merch_stores]

    async def violations(_: Request) -> Any:
        return simulator.world.violations

    return {
        "accounts": accounts,
        "violations": violations,
        "state/orders": orders,
        "state/orders/{order_id}": order,
        "state/accounts/{account_id}": account,
        "state/merch": merch,
    }


def _account(account: Account) -> dict[str, Any]:
    user = account.users[0]
    return {
        "id": account.id,
        "company_name": account.company_name,
        "plan": account.plan,
        "currency": account.currency,
        "time_zone": account.zone.key,
        "email": user.email,
        "password": user.password,
        "token": user.own_key,
        "token_works": user.api_key is not None,
    }


def account_words(account: Account) -> dict[str, Any]:
    """The account's own vocabularies, by id."""
    statuses = [
        {"id": each.id, "name": each.name, "type": each.type, "position": each.position}
        for each in account.statuses
    ]
    lists: dict[str, Sequence[Any]] = {
        "types_of_work": account.types_of_work,
        "categories": account.categories,
        "delivery_methods": account.delivery_methods,
        "payment_terms": account.payment_terms,
    }
    words = {name: [{"id": each.id, "name": each.name} for each in kept] for name, kept in lists.items()}
    contacts = [
        {"id": each.id, "name": each.full_name, "email": each.email, "company_name": customer.company_name}
        for customer in account.customers
        for each in customer.contacts
    ]
    return {**_account(account), "statuses": statuses, **words, "contacts": contacts}


def order_head(order: Order, switches: Switches) -> dict[str, Any]:
    """An order without what hangs below it."""
    return {
        "id": order.id,
        "account_id": order.account.id,
        "kind": "invoice" if order.is_invoice else "quote",
        "visual_id": order.visual_id,
        "nickname": order.nickname,
        "visual_po_number": order.visual_po_number,
        "tags": order.tags,
        "status": {"id": order.status.id, "name": order.status.name, "type": order.status.type},
        "contact_id": order.contact.id,
        "customer": order.contact.customer.company_name,
        "updated_at": order.changed_at.isoformat(),
        "totals": _totals(totals(order, switches)),
    }


DATES = ("created_at", "invoice_at", "payment_due_at", "customer_due_at", "start_at", "due_at")


def order_state(order: Order, switches: Switches) -> dict[str, Any]:
    """The whole order, money in integer cents."""
    subtotal = totals(order, switches).subtotal
    return order_head(order, switches) | {
        "made_at": order.made_at.isoformat(),
        "dates": {name: _iso(getattr(order, name)) for name in DATES},
        "production_note": order.production_note,
        "customer_note": order.customer_note,
        "sales_tax_percent": float(order.sales_tax),
        "discount": {"value": float(order.discount), "as_percentage": order.discount_as_percentage},
        "fulfilled": order.fulfilled,
        "groups": [_group(each) for each in order.line_item_groups],
        "fees": [
            {
                "id": fee.id,
                "description": fee.description,
                "amount_cents": fee_amount(fee, subtotal, switches),
                "taxable": fee.taxable,
            }
            for fee in order.fees
        ],
        "payments": [
            {
                "id": each.id,
                "kind": "refund" if each.refunds else "payment",
                "amount_cents": each.amount_cents,
                "category": each.category,
                "description": each.description,
                "date": each.transaction_date.isoformat(),
            }
            for each in order.transactions
        ],
        "files": [{"id": each.id, "source_url": each.source_url} for each in order.production_files],
    }


def _totals(sums: Totals) -> dict[str, int | str]:
    return {
        "subtotal_cents": sums.subtotal,
        "fees_cents": sums.fees,
        "discount_cents": sums.discount,
        "tax_cents": sums.tax,
        "total_cents": sums.total,
        "paid_cents": sums.paid,
        "outstanding_cents": sums.outstanding,
        "payment_status": sums.payment_status,
        "pieces": sums.pieces,
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "position": group.position,
        "enabled_sizes": group.enabled_columns.sizes,
        "lines": [_line(each) for each in group.line_items],
        "imprints": [_imprint(each) for each in group.imprints],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "position": line.position,
        "item_number": line.item_number,
        "color": line.color,
        "description": line.description,
        "price_cents": line.price_cents,
        "taxed": line.taxed,
        "product_status": line.product_status,
        "sizes": line.counts,
        "items": line.items,
        "amount_cents": line.amount_cents,
        "mockups": [_mockup(each) for each in line.mockups],
        "personalizations": [[each.name, each.personalization] for each in line.personalizations],
        "purchase_order_id": line.po_line_item.purchase_order.id if line.po_line_item else None,
    }


def _imprint(imprint: Imprint) -> dict[str, Any]:
    return {
        "id": imprint.id,
        "details": imprint.details,
        "type_of_work": imprint.type_of_work.name if imprint.type_of_work else None,
        "mockups": [_mockup(each) for each in imprint.mockups],
    }


def _mockup(mockup: Mockup) -> dict[str, str]:
    return {"id": mockup.id, "source_url": mockup.source_url}


def _iso(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()
