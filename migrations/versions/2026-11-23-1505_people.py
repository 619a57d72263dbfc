"""Set aside.

Revision people_a, after operations_a.
"""

revision = "people_a"
down_revision = "operations_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
