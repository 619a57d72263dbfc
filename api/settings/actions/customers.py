"""A new customer in Printavo: looked for before it is made, so that a lost answer and a repeat make no second one."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.ports import PrintShop
from api.connectors.print_shop import ContactDraft, PrintShopContact, ShopCredentials
from api.connectors.vendor_errors import VendorError
from api.core.outbox import record
from api.core.problems import Problem
from api.settings.rules.words import plain_text

# Pages of 25. Printavo's search is fuzzy: what is meant exactly is among its first finds, or not there.
_PAGES: Final = 4


class CustomerRefused(Problem):
    """Printavo does not take this customer. Check the names and the e-mail address. Nothing was changed."""

    status = 422


class CustomerUncertain(Problem):
    """Printavo's answer was lost, and the customer is not to be found there yet. Ask again: it is looked for first."""

    status = 503
    retryable = True


@dataclass(frozen=True, slots=True)
class Customer:
    """What became of it. `contact` is None while nobody knows whether it was made; `is_new` when it was not there before."""

    contact: PrintShopContact | None
    is_new: bool


async def create_customer(shop: PrintShop, credentials: ShopCredentials, draft: ContactDraft) -> Customer:
    """Find the customer, or make it; what became of it is looked for when the answer is lost.

    Raises vendor errors where certainly none was made.
    """
    there = await _find(shop, credentials, draft)
    if there is not None:
        return Customer(there, is_new=False)
    try:
        return Customer(await shop.create_contact(credentials, draft), is_new=True)
    except VendorError as error:
        if error.applied == "no":
            raise
    try:
        return Customer(await _find(shop, credentials, draft), is_new=True)
    except VendorError:
        return Customer(None, is_new=True)


async def tell_customer(
    session: AsyncSession,
    workspace_id: UUID,
    draft: ContactDraft,
    made: PrintShopContact | None,
    *,
    actor: dict[str, Any],
) -> None:
    """Record who made it; None while nobody knows whether it is there."""
    told = {
        "contact_id": made.id if made else None,
        "contact_name": _full_name(draft),
        "company_name": draft.company_name,
        "is_certain": made is not None,
    }
    await record(
        session,
        "contact.created",
        workspace_id=workspace_id,
        subject_type="workspace",
        subjects=[(workspace_id, told)],
        actor=actor,
    )


async def _find(
    shop: PrintShop, credentials: ShopCredentials, draft: ContactDraft
) -> PrintShopContact | None:
    """The contact with this very name and e-mail, of a customer with this very name."""
    wanted = _plain(draft.company_name, _full_name(draft), draft.email)
    after: str | None = None
    for _ in range(_PAGES):
        page = await shop.list_contacts(credentials, query=draft.email or draft.company_name, after=after)
        for contact in page.contacts:
            if _plain(contact.company_name, contact.full_name, contact.email) == wanted:
                return contact
        after = page.after
        if after is None:
            break
    return None


def _full_name(draft: ContactDraft) -> str:
    return f"{draft.first_name} {draft.last_name}"


def _plain(*texts: str | None) -> tuple[str, ...]:
    return tuple(plain_text(text or "") for text in texts)
