"""The invoice's number beside its id on the order, and an order's events by index.

Revision orders_a, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "orders_a"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.add_column("store_order", sa.Column("invoice_number", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_store_order_number_has_invoice"),
        "store_order",
        "invoice_id IS NOT NULL OR invoice_number IS NULL",
    )
    op.create_index("ix_event_subject", "event", ["workspace_id", "subject_id", "id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.drop_index("ix_event_subject", table_name="event")
    op.drop_constraint(op.f("ck_store_order_number_has_invoice"), "store_order")
    op.drop_column("store_order", "invoice_number")
