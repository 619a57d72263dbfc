"""One simulated vendor: a world made from the seed, changed only by acts, every act in the ledger."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict

from api.sandbox.anchor import Anchor, drop_anchor, open_anchor
from api.sandbox.clock import now
from api.sandbox.faults import Faults
from api.sandbox.ledger import Ledger, LedgerDamaged
from api.sandbox.settings import SandboxSettings
from api.sandbox.switches import Switch, Switches

W = TypeVar("W")


class Refused(Exception):
    """An act that cannot be done, with the HTTP status that fits (400, 404, 409)."""

    def __init__(self, message: str, status: int = 409) -> None:
        super().__init__(message)
        self.status = status


class Args(BaseModel):
    """Arguments of an act: nothing unknown, nothing converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SwitchSettings(BaseModel):
    """Arguments of ``set_switches``: names and values, checked by the switches themselves."""

    model_config = ConfigDict(extra="allow")


@dataclass(frozen=True, slots=True)
class Act(Generic[W]):
    """One kind of write. ``run(world, args, at)`` checks everything before it changes anything (else raises Refused),
    depends on nothing but its arguments, and returns what JSON can hold. ``personal`` = offered at ``/_control``.
    """

    args: type[BaseModel]
    run: Callable[[W, Any, datetime], Any]
    personal: bool = True


class Simulator(Generic[W]):
    """State = seed + replay of the ledger. ``build`` makes the world of an anchor and may read the switches."""

    def __init__(
        self,
        vendor: str,
        settings: SandboxSettings,
        *,
        build: Callable[[Anchor, Switches], W],
        acts: Mapping[str, Act[W]],
        switches: Iterable[Switch],
        faults: Faults,
    ) -> None:
        self.settings = settings
        self.switches = Switches(switches)
        self.faults = faults
        self.calls: Counter[str] = Counter()
        self._build = build
        self._anchor_path = settings.data / f"{vendor}-anchor.json"
        self._acts: dict[str, Act[W]] = {"set_switches": self._switching(), **acts}
        self.anchor = open_anchor(self._anchor_path, settings.seed)
        self.ledger = Ledger(settings.data / f"{vendor}-ledger.jsonl")
        self.world = build(self.anchor, self.switches)
        self._replay()

    def verbs(self) -> Mapping[str, type[BaseModel]]:
        """What a person may do, by name, with the model of the arguments."""
        return {name: act.args for name, act in self._acts.items() if act.personal}

    def perform(self, op: str, args: Mapping[str, Any], *, by: str) -> Any:
        """Do one act and have it on the disk before returning its result.

        Nothing awaits between the change and its line, so no other request can see one without the other.
        Raises Refused, SwitchRefused or pydantic's ValidationError; then nothing has changed.
        """
        act, at = self._acts[op], now()
        checked = act.args.model_validate_json(orjson.dumps(args))  # JSON's own rules, as at a replay
        result = act.run(self.world, checked, at)
        self.ledger.append(op, checked.model_dump(mode="json", exclude_unset=True), result, by=by, at=at)
        return result

    def reset(self) -> None:
        """Back to a fresh seed, anchored at the present instant, with an empty ledger, no faults, default switches."""
        self.ledger.clear()
        self.anchor = drop_anchor(self._anchor_path, self.settings.seed)
        self.switches.reset()
        self.faults.remove()
        self.calls.clear()
        self.world = self._build(self.anchor, self.switches)

    def _replay(self) -> None:
        for entry in self.ledger.entries:
            act = self._acts.get(entry.op)
            if act is None:
                raise LedgerDamaged(f"entry {entry.seq} holds an unknown act {entry.op!r}")
            args = act.args.model_validate_json(orjson.dumps(entry.args))
            if orjson.dumps(act.run(self.world, args, entry.at)) != orjson.dumps(entry.result):
                raise LedgerDamaged(
                    f"entry {entry.seq} ({entry.op}) gives another result than it did: take another folder"
                )

    def _switching(self) -> Act[W]:
        def run(world: W, args: SwitchSettings, at: datetime) -> dict[str, Any]:
            del world, at
            wanted = self.switches.check(args.model_extra or {})
            self.switches.set(wanted)
            return wanted

        return Act(SwitchSettings, run, personal=False)
