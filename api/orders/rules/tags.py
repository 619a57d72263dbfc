"""What becomes of an order's tags when some are added and some removed."""

from collections.abc import Sequence
from typing import Final

MOST_TAGS: Final = 20


def change_tags(tags: Sequence[str], *, add: Sequence[str], remove: Sequence[str]) -> list[str]:
    """The tags that stay, in their order, then those that are new.

    >>> change_tags(["vip", "rush"], add=["gym", "vip"], remove=["rush"])
    ['vip', 'gym']
    """
    kept = [tag for tag in tags if tag not in remove]
    return [*kept, *(tag for tag in add if tag not in kept)]
