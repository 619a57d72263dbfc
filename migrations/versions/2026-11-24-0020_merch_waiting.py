"""Indexes of the Merch orders that wait.

Revision merch_b, after purchasing_b.
"""

from migrations.scripts import run_script

revision = "merch_b"
down_revision = "purchasing_b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0015_merch_waiting.sql")


def downgrade() -> None:
    run_script("0015_merch_waiting_down.sql")
