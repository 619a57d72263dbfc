"""How often Printavo's answer about a line whose status is to be written could not be understood.

Revision purchasing_b, after event_a.
"""

from migrations.scripts import run_script

revision = "purchasing_b"
down_revision = "event_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0014_purchasing_riddles.sql")


def downgrade() -> None:
    run_script("0014_purchasing_riddles_down.sql")
