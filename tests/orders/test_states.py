"""The states of an order: the rules' table, and that the SQL expressions decide alike."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from api.linking.rules import USUAL_SOURCES
from api.orders.queries import states
from api.orders.rules.capabilities import BY_PHASE, compact, phase_of
from api.orders.rules.states import (
    IN_PRINTAVO,
    Facts,
    Window,
    integration_state,
    origin_of,
    reason_not_shared,
    status_of,
)
from tests.make.orders import NOON, SHARE_FROM
from tests.stores.conftest import Shop

SOURCES = set(USUAL_SOURCES)
WINDOW = Window(SHARE_FROM, SOURCES)
SKIPPING = Window(SHARE_FROM, SOURCES, skip_free=True)
SHARED = Facts(
    origin="store", status="processing", approval="approved", cancelled=False, attach_state=None,
    placed_at=NOON, store_is_shared=True, store_is_embedded=False, is_free=False,
)  # fmt: skip
BEFORE = SHARE_FROM - timedelta(microseconds=1)


@pytest.mark.rule("O2")
class TestTheIntegrationState:
    @pytest.mark.parametrize(
        ("changes", "state"),
        [
            ({}, ("in_printavo", None)),
            ({"placed_at": SHARE_FROM}, ("in_printavo", None)),
            ({"status": "shipped"}, ("in_printavo", None)),
            ({"origin": "proposal"}, ("in_printavo", None)),
            ({"attach_state": "attaching"}, ("attaching", None)),
            ({"attach_state": "attached", "store_is_shared": False}, ("attached", None)),
            ({"attach_state": "attached", "cancelled": True}, ("attached", None)),
            ({"attach_state": "attached", "approval": "pending"}, ("attached", None)),
            ({"cancelled": True, "approval": "pending", "store_is_shared": False}, ("cancelled", None)),
            ({"approval": "pending", "store_is_shared": False}, ("pending_approval", None)),
            ({"store_is_shared": False, "placed_at": BEFORE}, ("not_shared", "store_not_shared")),
            ({"placed_at": BEFORE, "origin": "staff"}, ("not_shared", "before_share_date")),
            ({"origin": "staff", "approval": "unknown"}, ("not_shared", "source_off")),
            ({"approval": "unknown"}, ("not_shared", "approval_unknown")),
        ],
    )
    def test_follows_the_precedence(self, changes: dict[str, object], state: tuple[str, str | None]) -> None:
        assert integration_state(replace(SHARED, **changes), WINDOW) == state  # type: ignore[arg-type] # table of cases

    @pytest.mark.rule("S3")
    def test_an_embedded_designer_is_a_mark_of_the_store(self) -> None:
        assert origin_of("store", store_is_embedded=True) == "embedded_designer"
        assert [origin_of(origin, store_is_embedded=True) for origin in ("proposal", "staff")] == [
            "proposal", "staff"
        ]  # fmt: skip
        without = Window(SHARE_FROM, {"store", "proposal"})
        assert integration_state(replace(SHARED, store_is_embedded=True), without)[1] == "source_off"

    @pytest.mark.rule("T1")
    def test_an_order_that_costs_nothing_may_be_skipped(self) -> None:
        free = replace(SHARED, is_free=True)
        assert integration_state(free, WINDOW) == ("in_printavo", None)
        assert integration_state(free, SKIPPING) == ("not_shared", "free_order")
        assert integration_state(replace(free, origin="staff"), SKIPPING)[1] == "source_off"
        assert integration_state(replace(free, attach_state="attached"), SKIPPING)[0] == "attached"
        assert integration_state(SHARED, SKIPPING) == ("in_printavo", None)


@pytest.mark.rule("O1")
@pytest.mark.parametrize(
    ("status", "approval", "cancelled", "shown"),
    [
        ("processing", "approved", False, "open"),
        ("processing", "unknown", False, "open"),
        ("processing", "pending", False, "pending_approval"),
        ("shipped", "approved", False, "completed"),
        ("fulfilled", "unknown", False, "completed"),
        ("shipped", "pending", True, "cancelled"),
        ("cancelled", "approved", True, "cancelled"),
    ],
)
def test_the_order_manager_has_four_statuses(status: str, approval: str, cancelled: bool, shown: str) -> None:
    assert status_of(status, approval, cancelled=cancelled) == shown


@pytest.mark.rule("O3")
class TestCapabilities:
    @pytest.mark.parametrize(
        ("phase", "allowed"),
        [
            ("free", "edit_items edit_personalization edit_shipping cancel partial_refund note"),
            ("attached", "edit_shipping partial_refund note"),
            ("fulfilled", "partial_refund note"),
            ("cancelled", "partial_refund note"),
        ],
    )
    def test_are_o3s_table(self, phase: str, allowed: str) -> None:
        table = compact(BY_PHASE[phase])  # type: ignore[index] # table of cases
        assert " ".join(name for name, capability in table.items() if capability["allowed"]) == allowed

    def test_what_detaching_would_allow_says_so(self) -> None:
        table = compact(BY_PHASE["attached"])
        refused = [capability for capability in table.values() if not capability["allowed"]]
        assert refused == [{"allowed": False, "reason": "attached", "way_out": "detach"}] * 3

    def test_a_cancelled_order_on_an_invoice_is_still_attached(self) -> None:
        assert phase_of("cancelled", cancelled=True, attached=True) == "attached"
        assert phase_of("shipped", cancelled=False, attached=True) == "fulfilled"


_STATUSES = ("processing", "fulfilled", "shipped", "cancelled")
_CASES = list(
    itertools.product(
        ("store", "proposal", "staff"), _STATUSES, ("unknown", "pending", "approved"), (False, True),
        (None, "attaching", "attached"), (NOON, SHARE_FROM, BEFORE), (False, True), (False, True),
        (0, 1),
    )
)  # fmt: skip
_TABLE = f"""
SELECT {states.ORIGIN} AS origin, {states.STATUS} AS status, {states.STATE} AS state, {states.REASON} AS reason,
       {states.PHASE} AS phase, {states.NEW} AS new, {states.ON_SHOP_SIDE} AS shown
