"""Set aside.

Revision keys_a, after people_a.
"""

revision = "keys_a"
down_revision = "people_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
