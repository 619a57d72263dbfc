"""Set aside.

Revision merch_a, after sync_b.
"""

from alembic import op

revision = "merch_a"
down_revision = "sync_b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.execute("SET LOCAL lock_timeout = '5s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
