"""Operations that requests start, who resolved an exception and why, and the audit list's ways into the events.

Revision operations_a, after push_a.
"""

from alembic import op

from migrations.scripts import run_script

revision = "operations_a"
down_revision = "push_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("0007_operations.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("0007_operations_down.sql")
