"""Set aside.

Revision purchasing_a, after settings_b.
"""

from alembic import op

revision = "purchasing_a"
down_revision = "settings_b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.execute("SET LOCAL lock_timeout = '5s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
