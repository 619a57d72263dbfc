"""Whatever the code records can be told: every event type has a sentence, every exception its words and its fixes."""

import ast
import re
from pathlib import Path

import pytest

from api.activity.rules.sentences import WORDS, Happened, say
from tests.conftest import PROJECT

DOTTED = re.compile(r"[a-z]+\.[a-z_]+")
# Dotted words that are no events: loggers, files, request members; columns and kinds of operations are told apart below.
NO_EVENTS = {
    "alembic.ini", "api.cli", "api.sandbox", "index.html", "openapi.json", "orders.reread", "passwords.json",
    "platen.http", "platen.jobs", "platen.limits", "platen.principal", "platen.push", "platen.request_id", "platen.sync",
    "platen.worker", "postmaster.pid", "secrets.json", "server.log", "sqlalchemy.engine", "uvicorn.access",
    "uvicorn.error",
}  # fmt: skip


def code() -> list[Path]:
    folders = ("sandbox", "activity")
    return [
        path
        for path in sorted((PROJECT / "api").rglob("*.py"))
        if path.name != "models.py" and not set(folders) & set(path.relative_to(PROJECT).parts)
    ]


def dotted_words() -> dict[str, str]:
    """Every string in the code that could name an event, with a file that has it."""
    return {
        node.value: str(path.relative_to(PROJECT))
        for path in code()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.fullmatch(node.value)
    }


@pytest.mark.rule("E1")
class TestEveryEvent:
    def test_that_the_code_records_has_a_sentence(self) -> None:
        untold = {word: path for word, path in dotted_words().items() if word not in {*WORDS, *NO_EVENTS}}
        assert untold == {}, (
            "add its words to api/activity/rules/sentences.py (or say here that it is no event)"
        )

    def test_that_has_a_sentence_is_recorded(self) -> None:
        assert sorted(set(WORDS) - set(dotted_words())) == []

    @pytest.mark.parametrize("type_", WORDS)
    def test_is_told_in_one_line_whatever_its_data_lacks(self, type_: str) -> None:
        for data in (
            {},
            {"changed": ["total_amount"], "side": "inksoft", "native_link": True, "difference_count": 2},
        ):
            told = say(type_, actor={"name": "Dana Reyes", "person_id": "1"}, about="2041", data=data)
            assert told.endswith("."), told
            assert not re.search(r"\b[a-z]+_[a-z]+\b|None|\{|\n", told), told

    def test_of_a_newer_service_is_told_by_its_type(self) -> None:
        told = say("order.folded_twice", actor={"system": "sync"}, about="2041", data={})
        assert told == "Platen: order folded twice 2041"


def test_who_did_it_is_a_person_a_person_by_a_key_or_platen() -> None:
    def who(**actor: str) -> str:
        return say("workspace.created", actor=actor, about="", data={})

    assert who(name="Dana Reyes", person_id="1") == "Dana Reyes opened the workspace."
    assert who(name="Dana Reyes", key_name="Shipping", key_id="2").startswith(
        "Dana Reyes (by the key Shipping)"
    )
    assert who(system="sync", name="anything") == "Platen opened the workspace."


def test_words_fall_back_where_data_is_empty() -> None:
    assert Happened("Dana", "", {"name": ""}).get("name", "a store") == "a store"
