"""Set aside.

Revision sync_b, after purchasing_a.
"""

from alembic import op

revision = "sync_b"
down_revision = "purchasing_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.execute("SET LOCAL lock_timeout = '5s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
