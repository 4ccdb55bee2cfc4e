"""What registered people propose: a workshop, which is a slot in a room, or a lightning talk, which waits in a queue."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from sprint.database import UtcMoment


class BoardEntry(SQLModel, table=True):
    """One entry: with `slot_id` a workshop, else a talk of `minutes`, at `position` in the queue of its edition.

    It is taken back by who made it (`withdrawn_at`), or removed by an organiser who says why. `named_at` is when its
    author chose to be named beside it.
    """

    __table_args__ = (
        UniqueConstraint("person_id", "once"),
        CheckConstraint("(slot_id IS NULL) = (minutes IS NOT NULL)", name="kind"),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes"),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("(removed_at IS NULL) = (reason = '')", name="reason"),
        CheckConstraint("withdrawn_at IS NULL OR removed_at IS NULL", name="one_end"),
        Index("ix_boardentry_queue", "edition_id", "position"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id")
    person_id: int = Field(foreign_key="person.id")
    slot_id: int | None = Field(default=None, foreign_key="slot.id", unique=True)
    title: str = Field(max_length=240)
    minutes: int | None = None
    position: int = 0
    named_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    proposed_at: datetime = Field(sa_type=UtcMoment)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    removed_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    reason: str = Field(default="", max_length=400)
    once: str = Field(max_length=40)
