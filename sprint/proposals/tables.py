"""What teams propose, what is said about it between them and the organisers, and who will mentor it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from sprint.database import UtcMoment, closed_values


class State(StrEnum):
    """Where a proposal stands. A draft and one that was sent back are in the hands of their team."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"


class Proposal(SQLModel, table=True):
    """A track before it is one. `canvas` holds what its team wrote (`canvas.py`), as far as it got.

    Published, it points to its track; `saved_at` after `published_at` means that the team wrote on since.
    """

    __table_args__ = (
        UniqueConstraint("person_id", "once"),
        CheckConstraint("(state = 'published') = (track_id IS NOT NULL)", name="track"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    state: State = Field(default=State.DRAFT, sa_type=closed_values(State, "proposal_state"))
    name: str = Field(default="", max_length=160)
    canvas: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    tested_by: str | None = Field(default=None, max_length=160)
    begun_at: datetime = Field(sa_type=UtcMoment)
    saved_at: datetime = Field(sa_type=UtcMoment)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    published_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    track_id: int | None = Field(default=None, foreign_key="track.id", unique=True)
    once: str = Field(max_length=40)


class ProposalMentor(SQLModel, table=True):
    """Somebody who accepted the team's invitation to mentor, and the days they will be there."""

    __table_args__ = (UniqueConstraint("proposal_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    days: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    joined_at: datetime = Field(sa_type=UtcMoment)


class ProposalNote(SQLModel, table=True):
    """What an organiser or the team said about a proposal, to one another."""

    __table_args__ = (UniqueConstraint("person_id", "once"),)

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposal.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    words: str = Field(max_length=2000)
    said_at: datetime = Field(sa_type=UtcMoment)
    once: str = Field(max_length=40)


class Question(SQLModel, table=True):
    """What somebody asks a track. Public once it is answered, without who asked; one set aside is shown to nobody."""

    __table_args__ = (
        UniqueConstraint("person_id", "once"),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answered"),
        CheckConstraint("answered_at IS NULL OR set_aside_at IS NULL", name="fate"),
    )

    id: int | None = Field(default=None, primary_key=True)
    track_id: int = Field(foreign_key="track.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    words: str = Field(max_length=600)
    asked_at: datetime = Field(sa_type=UtcMoment)
    answer: str = Field(default="", max_length=2000)
    answered_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    set_aside_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    once: str = Field(max_length=40)
