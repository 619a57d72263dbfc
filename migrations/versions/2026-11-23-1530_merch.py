"""Set aside.

Revision merch_a, after sync_b.
"""

revision = "merch_a"
down_revision = "sync_b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
