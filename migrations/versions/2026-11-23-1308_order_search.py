"""Search that can use its index under row-level security: a table and a function of a role that nobody signs in as.

Revision 0004, after 0003.
"""

from migrations.scripts import run_script

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0004_order_search.sql")


def downgrade() -> None:
    run_script("0004_order_search_down.sql")
