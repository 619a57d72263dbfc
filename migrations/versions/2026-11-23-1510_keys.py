"""API keys, and how much of their quotas busy callers used.

Revision keys_a, after people_a.
"""

from alembic import op

from migrations.scripts import run_script

revision = "keys_a"
down_revision = "people_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("0009_keys.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("0009_keys_down.sql")
