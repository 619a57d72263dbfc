"""Tables of people, sign-in and keys.

`person`, `browser_session`, `password_reset`, `attempt` and `api_key_digest` are on the tenancy allow-list.
"""

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from api.core.auth import Role
from api.core.columns import At, Key, MadeAt, Number, Ref, String, Version
from api.core.db import Table


class Person(Table):
    """Somebody who can sign in. `email` is kept in lower case."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("email"),)

    id: Mapped[Key]
    email: Mapped[String]
    name: Mapped[String]
    password_hash: Mapped[String]
    created_at: Mapped[MadeAt]


class Workspace(Table):
    """One decorating business: the tenant."""

    __tablename__ = "workspace"

    workspace_id: Mapped[Key]
    name: Mapped[String]
    created_at: Mapped[MadeAt]
    version: Mapped[Version]


class Membership(Table):
    """Who may enter a workspace, and as what. A trigger keeps the last owner (P1)."""

    __tablename__ = "membership"
    __table_args__ = (
        Index("ix_membership_person", "person_id"),
        CheckConstraint("role IN ('viewer', 'production', 'manager', 'owner')", name="role"),
    )

    workspace_id: Mapped[Key] = mapped_column(ForeignKey("workspace.workspace_id"))
    person_id: Mapped[Key] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(Text)
    created_at: Mapped[MadeAt]
    version: Mapped[Version]


class Invitation(Table):
    """An invitation to a workspace; its link carries a token of which only the SHA-256 is kept (P2)."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("workspace_id", "token_hash"),
        Index(
            "uq_invitation_open_email",
            "workspace_id",
            "email",
            unique=True,
            postgresql_where=text("accepted_at IS NULL AND revoked_at IS NULL"),
        ),
        CheckConstraint("role IN ('viewer', 'production', 'manager', 'owner')", name="role"),
        CheckConstraint("accepted_at IS NULL OR revoked_at IS NULL", name="one_end"),
    )

    workspace_id: Mapped[Key] = mapped_column(ForeignKey("workspace.workspace_id"))
    id: Mapped[Key]
    email: Mapped[String]
    role: Mapped[Role] = mapped_column(Text)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    invited_by: Mapped[Ref]
    invited_by_name: Mapped[String]
    letter_id: Mapped[Ref | None]
    created_at: Mapped[MadeAt]
    expires_at: Mapped[At]
    accepted_at: Mapped[At | None]
    revoked_at: Mapped[At | None]


class BrowserSession(Table):
    """A signed-in browser; the cookie itself is not stored, only its SHA-256."""

    __tablename__ = "browser_session"
    __table_args__ = (Index("ix_browser_session_person", "person_id"), UniqueConstraint("id"))

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    id: Mapped[Ref]
    person_id: Mapped[Ref] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[MadeAt]
    last_seen_at: Mapped[MadeAt]
    expires_at: Mapped[At]
    ended_at: Mapped[At | None]
    agent: Mapped[String] = mapped_column(server_default=text("''"))


class PasswordReset(Table):
    """A one-time link to choose a new password. `token_hash` comes with the link; `made_by` is an owner who made it."""

    __tablename__ = "password_reset"
    __table_args__ = (UniqueConstraint("token_hash"),)

    person_id: Mapped[Key] = mapped_column(ForeignKey("person.id"))
    id: Mapped[Key]
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_by: Mapped[Ref | None]
    created_at: Mapped[MadeAt]
    expires_at: Mapped[At]
    used_at: Mapped[At | None]


class Attempt(Table):
    """Failed guesses against a subject (an e-mail, an address, a vendor account), kept as keyed hashes (L4)."""

    __tablename__ = "attempt"

    subject_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    failures: Mapped[Number]
    blocked_until: Mapped[At]
    updated_at: Mapped[MadeAt]


class ApiKey(Table):
    """What a program signs in with. `ending` is all of the key that is kept readable; a rotated one has a successor."""

    __tablename__ = "api_key"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "replaced_by"], ["api_key.workspace_id", "api_key.id"]),
        CheckConstraint("cardinality(scopes) > 0", name="scopes"),
        CheckConstraint("expires_at > created_at", name="expiry"),
        Index("uq_api_key_replaced_by", "workspace_id", "replaced_by", unique=True),
    )

    workspace_id: Mapped[Key] = mapped_column(ForeignKey("workspace.workspace_id"))
    id: Mapped[Key]
    name: Mapped[String]
    ending: Mapped[String]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_by: Mapped[Ref]
    created_by_name: Mapped[String]
    created_at: Mapped[MadeAt]
    expires_at: Mapped[At | None]
    last_used_at: Mapped[At | None]
    revoked_at: Mapped[At | None]
    replaced_by: Mapped[Ref | None]


class ApiKeyDigest(Table):
    """The keyed hash by which a key is recognised; the key itself is stored nowhere."""

    __tablename__ = "api_key_digest"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "key_id"], ["api_key.workspace_id", "api_key.id"], ondelete="CASCADE"
        ),
        Index("uq_api_key_digest_key", "workspace_id", "key_id", unique=True),
    )

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    workspace_id: Mapped[Ref]
    key_id: Mapped[Ref]
