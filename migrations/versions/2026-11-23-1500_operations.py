"""Set aside.

Revision operations_a, after push_a.
"""

from alembic import op

revision = "operations_a"
down_revision = "push_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.execute("SET LOCAL lock_timeout = '5s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
