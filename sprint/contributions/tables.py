"""What was done, by whom, and what it rests on. The database itself refuses a second credit for the same thing."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from sprint.database import UtcMoment, closed_values, unique_when

LONGEST_TITLE, LONGEST_TEXT, LONGEST_ADDRESS, LONGEST_KEY = 240, 2000, 2000, 500


class Kind(StrEnum):
    """The fourteen ways to contribute, of equal weight; the value is the word of the form."""

    CODE = "code"
    SECURITY = "securite"
    REVIEW = "relecture"
    REPORT = "anomalie"
    TEST = "test"
    DOCUMENTATION = "documentation"
    TRANSLATION = "traduction"
    ACCESSIBILITY = "accessibilite"
    DESIGN = "conception"
    DATA = "donnees"
    TRAINING = "formation"
    FACILITATION = "animation"
    GOVERNANCE = "gouvernance"
    RELEASE = "ouverture"


class State(StrEnum):
    """Where a contribution stands between its author and those who accept it."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"


class Consent(StrEnum):
    """Whether somebody named as an author agrees to be one; who logs a contribution does so at once."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Contribution(SQLModel, table=True):
    """Something done for a sprint, in the words of its author. Who did it stands in `Authorship`, what proves it in `Reference`.

    `decided_at`, `decided_by_id` and `reason` tell the last decision; the author answers a reason once.
    """

    __table_args__ = (
        CheckConstraint("state NOT IN ('accepted', 'sent_back') OR decided_at IS NOT NULL", name="decided"),
        CheckConstraint("state <> 'sent_back' OR reason <> ''", name="reason"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn"),
        CheckConstraint("answer = '' OR answered_at IS NOT NULL", name="answered"),
        CheckConstraint("title <> ''", name="title"),
        Index("ix_contribution_edition", "edition_id", "state", "track_id"),
        Index("ix_contribution_track", "track_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id")
    track_id: int | None = Field(default=None, foreign_key="track.id")
    project_id: int | None = Field(default=None, foreign_key="project.id", index=True)
    kind: Kind = Field(sa_type=closed_values(Kind))
    title: str = Field(max_length=LONGEST_TITLE)
    description: str = Field(default="", max_length=LONGEST_TEXT)
    done_on: date
    state: State = Field(default=State.PROPOSED, sa_type=closed_values(State))
    logged_at: datetime = Field(sa_type=UtcMoment)
    decided_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    reason: str = Field(default="", max_length=LONGEST_TEXT)
    answer: str = Field(default="", max_length=LONGEST_TEXT)
    answered_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class Reference(SQLModel, table=True):
    """A link to what was done. One thing serves one contribution per kind and edition, until that one is given up.

    `key` is canonical (`recognise`); `edition_id` and `kind` repeat those of the contribution so that the rule is a UNIQUE.
    """

    __table_args__ = (
        unique_when("uq_reference_serves_once", "edition_id", "kind", "key", where=text("released_at IS NULL")),
        UniqueConstraint("contribution_id", "key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    contribution_id: int = Field(foreign_key="contribution.id", index=True)
    edition_id: int = Field(foreign_key="edition.id")
    kind: Kind = Field(sa_type=closed_values(Kind))
    url: str = Field(max_length=LONGEST_ADDRESS)
    key: str = Field(max_length=LONGEST_KEY)
    released_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class Authorship(SQLModel, table=True):
    """Somebody is an author of a contribution; without `organisation_id` it was done on own time.

    `named_at` is when the author chose to be named in public results. `once` is the random token of the form that logged it.
    """

    __table_args__ = (
        UniqueConstraint("contribution_id", "person_id"),
        UniqueConstraint("person_id", "once"),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes"),
        CheckConstraint("(state = 'proposed') = (answered_at IS NULL)", name="answered"),
    )

    id: int | None = Field(default=None, primary_key=True)
    contribution_id: int = Field(foreign_key="contribution.id")
    person_id: int = Field(foreign_key="person.id")
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    minutes: int | None = None
    state: Consent = Field(default=Consent.ACCEPTED, sa_type=closed_values(Consent))
    answered_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    named_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    once: str = Field(max_length=40)


class Evidence(SQLModel, table=True):
    """What a contribution rested on when it was accepted, frozen: the very text of a JSON document and its SHA-256."""

    contribution_id: int = Field(primary_key=True, foreign_key="contribution.id")
    document: str = Field(sa_column=Column(Text, nullable=False))
    sha256: str = Field(max_length=64)
    rules: int
    frozen_at: datetime = Field(sa_type=UtcMoment)
