"""Tables of what a shop chooses: one row a tab, and one row a store."""

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.core.columns import Json, Key, MadeAt, String, Version
from api.core.db import Table


class StorefrontSettings(Table):
    """One tab's choices (`inksoft`, `merch`); what is missing has its default in `settings.rules`."""

    __tablename__ = "storefront_settings"

    workspace_id: Mapped[Key]
    tab: Mapped[String] = mapped_column(primary_key=True)
    chosen: Mapped[Json]
    version: Mapped[Version]
    changed_at: Mapped[MadeAt]


class StoreSettings(Table):
    """A store's own choices: above all the invoice contact, who is the store's organisation and never a shopper."""

    __tablename__ = "store_settings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "store_id"], ["store.workspace_id", "store.id"], name="fk_store_settings_store"
        ),
    )

    workspace_id: Mapped[Key]
    store_id: Mapped[Key]
    contact_id: Mapped[String | None]
    contact_name: Mapped[String | None]
    version: Mapped[Version]
    changed_at: Mapped[MadeAt]
