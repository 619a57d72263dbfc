"""Teaching a word: what the store platform writes is this size, or this type of work, from now on."""

from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.core.problems import Problem
from api.settings.actions.tabs import lock_tab, write_tab
from api.settings.queries import get_inksoft_settings
from api.settings.rules.words import plain_text

_MOST: Final = {"size_map": 500, "method_map": 200}


class MapIsFull(Problem):
    """The settings hold as many words as they can. Take out words that are not used any more, then try again."""

    status = 409


async def remember_size(
    session: AsyncSession, workspace_id: UUID, text: str, size: str, *, actor: dict[str, Any]
) -> None:
    """`size` is one of Printavo's size codes. Raises `MapIsFull`."""
    await _remember(session, workspace_id, "size_map", text, size, actor=actor)


async def remember_method(
    session: AsyncSession, workspace_id: UUID, text: str, type_of_work_id: str, *, actor: dict[str, Any]
) -> None:
    """`type_of_work_id` is Printavo's. Raises `MapIsFull`."""
    await _remember(session, workspace_id, "method_map", text, type_of_work_id, actor=actor)


async def _remember(
    session: AsyncSession,
    workspace_id: UUID,
    name: Literal["size_map", "method_map"],
    text: str,
    meaning: str,
    *,
    actor: dict[str, Any],
) -> None:
    """Add one word under the tab's lock, so that two people who teach at once lose neither word."""
    await lock_tab(session, workspace_id, "inksoft")
    settings = await get_inksoft_settings(session, workspace_id)
    words: dict[str, str] = {**getattr(settings, name), plain_text(text): meaning}
    if len(words) > _MOST[name]:
        raise MapIsFull
    await write_tab(session, workspace_id, "inksoft", {name: words}, changed=[name], actor=actor)
