"""Set aside.

Revision push_b, after merch_a.
"""

revision = "push_b"
down_revision = "merch_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
