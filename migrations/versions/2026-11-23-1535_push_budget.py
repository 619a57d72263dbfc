"""Set aside.

Revision push_b, after merch_a.
"""

from alembic import op

revision = "push_b"
down_revision = "merch_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.execute("SET LOCAL lock_timeout = '5s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
