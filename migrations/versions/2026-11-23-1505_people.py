"""People: invitations, one-time links for passwords, letters, versions; a workspace keeps an owner.

Revision people_a, after operations_a.
"""

from migrations.scripts import run_script

revision = "people_a"
down_revision = "operations_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0008_people.sql")


def downgrade() -> None:
    run_script("0008_people_down.sql")
