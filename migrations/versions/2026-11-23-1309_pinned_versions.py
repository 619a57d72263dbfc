"""Pinned order versions and events never change: triggers that hold for every role.

Revision 0005, after 0004.
"""

from migrations.scripts import run_script

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0005_pinned_versions.sql")


def downgrade() -> None:
    run_script("0005_pinned_versions_down.sql")
