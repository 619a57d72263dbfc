"""Sends one step as a remote operation: claimed and committed before its first byte leaves, settled by what came back (A6)."""

from dataclasses import dataclass, replace
from typing import Literal

from api.connectors.print_shop import QuoteDraft, RemoteInvoice
from api.connectors.vendor_errors import Refused, Unexpected, VendorError
from api.core.failpoints import reach
from api.invoices.actions.push.leases import lock_leased
from api.invoices.actions.push.objects import as_written, name_record
from api.invoices.actions.push.operations import (
    Sending,
    confirm_sent,
    hold_sent,
    open_operation,
    reject_sent,
)
from api.invoices.jobs.apply import Applied, Counter, apply_step
from api.invoices.jobs.turn import Turn
from api.invoices.queries.pushing import Push
from api.invoices.rules.intents import Intent, intent_of, look_for
from api.invoices.rules.shelf import Shelf
from api.invoices.rules.steps import Step, Written


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a step; `push` knows what was written by it."""

    outcome: Literal["confirmed", "unknown", "refused"]
    push: Push


async def send_step(turn: Turn, push: Push, remote: RemoteInvoice | None, step: Step) -> Sent:
    """Send it, once. Raises `PartnerPausedError`, `LeaseLostError`, `LinkChangedError` and the problems of the link."""
    intent = intent_of(step, push.wanted, push.marker, push.external_id)
    counter = _make_counter(turn, push, remote)
    async with turn.transaction() as session:
        sending = await open_operation(session, turn.lease, turn.link, intent, revision=push.revision)
    reach("after_claim")
    try:
        reach("before_send")
        applied = await apply_step(counter, step)
        reach("after_send")
        written = _written(intent, applied)
    except VendorError as error:
        return Sent(await _settle_error(turn, sending, error), push)
    async with turn.transaction() as session:
        if applied.record is not None:
            await name_record(session, await lock_leased(session, turn.lease), applied.record)
        await confirm_sent(session, turn.lease, sending, written)
        reach("before_confirm_commit")
    external_id = applied.record.external_id if applied.record else push.external_id
    return Sent("confirmed", replace(push, external_id=external_id, written={**push.written, **written}))


async def _settle_error(turn: Turn, sending: Sending, error: VendorError) -> Literal["unknown", "refused"]:
    """A refusal is final; what certainly was not applied waits; of anything else nobody knows."""
    if isinstance(error, Refused):
        async with turn.transaction() as session:
            await reject_sent(session, turn.lease, sending)
        return "refused"
    if error.applied == "no":
        await turn.pause(error, unsent=sending)
    async with turn.transaction() as session:
        await hold_sent(session, turn.lease, sending)
    return "unknown"


def _written(intent: Intent, applied: Applied) -> dict[str, Written]:
    """What the answer says was written. Raises `Unexpected` for one that does not show all that was to be made."""
    changed = {
        target.key: Written(target.kind, target.external_id, None, target.fields)
        for target in intent.targets
        if target.external_id is not None
    }
    made = tuple(target for target in intent.targets if target.external_id is None)
    evidence = look_for(Intent(intent.verb, made), applied.seen)
    if evidence.missing is not None:
        raise Unexpected("printavo", "the answer does not show what was sent")
    return changed | as_written(evidence.found)


def _make_counter(turn: Turn, push: Push, remote: RemoteInvoice | None) -> Counter:
    groups = {key: known.external_id for key, known in push.written.items() if known.kind == "group"}
    positions: dict[str, int] = {}
    if remote is not None:
        shelf = Shelf(remote, push.written)
        there = ((group.key, shelf.group(group)) for group in push.wanted.groups)
        groups |= {key: found.id for key, found in there if found is not None}
        positions = {line.id: line.position for group in remote.groups for line in group.lines}
    return Counter(
        shop=turn.shop,
        keys=turn.keys,
        quote=QuoteDraft(
            contact_id=push.contact_id,
            customer_due_on=push.customer_due_on,
            due_at=push.due_at,
            nickname=push.wanted.nickname,
            po_number=push.marker,
            tag=push.marker,
            recompute_tax=push.wanted.recompute_tax,
            discount_amount=push.wanted.discount_amount,
            fees=tuple(fee.draft for fee in push.wanted.fees),
        ),
        external_id=push.external_id or "",
        is_invoice=remote is not None and remote.kind == "invoice",
        status_id=push.status_id,
        groups=groups,
        positions=positions,
    )
