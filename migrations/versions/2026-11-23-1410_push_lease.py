"""Who pushes an invoice until when, when it is tried next, and how often an unknown operation was looked for.

Revision push_a, after sync_a.
"""

import sqlalchemy as sa
from alembic import op

revision = "push_a"
down_revision = "sync_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.add_column("invoice", sa.Column("push_lease_by", sa.Uuid(), nullable=True))
    op.add_column("invoice", sa.Column("push_lease_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("invoice", sa.Column("push_due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "remote_operation", sa.Column("reads", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("remote_operation", "reads")
    for column in ("push_due_at", "push_lease_until", "push_lease_by"):
        op.drop_column("invoice", column)
