"""Tables of connections and links. `account_claim` is on the tenancy allow-list: it is what makes L3 hold everywhere."""

from sqlalchemy import ARRAY, CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from api.core.columns import At, Json, Key, MadeAt, Number, Ref, Sealed, String, Version
from api.core.db import Table


class AccountClaim(Table):
    """An account that is in an active link, in the whole service (L3, I1). The key is a keyed hash of the verified account id."""

    __tablename__ = "account_claim"

    platform: Mapped[String] = mapped_column(primary_key=True)
    external_key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    workspace_id: Mapped[Ref]
    link_id: Mapped[Ref]


class Connection(Table):
    """Access to one side (L8). `details` holds what is shown (store address, user, time zone), `sealed` the token (I13)."""

    __tablename__ = "connection"
    __table_args__ = (
        CheckConstraint("side IN ('inksoft', 'printavo')", name="side"),
        CheckConstraint("state IN ('active', 'needs_reauth', 'suspended', 'closed')", name="state"),
        Index(
            "uq_connection_open_side",
            "workspace_id",
            "side",
            unique=True,
            postgresql_where=text("state <> 'closed'"),
        ),
    )

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    side: Mapped[String]
    external_id: Mapped[String]
    account_name: Mapped[String]
    plan: Mapped[String]
    currency: Mapped[String | None]
    details: Mapped[Json]
    sealed: Mapped[Sealed | None]
    state: Mapped[String]
    state_since: Mapped[MadeAt]
    checked_at: Mapped[MadeAt]
    created_at: Mapped[MadeAt]


class LinkAttempt(Table):
    """Two verified accounts waiting for the confirmation in the popup (L1). Tokens are sealed; a password never gets here."""

    __tablename__ = "link_attempt"

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    inksoft: Mapped[Json]
    printavo: Mapped[Json]
    inksoft_sealed: Mapped[Sealed | None]
    printavo_sealed: Mapped[Sealed | None]
    created_by: Mapped[Ref]
    created_at: Mapped[MadeAt]
    expires_at: Mapped[At]
    confirmed_at: Mapped[At | None]


class Link(Table):
    """The one link of a workspace (L3). `epoch` is copied into every remote operation (I8)."""

    __tablename__ = "link"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "inksoft_connection_id"],
            ["connection.workspace_id", "connection.id"],
            name="fk_link_inksoft_connection",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "printavo_connection_id"],
            ["connection.workspace_id", "connection.id"],
            name="fk_link_printavo_connection",
        ),
        CheckConstraint(
            "share_sources <@ ARRAY['store', 'proposal', 'embedded_designer', 'staff'] "
            "AND cardinality(share_sources) > 0",
            name="share_sources",
        ),
        Index("uq_link_active", "workspace_id", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index("ix_link_pair", "workspace_id", "inksoft_account", "printavo_account"),
    )

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    inksoft_connection_id: Mapped[Ref]
    printavo_connection_id: Mapped[Ref]
    inksoft_account: Mapped[String]
    printavo_account: Mapped[String]
    currency: Mapped[String]
    epoch: Mapped[Number]
    share_orders_from: Mapped[At]
    share_sources: Mapped[list[str]] = mapped_column(ARRAY(Text))
    skip_free_orders: Mapped[bool]
    native_link: Mapped[bool]
    linked_at: Mapped[MadeAt]
    linked_by: Mapped[Ref]
    last_synced_at: Mapped[At | None]
    ended_at: Mapped[At | None]
    ended_by: Mapped[Ref | None]
    version: Mapped[Version]
