"""Every write of the simulated Printavo, by mutation or by a person; all of them go through the ledger."""

from typing import Any

from api.sandbox.printavo.acts import (
    customers,
    fees,
    groups,
    imprints,
    lines,
    mockups,
    orders,
    outside,
    payments,
    people_lines,
    people_orders,
    people_shop,
    sessions,
)
from api.sandbox.printavo.acts.verbs import Verb, acts_of
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Act

MUTATIONS: dict[str, Verb[Any]] = {
    **customers.VERBS,
    **orders.VERBS,
    **groups.VERBS,
    **lines.VERBS,
    **imprints.VERBS,
    **mockups.VERBS,
    **fees.VERBS,
    **payments.VERBS,
    **outside.VERBS,
}

ACTS: dict[str, Act[World]] = {
    **acts_of(MUTATIONS),
    **sessions.ACTS,
    **people_lines.ACTS,
    **people_orders.ACTS,
    **people_shop.ACTS,
}
