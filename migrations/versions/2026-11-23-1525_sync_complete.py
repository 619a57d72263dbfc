"""Set aside.

Revision sync_b, after purchasing_a.
"""

revision = "sync_b"
down_revision = "purchasing_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
