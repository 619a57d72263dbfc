"""Counting the statements of a request: `with queries(app, 3):` fails when the app sends more to its database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

# The same for every route: naming the workspace of a transaction, and recognising who calls.
_NOT_COUNTED = ("set_config(", "browser_session", "FROM membership")


@contextmanager
def queries(app: Any, most: int, *, but: tuple[str, ...] = _NOT_COUNTED) -> Iterator[list[str]]:
    """Fail when more than `most` statements were sent; yields them. BEGIN, COMMIT and those with a mark of `but` do not count."""
    engine = app.state.database.engine.sync_engine
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not any(mark in statement for mark in but):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
    listed = "\n---\n".join(" ".join(statement.split()) for statement in sent)
    assert len(sent) <= most, f"{len(sent)} statements instead of {most}:\n{listed}"
