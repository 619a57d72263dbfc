"""Runs a frozen SQL script of `migrations/sql` inside the migration's own transaction."""

from pathlib import Path
from typing import Any

from alembic import context, op
from sqlalchemy.util import await_only

FOLDER = Path(__file__).with_name("sql")


def run_script(name: str) -> None:
    """Send the whole script at once: the driver's simple protocol takes many statements, prepared ones do not."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    script = (FOLDER / name).read_text()
    if context.is_offline_mode():
        op.get_context().impl.static_output(script)
        return
    driver: Any = op.get_bind().connection.driver_connection
    await_only(driver.execute(script))
