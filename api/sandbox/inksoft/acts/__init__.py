"""Every write: what people do in the vendor's web app (at ``/_control``) and what Api2 writes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from api.sandbox.inksoft.acts import accounts, api, contents, life, money, placing, stores
from api.sandbox.inksoft.world.world import World
from api.sandbox.simulator import Act, Refused

Run = Callable[[World, Any, datetime], Any]


def _giving_ids_back(run: Run) -> Run:
    """A refused act leaves no line in the ledger, so it must not use up ids either: a replay would give others."""

    def careful(world: World, args: Any, at: datetime) -> Any:
        last_id = world.last_id
        try:
            return run(world, args, at)
        except Refused:
            world.last_id = last_id
            raise

    return careful


_ALL: Mapping[str, Act[World]] = {
    **accounts.ACTS,
    **stores.ACTS,
    **placing.ACTS,
    **life.ACTS,
    **contents.ACTS,
    **money.ACTS,
    **api.ACTS,
}
ACTS: Mapping[str, Act[World]] = {
    name: replace(act, run=_giving_ids_back(act.run)) for name, act in _ALL.items()
}
