"""The pace at which vendors are called, held for all processes together (I14).

Revision 0006, after 0005.
"""

from alembic import op

from migrations.scripts import run_script

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0006_pacing.sql")


def downgrade() -> None:
    op.execute("DROP TABLE pacing")
