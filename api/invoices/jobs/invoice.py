"""The push of one invoice: wanted state → read the books → steps → each applied as a remote operation → read back → compare.

A round ends where the outcome of a step is not known, and the next one begins by reading the books again. The last round
finds nothing left to do: its reading is the read-back.
"""

from collections import Counter
from dataclasses import replace
from typing import Literal

from api.connectors.print_shop import RemoteInvoice
from api.connectors.vendor_errors import VendorError
from api.invoices.actions.push.endings import finish_push, show_reading, stop_push
from api.invoices.actions.push.leases import lock_leased
from api.invoices.actions.push.objects import name_record, remember_objects
from api.invoices.actions.push.operations import find_unknown, hold_orphans
from api.invoices.jobs.checking import check_unknown
from api.invoices.jobs.sending import send_step
from api.invoices.jobs.turn import Turn
from api.invoices.queries.pushing import Push, get_push
from api.invoices.rules.adoption import find_unrecorded
from api.invoices.rules.diff import make_steps
from api.invoices.rules.intents import Intent, intent_of
from api.invoices.rules.readback import compare
from api.invoices.rules.sightings import see_header
from api.invoices.rules.steps import QUOTE_KEY, Difference, SetStatus, Step, Written
from api.invoices.rules.stops import (
    DOES_NOT_SETTLE,
    NOT_ALL_WRITTEN,
    REMOVED_IN_SHOP,
    STATUS_REFUSED,
    Stop,
    refused,
)

# Answered rounds of one revision: two are needed at most, unless Printavo does not keep what it takes.
MOST_ROUNDS = 5
# Seconds after a revision was made during which somebody may be waiting for it.
FRESH = 120.0


async def push_invoice(turn: Turn) -> None:
    """Bring the books to the latest revision, or stop for a person, or let go of the invoice until later.

    Raises `PartnerPausedError`, `LeaseLostError`, `LinkChangedError` and the problems of the link.
    """
    async with turn.transaction() as session:
        await hold_orphans(session, turn.lease)
    refusal: Intent | None = None
    rounds: Counter[int] = Counter()
    revision = 0
    while rounds[revision] < MOST_ROUNDS:
        async with turn.transaction() as session:
            push = await get_push(session, turn.lease.workspace_id, turn.lease.invoice_id)
            unknown = await find_unknown(session, turn.lease)
        revision = push.revision
        turn = _in_lane(turn, push)
        if unknown is not None:
            if not await check_unknown(turn, push, unknown):
                return None
            continue
        remote = await _read(turn, push)
        if remote is None and push.external_id is not None:
            return await turn.stop(REMOVED_IN_SHOP)
        if remote is not None:
            push = await _adopt(turn, push, remote)
        steps = make_steps(push.wanted, remote, push.written)
        if remote is not None and not steps:
            return await _finish(turn, push, remote)
        if refusal is not None and intent_of(steps[0], push.wanted, push.marker, push.external_id) == refusal:
            return await turn.stop(refused(refusal.verb))
        outcome = await _apply(turn, push, remote, steps)
        if outcome == "status_refused" and await _stopped_at_status(turn, push):
            return None
        refusal = outcome if isinstance(outcome, Intent) else None
        rounds[revision] += outcome != "unknown"
    return await turn.stop(DOES_NOT_SETTLE)


async def _read(turn: Turn, push: Push) -> RemoteInvoice | None:
    """The record. One that was never sent cannot be there, and is not asked for."""
    if push.external_id is None and not push.quote_was_sent:
        return None
    return await turn.find_record(push)


async def _adopt(turn: Turn, push: Push, remote: RemoteInvoice) -> Push:
    """Record what carries our markers without our knowing it: it arrived after we had stopped waiting for it."""
    found = find_unrecorded(push.wanted, remote, push.written)
    is_known = remote.external_id == push.external_id and QUOTE_KEY in push.written
    if not is_known:
        found[QUOTE_KEY] = Written("quote", remote.external_id, None, see_header(remote).fields)
    if not found:
        return push
    async with turn.transaction() as session:
        invoice = await lock_leased(session, turn.lease)
        if not is_known:
            await name_record(session, invoice, remote)
        await remember_objects(session, turn.lease.workspace_id, turn.lease.invoice_id, found)
    return replace(push, external_id=remote.external_id, written={**push.written, **found})


async def _apply(
    turn: Turn, push: Push, remote: RemoteInvoice | None, steps: list[Step]
) -> Intent | Literal["done", "unknown", "status_refused"]:
    """Send the steps in their order, until one is not confirmed; returns the intent of one that was refused."""
    for step in steps:
        if isinstance(step, SetStatus) and not push.status_id:
            push = replace(push, status_id=await _first_invoice_status(turn))
            if not push.status_id:
                return "status_refused"
        sent = await send_step(turn, push, remote, step)
        if sent.outcome == "unknown":
            return "unknown"
        if sent.outcome == "refused":
            is_status = isinstance(step, SetStatus)
            return (
                "status_refused" if is_status else intent_of(step, push.wanted, push.marker, push.external_id)
            )
        push = sent.push
    return "done"


async def _first_invoice_status(turn: Turn) -> str:
    """What a new invoice becomes when nobody chose a status; "" when the shop has none."""
    try:
        statuses = await turn.shop.list_statuses(turn.keys, kind="invoice")
    except VendorError as error:
        await turn.pause(error)
    return statuses[0].id if statuses else ""


async def _finish(turn: Turn, push: Push, remote: RemoteInvoice) -> None:
    """What the books show otherwise was done by people and is kept; what is wanted and has no place there is said."""
    differences = compare(push.wanted, remote, push.written)
    if any(difference.kind == "missing" for difference in differences):
        return await _stop_with_reading(turn, remote, differences, NOT_ALL_WRITTEN)
    async with turn.transaction() as session:
        await finish_push(session, turn.lease, push, remote, differences)
    return None


async def _stopped_at_status(turn: Turn, push: Push) -> bool:
    """The books hold everything, but as a quote (A5): shown as a difference, and not called an invoice.

    False when they show an invoice: the move was made, whatever its answer said.
    """
    async with turn.transaction() as session:
        push = await get_push(session, turn.lease.workspace_id, turn.lease.invoice_id)
    remote = await turn.find_record(push)
    if remote is None:
        await turn.stop(REMOVED_IN_SHOP)
        return True
    if remote.kind == "invoice":
        return False
    kind = Difference("missing", QUOTE_KEY, "kind", "invoice", remote.kind)
    differences = [kind, *compare(push.wanted, remote, push.written)]
    await _stop_with_reading(turn, remote, differences, STATUS_REFUSED)
    return True


async def _stop_with_reading(
    turn: Turn, remote: RemoteInvoice, differences: list[Difference], stop: Stop
) -> None:
    async with turn.transaction() as session:
        await show_reading(session, await lock_leased(session, turn.lease), remote, differences)
        await stop_push(session, turn.lease, stop)


def _in_lane(turn: Turn, push: Push) -> Turn:
    """Before the background's calls while a person may be waiting."""
    return replace(turn, keys=replace(turn.keys, lane="interactive" if push.age < FRESH else "background"))
