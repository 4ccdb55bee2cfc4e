"""Addresses on their way to be proven; what the demonstration's own OpenID provider keeps for all web processes."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from sprint.data_version import QUIET
from sprint.database import UtcMoment


class EmailProof(SQLModel, table=True):
    """An address somebody says is theirs, until they open the link that was sent there; the link is a seal over the id."""

    __table_args__ = (CheckConstraint("expires_at > asked_at", name="order"), QUIET)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    email: str = Field(max_length=254)
    asked_at: datetime = Field(sa_type=UtcMoment)
    expires_at: datetime = Field(sa_type=UtcMoment)
    replaced: str | None = Field(default=None, max_length=254)
    """The address whose place it took, to be told so."""
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class Invitation(SQLModel, table=True):
    """A link sent to somebody whom the team added by hand, to sign in with; sent again, it is another row.

    `once` is that of the form. The link is a seal over the id.
    """

    __table_args__ = (
        UniqueConstraint("invited_by", "once"),
        CheckConstraint("expires_at > invited_at", name="order"),
        CheckConstraint("accepted_at IS NULL OR withdrawn_at IS NULL", name="fate"),
        QUIET,
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    edition_id: int = Field(foreign_key="edition.id", index=True)
    email: str = Field(max_length=254)
    invited_by: int = Field(foreign_key="person.id")
    invited_at: datetime = Field(sa_type=UtcMoment)
    expires_at: datetime = Field(sa_type=UtcMoment)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    once: str = Field(max_length=40)


class EmailLink(SQLModel, table=True):
    """A link to sign in with, sent to an address; a seal over the id, bound to the browser that asked, whose secret is hashed."""

    __table_args__ = (CheckConstraint("expires_at > asked_at", name="order"), QUIET)

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=254)
    browser: str = Field(max_length=64)
    language: str = Field(max_length=2)
    asked_at: datetime = Field(sa_type=UtcMoment, index=True)
    expires_at: datetime = Field(sa_type=UtcMoment)
    used_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class DeclaredEmployer(SQLModel, table=True):
    """Where somebody says they work, in their words; it opens nothing until somebody vouches for it."""

    __table_args__ = QUIET

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", unique=True)
    name: str = Field(max_length=160)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    """One that has a relay, if that is what they chose: the relay may vouch for it."""
    declared_at: datetime = Field(sa_type=UtcMoment)


class DemoKey(SQLModel, table=True):
    """The provider's private signing key as a JWK; there is one row at most."""

    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: int | None = Field(default=None, primary_key=True)
    jwk: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    made_at: datetime = Field(sa_type=UtcMoment)


class DemoCode(SQLModel, table=True):
    """An authorization code, by its SHA-256, with what was asked for. `used_at` is set once, by whoever comes first."""

    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(max_length=64, unique=True)
    persona: str = Field(max_length=20)
    client_id: str = Field(max_length=80)
    redirect_uri: str = Field(max_length=300)
    nonce: str = Field(max_length=200)
    code_challenge: str = Field(max_length=43)
    expires_at: datetime = Field(sa_type=UtcMoment, index=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcMoment)
