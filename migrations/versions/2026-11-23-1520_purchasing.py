"""Set aside.

Revision purchasing_a, after settings_b.
"""

revision = "purchasing_a"
down_revision = "settings_b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
