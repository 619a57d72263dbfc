"""A store's settings belong to a store that is there.

Revision settings_a, after orders_a.
"""

from alembic import op

revision = "settings_a"
down_revision = "orders_a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("SET LOCAL statement_timeout = '60s'")
    op.execute(
        "ALTER TABLE store_settings ADD CONSTRAINT fk_store_settings_store "
        "FOREIGN KEY (workspace_id, store_id) REFERENCES store (workspace_id, id)"
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE store_settings DROP CONSTRAINT fk_store_settings_store")
