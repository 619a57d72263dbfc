"""Set aside.

Revision operations_a, after push_a.
"""

revision = "operations_a"
down_revision = "push_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
