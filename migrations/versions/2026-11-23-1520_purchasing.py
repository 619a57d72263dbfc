"""Purchasing: lines with an id of ours and what both sides say of them, which invoices to look at, statuses to write.

Revision purchasing_a, after settings_b.
"""

from alembic import op

from migrations.scripts import run_script

revision = "purchasing_a"
down_revision = "settings_b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("0011_purchasing.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("0011_purchasing_down.sql")
