"""Decisions about stores and sharing (S1, S2, S3)."""

from dataclasses import dataclass
from typing import Literal

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


def mode_to_share_one(mode: Mode) -> Mode:
    """The mode after one store was shared: with nothing shared so far, it begins a selection."""
    return "selected" if mode == "none" else mode


def marks_to_share(mode: Mode, marks: Marks, *, shared: bool) -> Marks:
    """A store's marks after sharing or un-sharing it in this mode; the other mode's mark stays as it was (S1)."""
    if mode == "all":
        return Marks(is_selected=marks.is_selected, is_excluded=not shared)
    return Marks(is_selected=shared, is_excluded=marks.is_excluded)
