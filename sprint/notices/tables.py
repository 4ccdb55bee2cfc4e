"""Letters owed to people and what became of them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sprint.data_version import QUIET
from sprint.database import UtcMoment


class LetterState(StrEnum):
    """Where a letter stands, told by its job; the value is the word of the address."""

    DUE = "a-envoyer"
    POSTED = "envoyes"
    RETRYING = "nouvelle-tentative"
    UNDELIVERED = "non-distribues"
    DROPPED = "sans-destinataire"
    LATE = "trop-tard"


class Letter(SQLModel, table=True):
    """One letter to one person about one act. `words` holds it as data, worded in their language when it is posted.

    `message_id` is set once: a letter posted twice after a crash is recognised by whoever receives it. The words are
    forgotten a year later (NULL). `address` is where it goes when that is not the person's own. It never leaves from
    `good_until` on.
    """

    __table_args__ = (
        UniqueConstraint("act", "person_id", "purpose"),
        Index("ix_letter_edition", "edition_id", "owed_at"),
        QUIET,
    )

    id: int | None = Field(default=None, primary_key=True)
    act: str = Field(max_length=32)
    person_id: int = Field(foreign_key="person.id", index=True)
    edition_id: int | None = Field(default=None, foreign_key="edition.id")
    purpose: str = Field(max_length=40)
    words: dict[str, object] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    address: str | None = Field(default=None, max_length=254)
    message_id: str = Field(max_length=200, unique=True)
    owed_at: datetime = Field(sa_type=UtcMoment)
    posted_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    good_until: datetime | None = Field(default=None, sa_type=UtcMoment)


class LetterStop(SQLModel, table=True):
    """Somebody does without the letters of a purpose. No row: they receive them."""

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    purpose: str = Field(primary_key=True, max_length=40)
    stopped_at: datetime = Field(sa_type=UtcMoment)
