"""The sync cursor holds two walks, a fence between two readers and what is missing; a run, when a person asked for it.

Revision sync_a, after invoices_a.
"""

import sqlalchemy as sa
from alembic import op

revision = "sync_a"
down_revision = "invoices_a"
branch_labels = None
depends_on = None

ADDED = (
    sa.Column("step", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
    sa.Column("window_total", sa.Integer(), nullable=True),
    sa.Column("window_since", sa.DateTime(timezone=True), nullable=True),
    sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("history_offset", sa.Integer(), server_default=sa.text("0"), nullable=True),
    sa.Column("history_total", sa.Integer(), nullable=True),
    sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("missing", sa.Integer(), server_default=sa.text("0"), nullable=False),
    sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    for column in ADDED:
        op.add_column("sync_cursor", column)
    op.add_column("sync_run", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.alter_column("sync_cursor", "phase", server_default=sa.text("'none'"))
    op.alter_column("sync_cursor", "offset", server_default=sa.text("0"))
    op.create_check_constraint(
        op.f("ck_sync_cursor_phase"), "sync_cursor", "phase IN ('none', 'recent', 'changes')"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_constraint(op.f("ck_sync_cursor_phase"), "sync_cursor")
    op.alter_column("sync_cursor", "phase", server_default=None)
    op.alter_column("sync_cursor", "offset", server_default=None)
    op.drop_column("sync_run", "asked_at")
    for column in reversed(ADDED):
        op.drop_column("sync_cursor", column.name)
