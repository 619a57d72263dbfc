"""Set aside.

Revision settings_b, after keys_a.
"""

revision = "settings_b"
down_revision = "keys_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
