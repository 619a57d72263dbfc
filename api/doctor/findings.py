"""What an examination finds: one sentence, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["ok", "warning", "wrong"]
_MARKS: Final[dict[Level, str]] = {"ok": "ok     ", "warning": "look at", "wrong": "WRONG  "}


@dataclass(frozen=True, slots=True)
class Finding:
    """`key` stays the same from version to version; `cure` is empty where nothing is to be done."""

    key: str
    level: Level
    sentence: str
    cure: str = ""

    def line(self) -> str:
        told = f"  {_MARKS[self.level]}  {self.sentence}"
        return f"{told}\n           → {self.cure}" if self.cure else told


def ok(key: str, sentence: str) -> Finding:
    return Finding(key, "ok", sentence)


def warning(key: str, sentence: str, cure: str) -> Finding:
    """Platen runs with it; somebody should know."""
    return Finding(key, "warning", sentence, cure)


def wrong(key: str, sentence: str, cure: str) -> Finding:
    """Platen does not run with it, or not safely."""
    return Finding(key, "wrong", sentence, cure)


def trouble(key: str, told: str) -> Finding:
    """What another part of Platen says of itself: its first sentence is what is wrong, the others what to do."""
    sentence, _, cure = told.partition(". ")
    return wrong(key, f"{sentence.rstrip('.')}.", cure)


def exit_code(findings: Sequence[Finding]) -> int:
    """1 when something is wrong, else 0."""
    return int(any(finding.level == "wrong" for finding in findings))


def as_text(findings: Sequence[Finding]) -> str:
    """For people: what is wrong comes last, where it is read."""
    order: dict[Level, int] = {"ok": 0, "warning": 1, "wrong": 2}
    lines = [finding.line() for finding in sorted(findings, key=lambda one: order[one.level])]
    count = {level: sum(finding.level == level for finding in findings) for level in order}
    if count["wrong"]:
        told = f"{count['wrong']} wrong, {count['warning']} to look at."
    else:
        told = f"Nothing is wrong; {count['warning']} to look at." if count["warning"] else "All is well."
    return "\n".join([*lines, "", told])
