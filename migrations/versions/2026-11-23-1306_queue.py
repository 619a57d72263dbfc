"""The job queue's own schema (the DDL of pgqueuer 1.6.0, frozen; `api.core.jobs` is its only user).

Revision 0002, after 0001.
"""

from alembic import op

from migrations.scripts import run_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script("0002_queue.sql")


def downgrade() -> None:
    op.execute("DROP SCHEMA queue CASCADE")
