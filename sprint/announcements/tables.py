"""What organisers write to many people at once."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sprint.database import UtcMoment, closed_values
from sprint.registrations.tables import Mode


class Group(StrEnum):
    """To whom a letter goes; the value is the word of the form."""

    EVERYONE = "tous"
    CONFIRMED = "confirmees"
    WAITING = "attente"
    MENTORS = "mentors"


class GroupLetter(SQLModel, table=True):
    """A letter to a group: a draft, then sent (`act` is what its letters have in common), perhaps withdrawn before it left.

    `track_id`, `day_id` and `mode` narrow the group. The texts are Markdown; nothing of them stands in a Fact.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "once"),
        CheckConstraint("subject_fr <> '' AND body_fr <> '' AND subject_en <> '' AND body_en <> ''", name="worded"),
        CheckConstraint("(sent_at IS NULL) = (act IS NULL)", name="sent"),
        CheckConstraint("withdrawn_at IS NULL OR sent_at IS NOT NULL", name="withdrawn"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id")
    to_group: Group = Field(sa_type=closed_values(Group))
    track_id: int | None = Field(default=None, foreign_key="track.id")
    day_id: int | None = Field(default=None, foreign_key="day.id")
    mode: Mode | None = Field(default=None, sa_type=closed_values(Mode))
    subject_fr: str = Field(max_length=160)
    body_fr: str = Field(max_length=5000)
    subject_en: str = Field(max_length=160)
    body_en: str = Field(max_length=5000)
    written_at: datetime = Field(sa_type=UtcMoment)
    sent_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    act: str | None = Field(default=None, max_length=32, unique=True)
    people: int = 0
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    once: str = Field(max_length=40)


class Announcement(SQLModel, table=True):
    """A notice of the moment ("room changed"): shown until `ends_at`, or until it is taken down."""

    __table_args__ = (
        UniqueConstraint("edition_id", "once"),
        CheckConstraint("words_fr <> '' AND words_en <> ''", name="worded"),
        CheckConstraint("ends_at > said_at", name="order"),
        Index("ix_announcement_ends_at", "ends_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id")
    words_fr: str = Field(max_length=300)
    words_en: str = Field(max_length=300)
    said_at: datetime = Field(sa_type=UtcMoment)
    ends_at: datetime = Field(sa_type=UtcMoment)
    taken_down_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    once: str = Field(max_length=40)
