"""What an invoice's books showed at the last read-back: its status there, and what differs from what is wanted.

Revision invoices_a, after settings_a.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "invoices_a"
down_revision = "settings_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.add_column("invoice", sa.Column("remote_status_id", sa.Text(), nullable=True))
    op.add_column(
        "invoice", sa.Column("differences", JSONB(), server_default=sa.text("'[]'"), nullable=False)
    )
    op.add_column("invoice", sa.Column("read_back_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for column in ("read_back_at", "differences", "remote_status_id"):
        op.drop_column("invoice", column)
