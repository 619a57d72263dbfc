"""Finds out what became of an operation whose answer was lost: by reading the books, never by sending it again at once (A6)."""

from datetime import timedelta

from api.connectors.print_shop import RemoteInvoice
from api.invoices.actions.push.endings import stop_push
from api.invoices.actions.push.leases import lock_leased, release_lease
from api.invoices.actions.push.objects import name_record
from api.invoices.actions.push.operations import OpenUnknown, settle_unknown
from api.invoices.jobs.turn import Turn
from api.invoices.queries.pushing import Push
from api.invoices.rules.intents import Intent, look_for
from api.invoices.rules.patience import Patience
from api.invoices.rules.sightings import see_invoice
from api.invoices.rules.stops import REMOVED_IN_SHOP, unclear


async def check_unknown(turn: Turn, push: Push, unknown: OpenUnknown) -> bool:
    """Whether the push can go on: the operation was found, or may be sent again. Otherwise the turn is over.

    Raises `PartnerPausedError`, `LeaseLostError`.
    """
    remote = await turn.find_record(push)
    if remote is None and push.external_id is not None:
        await turn.stop(REMOVED_IN_SHOP)
        return False
    evidence = look_for(unknown.intent, see_invoice(remote) if remote is not None else [])
    async with turn.transaction() as session:
        invoice = await lock_leased(session, turn.lease)
        if remote is not None:
            await name_record(session, invoice, remote)
        judgement = await settle_unknown(
            session,
            turn.lease,
            unknown,
            evidence,
            credible=_is_credible(push, unknown.intent, remote),
            patience=_patience(turn),
        )
        if judgement is not None and judgement.decision == "wait":
            wait = (judgement.due_at - unknown.read_at).total_seconds()
            await release_lease(session, turn.lease, wait=wait, state="checking")
            return False
        if judgement is not None and judgement.decision == "hand_over":
            # Together: an operation for a person to judge beside an invoice that goes on would be sent once more.
            await stop_push(session, turn.lease, unclear(unknown.intent.verb))
            return False
    return True


def _is_credible(push: Push, intent: Intent, remote: RemoteInvoice | None) -> bool:
    """A reading that says "not there" is believed only if it shows every group that we know of."""
    if remote is None:
        return True
    known = {one.external_id for one in push.written.values() if one.kind == "group"}
    leaving = {removal.external_id for removal in intent.removals}
    return known - leaving <= {group.id for group in remote.groups}


def _patience(turn: Turn) -> Patience:
    settings = turn.tools.settings
    return Patience(
        quarantine=timedelta(seconds=settings.push_quarantine), gap=timedelta(seconds=settings.push_gap)
    )
