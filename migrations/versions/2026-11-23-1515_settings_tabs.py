"""Set aside.

Revision settings_b, after keys_a.
"""

from alembic import op

revision = "settings_b"
down_revision = "keys_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.execute("SET LOCAL lock_timeout = '5s'")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
