"""Who people are, how they prove it, where they work and what they may do."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sprint.database import UtcMoment, closed_values


class Standing(StrEnum):
    """What a person says to be; it gives no right."""

    AGENT = "agent"
    RESEARCHER = "researcher"
    OTHER = "other"


class Right(StrEnum):
    """What somebody may be entrusted with."""

    ORGANISER = "organiser"
    MENTOR = "mentor"
    RECRUITER = "recruiter"
    ADMINISTRATOR = "administrator"
    RELAY = "relay"


class Scope(StrEnum):
    """What a right is about."""

    EVERYTHING = "everything"
    EDITION = "edition"
    TRACK = "track"
    ORGANISATION = "organisation"


class Person(SQLModel, table=True):
    """Somebody who signed in or was invited; an erased one keeps only its id."""

    __table_args__ = (CheckConstraint("language IN ('fr', 'en')", name="language"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120)
    email: str | None = Field(default=None, max_length=254)
    email_verified_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    language: str = Field(default="fr", max_length=2)
    standing: Standing = Field(default=Standing.OTHER, sa_type=closed_values(Standing))
    created_at: datetime = Field(sa_type=UtcMoment)
    seen_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    erased_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class Identity(SQLModel, table=True):
    """An account elsewhere that proves who somebody is; issuer and subject together name it.

    `login` and `profile_url` are a forge's, as of the last sign-in: they prove authorship to people, and recognise nobody.
    """

    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    provider: str = Field(max_length=40)
    issuer: str = Field(max_length=200)
    subject: str = Field(max_length=255)
    linked_at: datetime = Field(sa_type=UtcMoment)
    login: str | None = Field(default=None, max_length=120)
    profile_url: str | None = Field(default=None, max_length=300)


class Source(StrEnum):
    """Who says that somebody works there: whoever set the site up, a provider of accounts, or an organiser who vouches."""

    RECORDED = "recorded"
    ATTESTED = "attested"
    VOUCHED = "vouched"


class Organisation(SQLModel, table=True):
    """An administration, a research body, an association; `is_public` decides who may join reserved tracks."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=80, unique=True)
    name: str = Field(max_length=160)
    is_public: bool = False
    siret: str | None = Field(default=None, max_length=14, unique=True, index=True)


class Affiliation(SQLModel, table=True):
    """A person works for an organisation from one day to another (inclusive).

    One that a provider attested names the identity it came with; one that was vouched for, who did.
    """

    __table_args__ = (
        UniqueConstraint("person_id", "organisation_id", "since_on"),
        CheckConstraint("until_on IS NULL OR until_on >= since_on", name="order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    since_on: date
    until_on: date | None = None
    source: Source = Field(
        default=Source.RECORDED,
        sa_type=closed_values(Source),
        sa_column_kwargs={"server_default": Source.RECORDED.value},
    )
    identity_id: int | None = Field(default=None, foreign_key="identity.id")
    vouched_by: int | None = Field(default=None, foreign_key="person.id")


class Grant(SQLModel, table=True):
    """A right given to a person, over everything or over one thing, until a moment or until taken back.

    It counts once it is confirmed: at once for most, by a second person for recruiters. Whoever gave it is not named when
    the operator did, from the command line.
    """

    __tablename__ = "right_grant"  # GRANT is a word of SQL
    __table_args__ = (
        CheckConstraint("(scope_kind = 'everything') = (scope_id IS NULL)", name="scope_id"),
        # A word of SQL in quotes.
        CheckConstraint("\"right\" <> 'recruiter' OR until_at IS NOT NULL", name="recruiter_ends"),
        Index("ix_right_grant_scope", "scope_kind", "scope_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    right: Right = Field(sa_type=closed_values(Right))
    scope_kind: Scope = Field(default=Scope.EVERYTHING, sa_type=closed_values(Scope))
    scope_id: int | None = None
    given_at: datetime = Field(sa_type=UtcMoment)
    given_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    until_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcMoment)
