"""The sync compares everything with the platform, keeps its place by the platform's clock and knows deleted orders.

Revision sync_b, after purchasing_a.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "sync_b"
down_revision = "purchasing_a"
branch_labels = None
depends_on = None

CURSOR = (
    sa.Column("window_platform_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("platform_through", sa.DateTime(timezone=True), nullable=True),
    sa.Column("reread_after", sa.Uuid(), nullable=True),
    sa.Column("reread_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("reconciliation_id", sa.Uuid(), nullable=True),
    sa.Column("hold_until", sa.DateTime(timezone=True), nullable=True),
)
KINDS_BEFORE = "kind IN ('first_import', 'incremental', 'requested')"
KINDS = "kind IN ('first_import', 'incremental', 'open_reread', 'nightly', 'requested')"


def upgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.execute("SET LOCAL lock_timeout = '5s'")
    for column in CURSOR:
        op.add_column("sync_cursor", column)
    _as_owner("sync_cursor", "UPDATE sync_cursor SET platform_through = modified_through")
    _replace_kinds(KINDS)
    op.add_column("sync_run", sa.Column("removed", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("store_order", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_store_order_reread",
        "store_order",
        ["workspace_id", "id"],
        postgresql_where=sa.text(
            "approval = 'approved' AND status = 'processing' AND has_detail AND NOT detail_due"
        ),
    )
    _create_reconciliation()
    _create_page()
    for name in ("reconciliation", "reconciliation_page"):
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY tenant ON {name} TO platen_app USING (workspace_id = app_workspace()) "
            "WITH CHECK (workspace_id = app_workspace())"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO platen_app")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("reconciliation_page")
    op.drop_table("reconciliation")
    op.drop_index("ix_store_order_reread", table_name="store_order")
    op.drop_column("store_order", "removed_at")
    op.drop_column("sync_run", "removed")
    _as_owner("sync_run", "UPDATE sync_run SET kind = 'incremental' WHERE kind IN ('open_reread', 'nightly')")
    _replace_kinds(KINDS_BEFORE)
    for column in reversed(CURSOR):
        op.drop_column("sync_cursor", column.name)


def _as_owner(table: str, statement: str) -> None:
    """Row-level security holds for the owner too, and a migration has no workspace."""
    op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(statement)
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _replace_kinds(kinds: str) -> None:
    op.drop_constraint(op.f("ck_sync_run_kind"), "sync_run")
    op.create_check_constraint(op.f("ck_sync_run_kind"), "sync_run", kinds)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False)


def _create_reconciliation() -> None:
    op.create_table(
        "reconciliation",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=True),
        *map(_count, ("counted", "missing", "extra", "different", "repaired")),
        sa.Column("findings", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("problem", postgresql.JSONB(), nullable=True),
        sa.CheckConstraint("kind IN ('nightly', 'requested')", name=op.f("ck_reconciliation_kind")),
        sa.CheckConstraint(
            "state IN ('running', 'succeeded', 'failed')", name=op.f("ck_reconciliation_state")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_reconciliation")),
    )
    op.create_index("ix_reconciliation_recent", "reconciliation", ["workspace_id", sa.text("id DESC")])
    op.create_index(
        "uq_reconciliation_running",
        "reconciliation",
        ["workspace_id"],
        unique=True,
        postgresql_where=sa.text("state = 'running'"),
    )


def _create_page() -> None:
    op.create_table(
        "reconciliation_page",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("reconciliation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("orders", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reconciliation_id"],
            ["reconciliation.workspace_id", "reconciliation.id"],
            name="fk_reconciliation_page_reconciliation",
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "reconciliation_id", "id", name=op.f("pk_reconciliation_page")
        ),
    )
