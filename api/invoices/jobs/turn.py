"""A worker's turn at one invoice: its lease, the link, the way to Printavo; how it reads there and how it lets go."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import NoReturn

from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.ports import PrintShop
from api.connectors.print_shop import RemoteInvoice, ShopCredentials
from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import AFTER_A_RIDDLE, LinkBroken, VendorError, pause_after
from api.core.attention import AttentionCode, note
from api.invoices.actions.push.endings import STOPPED, stop_push
from api.invoices.actions.push.leases import Lease, extend_lease, release_lease
from api.invoices.actions.push.operations import Sending, withdraw_sent
from api.invoices.queries.pushing import Push
from api.invoices.rules.stops import Stop
from api.linking.actions.health import mark_broken
from api.linking.queries import ActiveLink


class PartnerPausedError(RuntimeError):
    """Printavo cannot be called for `seconds`: no invoice of the workspace can be pushed now."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"paused for {seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything that a push needs besides the invoice itself. `link` is the one it was begun under (I8)."""

    tools: Toolbox
    lease: Lease
    link: ActiveLink
    keys: ShopCredentials

    @property
    def shop(self) -> PrintShop:
        return self.tools.vendors.print_shop

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        return self.tools.database.transaction(self.lease.workspace_id)

    async def hold(self) -> None:
        """Keep the lease for another while; raises `LeaseLostError`."""
        async with self.transaction() as session:
            await extend_lease(session, self.lease)

    async def find_record(self, push: Push) -> RemoteInvoice | None:
        """The invoice's record with everything in it, by its id and then by its marker; None when there is none.

        Raises `PartnerPausedError` when the books cannot be read.
        """
        try:
            if push.external_id is not None:
                record = await self.shop.read_invoice(self.keys, external_id=push.external_id)
                if record is not None:
                    return record
            marked = await self.shop.find_by_tag(self.keys, tag=push.marker)
            if len(marked) > 1:
                await self._note("doubled_in_shop", fact=" ".join(marked))
            return await self.shop.read_invoice(self.keys, external_id=marked[0]) if marked else None
        except VendorError as error:
            await self.pause(error)

    async def pause(self, error: VendorError, *, unsent: Sending | None = None) -> NoReturn:
        """Let go of the invoice for a while, with an operation that certainly was not applied.

        A side that refuses its credentials stops the workspace's push until somebody acts (L6). Raises `PartnerPausedError`.
        """
        seconds = pause_after(error)
        async with self.transaction() as session:
            if isinstance(error, LinkBroken):
                now = self.tools.clock.now()
                await mark_broken(session, self.lease.workspace_id, error, seen=self.link, now=now)
            await release_lease(session, self.lease, wait=seconds)
            if unsent is not None:
                await withdraw_sent(session, self.lease, unsent)
        if seconds == AFTER_A_RIDDLE:
            await self._note(STOPPED, fact="not_understood")
        raise PartnerPausedError(seconds) from None

    async def stop(self, stop: Stop) -> None:
        """End the push until a person acts."""
        async with self.transaction() as session:
            await stop_push(session, self.lease, stop)

    async def _note(self, code: AttentionCode, *, fact: str) -> None:
        async with self.transaction() as session:
            await note(
                session, code, workspace_id=self.lease.workspace_id, subject_type="invoice",
                subject_id=self.lease.invoice_id, fact=fact,
            )  # fmt: skip
