"""Which orders a link shares, counters a kind of order, and the terms that an invoice keeps.

Revision settings_b, after keys_a.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "settings_b"
down_revision = "keys_a"
branch_labels = None
depends_on = None

# Row-level security is forced on the owner as well; what is filled here is filled for every workspace.
FILLED = ("store_counter", "store_counter_delta", "store_order", "invoice", "storefront_settings")
SOURCES = "'{store,proposal,embedded_designer}'"


def upgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in FILLED:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    share_what_was_shared()
    count_by_kind()
    keep_terms()
    for table in FILLED:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def share_what_was_shared() -> None:
    op.add_column(
        "link",
        sa.Column(
            "share_sources", postgresql.ARRAY(sa.Text()), server_default=sa.text(SOURCES), nullable=False
        ),
    )
    op.add_column(
        "link", sa.Column("skip_free_orders", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    for column in ("share_sources", "skip_free_orders"):
        op.alter_column("link", column, server_default=None)
    op.create_check_constraint(
        op.f("ck_link_share_sources"),
        "link",
        "share_sources <@ ARRAY['store', 'proposal', 'embedded_designer', 'staff'] AND cardinality(share_sources) > 0",
    )


def count_by_kind() -> None:
    """The figures are made anew from the orders: a counter that knows no kinds cannot be divided."""
    for table in ("store_counter", "store_counter_delta"):
        op.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
        op.add_column(table, sa.Column("origin", sa.Text(), nullable=False))
        op.add_column(table, sa.Column("is_free", sa.Boolean(), nullable=False))
    op.drop_constraint("pk_store_counter", "store_counter", type_="primary")
    op.create_primary_key(
        "pk_store_counter", "store_counter", ["workspace_id", "store_id", "origin", "is_free"]
    )
    op.execute("""
    INSERT INTO store_counter (workspace_id, store_id, origin, is_free, orders, open_orders, open_pieces, open_amount,
                               attached_orders)
    SELECT workspace_id, store_id, origin, total_amount = 0, count(*), count(*) FILTER (WHERE open),
           coalesce(sum(piece_count) FILTER (WHERE open), 0), coalesce(sum(total_amount) FILTER (WHERE open), 0),
           count(*) FILTER (WHERE invoice_id IS NOT NULL)
    FROM store_order GROUP BY workspace_id, store_id, origin, total_amount = 0
    """)


def keep_terms() -> None:
    """Invoices that are there keep what the settings say now; what those do not say yet has its default."""
    op.add_column(
        "invoice",
        sa.Column("terms", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
    )
    op.execute("""
    UPDATE invoice SET terms = jsonb_strip_nulls(jsonb_build_object(
        'grouping', chosen -> 'grouping', 'order_number_prefix', chosen -> 'order_number_prefix',
        'personalization', chosen -> 'personalization', 'record_payments', chosen -> 'record_payments'))
    FROM storefront_settings tab WHERE tab.workspace_id = invoice.workspace_id AND tab.tab = 'inksoft'
    """)


def downgrade() -> None:
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in FILLED:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.drop_column("invoice", "terms")
    op.drop_constraint("pk_store_counter", "store_counter", type_="primary")
    for table in ("store_counter", "store_counter_delta"):
        op.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
        for column in ("is_free", "origin"):
            op.drop_column(table, column)
    op.create_primary_key("pk_store_counter", "store_counter", ["workspace_id", "store_id"])
    op.execute("""
    INSERT INTO store_counter (workspace_id, store_id, orders, open_orders, open_pieces, open_amount, attached_orders)
    SELECT workspace_id, store_id, count(*), count(*) FILTER (WHERE open),
           coalesce(sum(piece_count) FILTER (WHERE open), 0), coalesce(sum(total_amount) FILTER (WHERE open), 0),
           count(*) FILTER (WHERE invoice_id IS NOT NULL)
    FROM store_order GROUP BY workspace_id, store_id
    """)
    op.drop_constraint(op.f("ck_link_share_sources"), "link", type_="check")
    for column in ("skip_free_orders", "share_sources"):
        op.drop_column("link", column)
    for table in FILLED:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
