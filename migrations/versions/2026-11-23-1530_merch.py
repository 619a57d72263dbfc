"""Merch stores and their orders, orders counted per day, notes and tags of the shop's own.

Revision merch_a, after sync_b.
"""

from migrations.scripts import run_script

revision = "merch_a"
down_revision = "sync_b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0012_merch.sql")


def downgrade() -> None:
    run_script("0012_merch_down.sql")
