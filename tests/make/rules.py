"""Writes docs/rules.md: each rule with its tests and the planted breaks that turn them red, and each setting with its own."""

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent.parent
DOCUMENT = PROJECT / "docs" / "rules.md"


def known_rules() -> dict[str, str]:
    rules: dict[str, str] = tomllib.loads((PROJECT / "tests/house/rules.toml").read_text())["rules"]
    return rules


def planted_breaks() -> list[dict[str, Any]]:
    breaks: list[dict[str, Any]] = tomllib.loads((PROJECT / "tests/house/breaks.toml").read_text())["break"]
    return breaks


def marked_tests() -> dict[str, list[str]]:
    """Rule → tests that carry it, as `tests/room/test_file.py::Class::test`."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((PROJECT / "tests").rglob("test_*.py")):
        name = str(path.relative_to(PROJECT))
        for rules, test in _marked(ast.parse(path.read_text()).body, name, ()):
            for rule in rules:
                found[rule].append(test)
    return found


def _marked(
    body: list[ast.stmt], prefix: str, inherited: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _marked(node.body, f"{prefix}::{node.name}", (*inherited, *_rules_of(node)))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield (*inherited, *_rules_of(node)), f"{prefix}::{node.name}"


def _rules_of(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[str, ...]:
    """The arguments of `@pytest.mark.rule("A2", "A3")`."""
    calls = [
        one
        for one in node.decorator_list
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)
    ]
    marks = [one for one in calls if isinstance(one.func, ast.Attribute) and one.func.attr == "rule"]
    return tuple(
        str(argument.value) for mark in marks for argument in mark.args if isinstance(argument, ast.Constant)
    )


def render() -> str:
    """The document as text."""
    tests, breaks = marked_tests(), planted_breaks()
    lines = [
        "# The rules and their proofs",
        "",
        "Made by `make rules` from the marks on the tests, `tests/house/rules.toml` and `tests/house/breaks.toml`.",
        "`make breaks` plants each break in a copy of the code and sees the tests fail that are named with it; CI plants a few of",
        "them at every commit, others each time.",
        "",
    ]
    for rule, sentence in known_rules().items():
        lines += [f"## {rule}", "", sentence, ""]
        lines += [f"- `{test}`" for test in dict.fromkeys(tests.get(rule, []))] or ["- no test yet"]
        lines += [f"- Break: {one['what']} (`{one['file']}`)" for one in breaks if one["rule"] == rule]
        lines.append("")
    lines += ["## Settings", "", "What breaks when a setting is ignored, and the tests that say so.", ""]
    for one in sorted((one for one in breaks if "setting" in one), key=lambda one: str(one["setting"])):
        tests_of = ", ".join(f"`{test}`" for test in one["tests"])
        lines.append(f"- `{one['setting']}` ({one['rule']}): {one['what']} ({tests_of})")
    lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(render())
