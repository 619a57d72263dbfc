"""Who did it as a column of the event, so that an index finds it under row-level security.

Revision event_a, after merch_a.
"""

from migrations.scripts import run_script

revision = "event_a"
down_revision = "merch_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0013_event_person.sql")


def downgrade() -> None:
    run_script("0013_event_person_down.sql")
