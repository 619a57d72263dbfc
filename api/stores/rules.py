"""Decisions about stores and sharing (S1, S2, S3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit
from uuid import UUID

Kind = Literal["store", "proposals"]
Mode = Literal["none", "selected", "all"]

# The system store of proposals that were made without a store (S3).
PROPOSALS = "proposals"


def kind_of(external_id: str) -> Kind:
    return "proposals" if external_id == PROPOSALS else "store"


def name_of(external_id: str, name: str) -> str:
    """The name to begin with: the platform does not always tell one."""
    if external_id == PROPOSALS:
        return name or "Proposals"
    return name or f"Store {external_id}"


def store_uri_of(address: str) -> str:
    """The path segment that names a store, of a pasted address or of the segment itself. Never a host."""
    if "/" not in address:
        return address
    path = urlsplit(address if "://" in address else f"//{address}").path
    return next((part for part in path.split("/") if part), "")


@dataclass(frozen=True, slots=True)
class Marks:
    """A store's two marks: `is_selected` counts in the mode `selected`, `is_excluded` in the mode `all` (S1)."""

    is_selected: bool
    is_excluded: bool


def is_shared(mode: Mode, marks: Marks) -> bool:
    """Whether a store's orders are shared: the same decision as the SQL expression `stores.queries.SHARED`."""
    match mode:
        case "all":
            return not marks.is_excluded
        case "selected":
            return marks.is_selected
        case "none":
            return False


def share_marks(
    mode: Mode, marks: Mapping[UUID, Marks], chosen: Collection[UUID], *, shared: bool
) -> tuple[Mode, dict[UUID, Marks]]:
    """Mode and marks after sharing or un-sharing the chosen stores (S2).

    The mark of the mode that is not on stays. With nothing shared so far (`none`), sharing begins a new selection: an
    earlier one does not come back with it unasked.
    """
    after = dict(marks)
    if mode == "none":
        if not shared or not chosen:
            return mode, after
        after = {id_: replace(known, is_selected=False) for id_, known in marks.items()}
    for id_ in chosen:
        if mode == "all":
            after[id_] = replace(after[id_], is_excluded=not shared)
        else:
            after[id_] = replace(after[id_], is_selected=shared)
    return ("all" if mode == "all" else "selected"), after


def change_marks(
    marks: Mapping[UUID, Marks], *, selected: Collection[UUID] | None, excluded: Collection[UUID] | None
) -> dict[UUID, Marks]:
    """Marks after naming the whole selection and the whole list of exceptions; None leaves one as it was (S1)."""
    chosen = None if selected is None else set(selected)
    spared = None if excluded is None else set(excluded)
    return {
        id_: Marks(
            is_selected=known.is_selected if chosen is None else id_ in chosen,
            is_excluded=known.is_excluded if spared is None else id_ in spared,
        )
        for id_, known in marks.items()
    }
