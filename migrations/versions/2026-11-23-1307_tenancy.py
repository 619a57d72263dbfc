"""Roles, grants and forced row-level security: the app sees one workspace, the dispatch role sees only that work is due.

Revision 0003, after 0002.
"""

from migrations.scripts import run_script

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0003_tenancy.sql")


def downgrade() -> None:
    run_script("0003_tenancy_down.sql")
