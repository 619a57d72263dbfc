"""Tables of people and sign-in. `person`, `browser_session` and `attempt` are on the tenancy allow-list."""

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.core.auth import Role
from api.core.columns import At, Key, MadeAt, Number, Ref, String
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


class Membership(Table):
    """Who may enter a workspace, and as what."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_person", "person_id"),)

    workspace_id: Mapped[Key] = mapped_column(ForeignKey("workspace.workspace_id"))
    person_id: Mapped[Key] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(Text)
    created_at: Mapped[MadeAt]


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


class Attempt(Table):
    """Failed guesses against a subject (an e-mail, an address, a vendor account), kept as keyed hashes (L4)."""

    __tablename__ = "attempt"

    subject_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    failures: Mapped[Number]
    blocked_until: Mapped[At]
    updated_at: Mapped[MadeAt]
