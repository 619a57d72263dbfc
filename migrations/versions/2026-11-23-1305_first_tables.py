"""The first tables, one model file a room (api/*/models.py).

Revision 0001, the first.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.create_table(
        "account_claim",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("external_key", sa.LargeBinary(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "external_key", name=op.f("pk_account_claim")),
    )
    op.create_table(
        "attempt",
        sa.Column("subject_hash", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("subject_hash", name=op.f("pk_attempt")),
    )
    op.create_table(
        "attention",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_attention")),
    )
    op.create_index(
        "uq_attention_open",
        "attention",
        ["workspace_id", "code", "subject_type", "subject_id", "fact"],
        unique=True,
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "connection",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("details", postgresql.JSONB(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("side IN ('inksoft', 'printavo')", name=op.f("ck_connection_side")),
        sa.CheckConstraint(
            "state IN ('active', 'needs_reauth', 'suspended', 'closed')", name=op.f("ck_connection_state")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_connection")),
    )
    op.create_index(
        "uq_connection_open_side",
        "connection",
        ["workspace_id", "side"],
        unique=True,
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_table(
        "data_key",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("master_key_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_data_key")),
    )
    op.create_table(
        "event",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("subject_type", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("actor", postgresql.JSONB(), nullable=False),
        sa.Column("data", postgresql.JSONB(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_event")),
    )
    op.create_table(
        "event_position",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "position", name=op.f("pk_event_position")),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_index("ix_idempotency_key_age", "idempotency_key", ["workspace_id", "created_at"], unique=False)
    op.create_table(
        "link_attempt",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inksoft", postgresql.JSONB(), nullable=False),
        sa.Column("printavo", postgresql.JSONB(), nullable=False),
        sa.Column("inksoft_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("printavo_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_link_attempt")),
    )
    op.create_table(
        "order_search",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "order_id", name=op.f("pk_order_search")),
    )
    op.create_table(
        "outbox",
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_outbox")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "sharing",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("mode IN ('none', 'selected', 'all')", name=op.f("ck_sharing_mode")),
        sa.PrimaryKeyConstraint("workspace_id", "account", name=op.f("pk_sharing")),
    )
    op.create_table(
        "store",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("store_uri", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'open'"), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_embedded", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_selected", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_excluded", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "discovered_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("kind IN ('store', 'proposals')", name=op.f("ck_store_kind")),
        sa.CheckConstraint("status IN ('open', 'closed')", name=op.f("ck_store_status")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_store")),
        sa.UniqueConstraint(
            "workspace_id", "account", "external_id", name=op.f("uq_store_workspace_id_account_external_id")
        ),
    )
    op.create_table(
        "store_counter_delta",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("open_orders", sa.Integer(), nullable=False),
        sa.Column("open_pieces", sa.BigInteger(), nullable=False),
        sa.Column("open_amount", sa.BigInteger(), nullable=False),
        sa.Column("attached_orders", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "sequence", name=op.f("pk_store_counter_delta")),
    )
    op.create_index(
        "ix_store_counter_delta_store", "store_counter_delta", ["workspace_id", "store_id"], unique=False
    )
    op.create_table(
        "store_settings",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "store_id", name=op.f("pk_store_settings")),
    )
    op.create_table(
        "storefront_settings",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("tab", sa.Text(), nullable=False),
        sa.Column("chosen", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "tab", name=op.f("pk_storefront_settings")),
    )
    op.create_table(
        "sync_cursor",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("window_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("modified_through", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "link_id", name=op.f("pk_sync_cursor")),
    )
    op.create_table(
        "sync_run",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("seen", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("added", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("changed", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("unchanged", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("details_expected", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("details_read", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("vendor_calls", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("problem", postgresql.JSONB(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('first_import', 'incremental', 'requested')", name=op.f("ck_sync_run_kind")
        ),
        sa.CheckConstraint("state IN ('running', 'succeeded', 'failed')", name=op.f("ck_sync_run_state")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_sync_run")),
    )
    op.create_index(
        "ix_sync_run_recent", "sync_run", ["workspace_id", sa.literal_column("id DESC")], unique=False
    )
    op.create_index(
        "uq_sync_run_running",
        "sync_run",
        ["workspace_id"],
        unique=True,
        postgresql_where=sa.text("state = 'running'"),
    )
    op.create_table(
        "workspace",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "workspace_work",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "kind", name=op.f("pk_workspace_work")),
    )
    op.create_table(
        "browser_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column(
            "last_seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_browser_session_person")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_browser_session")),
        sa.UniqueConstraint("id", name=op.f("uq_browser_session_id")),
    )
    op.create_index("ix_browser_session_person", "browser_session", ["person_id"], unique=False)
    op.create_table(
        "invoice",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("printavo_account", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("visual_id", sa.Text(), nullable=True),
        sa.Column("public_url", sa.Text(), nullable=True),
        sa.Column("remote_kind", sa.Text(), nullable=True),
        sa.Column("status_name", sa.Text(), nullable=True),
        sa.Column("nickname", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("status_id", sa.Text(), nullable=False),
        sa.Column("customer_due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("marker", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("pushed_revision", sa.Integer(), nullable=False),
        sa.Column("push_state", sa.Text(), nullable=False),
        sa.Column("push_problem", postgresql.JSONB(), nullable=True),
        sa.Column("closed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("order_count", sa.Integer(), nullable=False),
        sa.Column("piece_count", sa.Integer(), nullable=False),
        sa.Column("total_amount", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "push_state IN ('queued', 'sending', 'checking', 'in_printavo', 'refused', 'needs_human')",
            name=op.f("ck_invoice_push_state"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "store_id"], ["store.workspace_id", "store.id"], name="fk_invoice_store"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_invoice")),
        sa.UniqueConstraint(
            "workspace_id", "store_id", "id", name=op.f("uq_invoice_workspace_id_store_id_id")
        ),
    )
    op.create_index(
        "ix_invoice_picker",
        "invoice",
        ["workspace_id", "store_id", sa.literal_column("created_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_invoice_unpushed",
        "invoice",
        ["workspace_id"],
        unique=False,
        postgresql_where=sa.text("pushed_revision < revision"),
    )
    op.create_table(
        "link",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inksoft_connection_id", sa.Uuid(), nullable=False),
        sa.Column("printavo_connection_id", sa.Uuid(), nullable=False),
        sa.Column("inksoft_account", sa.Text(), nullable=False),
        sa.Column("printavo_account", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("share_orders_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("native_link", sa.Boolean(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("linked_by", sa.Uuid(), nullable=False),
        sa.Column("last_synced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "inksoft_connection_id"],
            ["connection.workspace_id", "connection.id"],
            name="fk_link_inksoft_connection",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "printavo_connection_id"],
            ["connection.workspace_id", "connection.id"],
            name="fk_link_printavo_connection",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_link")),
    )
    op.create_index(
        "ix_link_pair", "link", ["workspace_id", "inksoft_account", "printavo_account"], unique=False
    )
    op.create_index(
        "uq_link_active", "link", ["workspace_id"], unique=True, postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_table(
        "membership",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.workspace_id"], name=op.f("fk_membership_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f("pk_membership")),
    )
    op.create_index("ix_membership_person", "membership", ["person_id"], unique=False)
    op.create_table(
        "store_counter",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("open_orders", sa.Integer(), nullable=False),
        sa.Column("open_pieces", sa.BigInteger(), nullable=False),
        sa.Column("open_amount", sa.BigInteger(), nullable=False),
        sa.Column("attached_orders", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "store_id"], ["store.workspace_id", "store.id"], name="fk_store_counter_store"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "store_id", name=op.f("pk_store_counter")),
    )
    op.create_table(
        "store_order",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("production_status", sa.Text(), nullable=False),
        sa.Column("payment_status", sa.Text(), nullable=False),
        sa.Column("approval", sa.Text(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column(
            "open",
            sa.Boolean(),
            sa.Computed("approval = 'approved' AND NOT cancelled AND invoice_id IS NULL", persisted=True),
            nullable=False,
        ),
        sa.Column("detail_due", sa.Boolean(), nullable=False),
        sa.Column("has_detail", sa.Boolean(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("piece_count", sa.Integer(), nullable=False),
        sa.Column("total_amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("summary_hash", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=True),
        sa.Column("attach_state", sa.Text(), nullable=True),
        sa.Column("invoice_id", sa.Uuid(), nullable=True),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attached_by", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("synced_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "approval IN ('unknown', 'pending', 'approved')", name=op.f("ck_store_order_approval")
        ),
        sa.CheckConstraint(
            "attach_state IN ('attaching', 'attached')", name=op.f("ck_store_order_attach_state")
        ),
        sa.CheckConstraint(
            "status IN ('processing', 'fulfilled', 'shipped', 'cancelled')",
            name=op.f("ck_store_order_status"),
        ),
        sa.CheckConstraint(
            "(attach_state IS NULL) = (invoice_id IS NULL)", name=op.f("ck_store_order_attached_has_invoice")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "store_id"], ["store.workspace_id", "store.id"], name="fk_store_order_store"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_store_order")),
        sa.UniqueConstraint(
            "workspace_id",
            "account",
            "store_id",
            "external_id",
            name=op.f("uq_store_order_workspace_id_account_store_id_external_id"),
        ),
        sa.UniqueConstraint(
            "workspace_id", "store_id", "id", name=op.f("uq_store_order_workspace_id_store_id_id")
        ),
    )
    op.create_index(
        "ix_store_order_detail_due",
        "store_order",
        ["workspace_id", sa.literal_column("placed_at DESC")],
        unique=False,
        postgresql_where=sa.text("detail_due"),
    )
    op.create_index(
        "ix_store_order_invoice",
        "store_order",
        ["workspace_id", "invoice_id"],
        unique=False,
        postgresql_where=sa.text("invoice_id IS NOT NULL"),
    )
    op.create_index(
        "ix_store_order_new",
        "store_order",
        ["workspace_id", "store_id", sa.literal_column("placed_at DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("open"),
    )
    op.create_index(
        "ix_store_order_placed",
        "store_order",
        ["workspace_id", sa.literal_column("placed_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_store_order_store_placed",
        "store_order",
        ["workspace_id", "store_id", sa.literal_column("placed_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_table(
        "invoice_revision",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("wanted", postgresql.JSONB(), nullable=False),
        sa.Column("proof", postgresql.JSONB(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoice.workspace_id", "invoice.id"],
            name="fk_invoice_revision_invoice",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "invoice_id", "revision", name=op.f("pk_invoice_revision")),
    )
    op.create_table(
        "order_copy",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("snapshot", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "order_id"],
            ["store_order.workspace_id", "store_order.id"],
            name="fk_order_copy_order",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "order_id", name=op.f("pk_order_copy")),
    )
    op.create_table(
        "order_document",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "order_id"],
            ["store_order.workspace_id", "store_order.id"],
            name="fk_order_document_order",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "order_id", name=op.f("pk_order_document")),
    )
    op.create_table(
        "order_version",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("snapshot", postgresql.JSONB(), nullable=False),
        sa.Column("pinned_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "order_id"],
            ["store_order.workspace_id", "store_order.id"],
            name="fk_order_version_order",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "order_id", "version", name=op.f("pk_order_version")),
    )
    op.create_table(
        "remote_object",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("parent_external_id", sa.Text(), nullable=True),
        sa.Column("written", postgresql.JSONB(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('quote', 'group', 'line', 'imprint', 'fee', 'payment')",
            name=op.f("ck_remote_object_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoice.workspace_id", "invoice.id"],
            name="fk_remote_object_invoice",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "invoice_id", "key", name=op.f("pk_remote_object")),
        sa.UniqueConstraint(
            "workspace_id",
            "invoice_id",
            "kind",
            "external_id",
            name=op.f("uq_remote_object_workspace_id_invoice_id_kind_external_id"),
        ),
    )
    op.create_table(
        "remote_operation",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=False),
        sa.Column("marker", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("negative_reads", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_negative_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("problem", postgresql.JSONB(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'unknown', 'confirmed', 'rejected', 'needs_human', 'parked')",
            name=op.f("ck_remote_operation_state"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoice.workspace_id", "invoice.id"],
            name="fk_remote_operation_invoice",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_remote_operation")),
    )
    op.create_index(
        "ix_remote_operation_open",
        "remote_operation",
        ["workspace_id", "invoice_id", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'sending', 'unknown')"),
    )
    op.create_index(
        "uq_remote_operation_ambiguous",
        "remote_operation",
        ["workspace_id", "invoice_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('sending', 'unknown')"),
    )
    op.create_table(
        "attachment",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("order_version", sa.BigInteger(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("attached_by", sa.Text(), nullable=False),
        sa.Column("detached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("detached_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "order_id", "order_version"],
            ["order_version.workspace_id", "order_version.order_id", "order_version.version"],
            name="fk_attachment_version",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "store_id", "invoice_id"],
            ["invoice.workspace_id", "invoice.store_id", "invoice.id"],
            name="fk_attachment_invoice",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "store_id", "order_id"],
            ["store_order.workspace_id", "store_order.store_id", "store_order.id"],
            name="fk_attachment_order",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_attachment")),
    )
    op.create_index(
        "ix_attachment_invoice",
        "attachment",
        ["workspace_id", "invoice_id"],
        unique=False,
        postgresql_where=sa.text("detached_at IS NULL"),
    )
    op.create_index(
        "uq_attachment_live",
        "attachment",
        ["workspace_id", "order_id"],
        unique=True,
        postgresql_where=sa.text("detached_at IS NULL"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index(
        "uq_attachment_live", table_name="attachment", postgresql_where=sa.text("detached_at IS NULL")
    )
    op.drop_index(
        "ix_attachment_invoice", table_name="attachment", postgresql_where=sa.text("detached_at IS NULL")
    )
    op.drop_table("attachment")
    op.drop_index(
        "uq_remote_operation_ambiguous",
        table_name="remote_operation",
        postgresql_where=sa.text("state IN ('sending', 'unknown')"),
    )
    op.drop_index(
        "ix_remote_operation_open",
        table_name="remote_operation",
        postgresql_where=sa.text("state IN ('pending', 'sending', 'unknown')"),
    )
    op.drop_table("remote_operation")
    op.drop_table("remote_object")
    op.drop_table("order_version")
    op.drop_table("order_document")
    op.drop_table("order_copy")
    op.drop_table("invoice_revision")
    op.drop_index("ix_store_order_store_placed", table_name="store_order")
    op.drop_index("ix_store_order_placed", table_name="store_order")
    op.drop_index("ix_store_order_new", table_name="store_order", postgresql_where=sa.text("open"))
    op.drop_index(
        "ix_store_order_invoice", table_name="store_order", postgresql_where=sa.text("invoice_id IS NOT NULL")
    )
    op.drop_index(
        "ix_store_order_detail_due", table_name="store_order", postgresql_where=sa.text("detail_due")
    )
    op.drop_table("store_order")
    op.drop_table("store_counter")
    op.drop_index("ix_membership_person", table_name="membership")
    op.drop_table("membership")
    op.drop_index("uq_link_active", table_name="link", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_index("ix_link_pair", table_name="link")
    op.drop_table("link")
    op.drop_index(
        "ix_invoice_unpushed", table_name="invoice", postgresql_where=sa.text("pushed_revision < revision")
    )
    op.drop_index("ix_invoice_picker", table_name="invoice")
    op.drop_table("invoice")
    op.drop_index("ix_browser_session_person", table_name="browser_session")
    op.drop_table("browser_session")
    op.drop_table("workspace_work")
    op.drop_table("workspace")
    op.drop_index("uq_sync_run_running", table_name="sync_run", postgresql_where=sa.text("state = 'running'"))
    op.drop_index("ix_sync_run_recent", table_name="sync_run")
    op.drop_table("sync_run")
    op.drop_table("sync_cursor")
    op.drop_table("storefront_settings")
    op.drop_table("store_settings")
    op.drop_index("ix_store_counter_delta_store", table_name="store_counter_delta")
    op.drop_table("store_counter_delta")
    op.drop_table("store")
    op.drop_table("sharing")
    op.drop_table("person")
    op.drop_table("outbox")
    op.drop_table("order_search")
    op.drop_table("link_attempt")
    op.drop_index("ix_idempotency_key_age", table_name="idempotency_key")
    op.drop_table("idempotency_key")
    op.drop_table("event_position")
    op.drop_table("event")
    op.drop_table("data_key")
    op.drop_index(
        "uq_connection_open_side", table_name="connection", postgresql_where=sa.text("state <> 'closed'")
    )
    op.drop_table("connection")
    op.drop_index(
        "uq_attention_open", table_name="attention", postgresql_where=sa.text("resolved_at IS NULL")
    )
    op.drop_table("attention")
    op.drop_table("attempt")
    op.drop_table("account_claim")
