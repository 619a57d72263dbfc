"""Teaching a word: what the store platform writes is this size, or this type of work, from now on."""

from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.problems import Problem
from api.core.work import schedule_work
from api.settings.actions.tabs import lock_tab, tell_change, write_tab
from api.settings.queries import get_inksoft_settings
from api.settings.rules.words import plain_text
from api.settings.schemas.kinds import MethodMap, SizeMap

# Work of a workspace: invoices that waited for a word are made anew with it.
REMAKE: Final = "remake"
_MAPS: Final[dict[str, TypeAdapter[dict[str, str]]]] = {
    "size_map": TypeAdapter(SizeMap),
    "method_map": TypeAdapter(MethodMap),
}
MAPS: Final = _MAPS.keys()


class WordNotKept(Problem):
    """This text cannot be remembered: it is too long, or no more words fit. Leave it as it is, or change it in InkSoft."""

    status = 409


async def remember_size(
    session: AsyncSession, workspace_id: UUID, text: str, size: str, *, actor: dict[str, Any]
) -> None:
    """`size` is one of Printavo's size codes. Raises `WordNotKept`."""
    await _remember(session, workspace_id, "size_map", text, size, actor=actor)


async def remember_method(
    session: AsyncSession, workspace_id: UUID, text: str, type_of_work_id: str, *, actor: dict[str, Any]
) -> None:
    """`type_of_work_id` is Printavo's. Raises `WordNotKept`."""
    await _remember(session, workspace_id, "method_map", text, type_of_work_id, actor=actor)


async def apply_words(session: AsyncSession, workspace_id: UUID, *, now: datetime) -> None:
    """A map changed: whatever waited for one of its words is made anew, and its exception closes."""
    await schedule_work(session, workspace_id, REMAKE, due_at=now)


async def _remember(
    session: AsyncSession,
    workspace_id: UUID,
    name: Literal["size_map", "method_map"],
    text: str,
    meaning: str,
    *,
    actor: dict[str, Any],
) -> None:
    """Add one word under the tab's lock, so that two people who teach at once lose neither word.

    Only what the map would take from a person: a word that it cannot read back would leave the whole tab unreadable.
    """
    await lock_tab(session, workspace_id, "inksoft")
    before = await get_inksoft_settings(session, workspace_id)
    known: dict[str, str] = getattr(before, name)
    try:
        words = _MAPS[name].validate_python({**known, plain_text(text): meaning})
    except ValidationError:
        raise WordNotKept from None
    await write_tab(session, workspace_id, "inksoft", {name: words})
    after = before.model_copy(update={name: words})
    await tell_change(session, workspace_id, "inksoft", before=before, after=after, actor=actor)