FROM (
    SELECT number, origin, status, approval, cancelled, attach_state, placed_at, shared, embedded, total_amount,
           CASE WHEN attach_state IS NULL THEN NULL ELSE CAST(:workspace AS uuid) END AS invoice_id,
           (approval = 'approved' AND NOT cancelled AND attach_state IS NULL) AS open
    FROM unnest(CAST(:origins AS text[]), CAST(:statuses AS text[]), CAST(:approvals AS text[]),
        CAST(:cancels AS boolean[]), CAST(:attaches AS text[]), CAST(:placed AS timestamptz[]),
        CAST(:shareds AS boolean[]), CAST(:embeddeds AS boolean[]), CAST(:amounts AS bigint[])) WITH ORDINALITY
        AS given (origin, status, approval, cancelled, attach_state, placed_at, shared, embedded, total_amount, number)
) o
CROSS JOIN LATERAL (SELECT o.shared AS is_selected, false AS is_excluded, o.embedded AS is_embedded) s
CROSS JOIN (SELECT 'selected' AS mode) g ORDER BY o.number
"""  # noqa: S608 - constants


@pytest.mark.rule("O2", "O3", "S4", "T1")
@pytest.mark.parametrize("skip_free", [False, True])
@pytest.mark.parametrize(
    "sources",
    [SOURCES, {"store", "proposal", "staff"}, {"embedded_designer"}, {"store"}, set()],
    ids=lambda sources: "+".join(sorted(sources)) or "none",
)
async def test_the_sql_expressions_decide_like_the_rules(
    shop: Shop, sources: set[str], skip_free: bool
) -> None:
    window = Window(SHARE_FROM, sources, skip_free)
    names = (
        "origins",
        "statuses",
        "approvals",
        "cancels",
        "attaches",
        "placed",
        "shareds",
        "embeddeds",
        "amounts",
    )
    async with shop.database.transaction(shop.id) as session:
        values = {**states.window_values(window), "workspace": shop.id}
        values |= dict(zip(names, map(list, zip(*_CASES, strict=True)), strict=True))
        rows = (await session.execute(text(_TABLE), values)).all()
    assert len(rows) == len(_CASES) == 5184
    for case, row in zip(_CASES, rows, strict=True):
        origin, status, approval, cancelled, attach_state, placed_at, shared, embedded, amount = case
        facts = Facts(
            origin, status, approval, cancelled, attach_state, placed_at, shared, embedded, amount == 0
        )
        state, reason = integration_state(facts, window)
        assert row.origin == origin_of(origin, store_is_embedded=embedded), case
        assert row.status == status_of(status, approval, cancelled=cancelled), case
        assert row.state == state, case
        assert row.reason == reason_not_shared(facts, window), case
        assert reason is None or row.reason == reason, case
        assert row.phase == phase_of(status, cancelled=cancelled, attached=attach_state is not None), case
        assert row.new == (state == "in_printavo"), case
        assert not row.shown or state in {*IN_PRINTAVO, "cancelled"}, case
