"""Who comes to what, and how many seats there are. The database itself refuses one seat too many."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from sprint.database import UtcMoment, closed_values, random_uid, unique_when


class Mode(StrEnum):
    """How one takes part; the value is the word of the address."""

    SITE = "site"
    REMOTE = "distance"


class State(StrEnum):
    """A live registration holds a seat or waits for one."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"


class End(StrEnum):
    """Why a registration is no longer live."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    RELEASED = "released"


class TrackCapacity(SQLModel, table=True):
    """Seats of a track on a day in a mode. Without a row, the track is not offered that day in that mode."""

    __table_args__ = (
        UniqueConstraint("track_id", "day_id", "mode"),
        CheckConstraint("taken >= 0 AND taken <= seats", name="seats"),
    )

    id: int | None = Field(default=None, primary_key=True)
    track_id: int = Field(foreign_key="track.id")
    day_id: int = Field(foreign_key="day.id", index=True)
    mode: Mode = Field(sa_type=closed_values(Mode))
    seats: int
    taken: int = 0


class DayCapacity(SQLModel, table=True):
    """Seats of a whole day in a mode (the room, the meals). Without a row there is no such limit."""

    __table_args__ = (
        UniqueConstraint("day_id", "mode"),
        CheckConstraint("taken >= 0 AND taken <= seats", name="seats"),
    )

    id: int | None = Field(default=None, primary_key=True)
    day_id: int = Field(foreign_key="day.id")
    mode: Mode = Field(sa_type=closed_values(Mode))
    seats: int
    taken: int = 0


class QueuePause(SQLModel, table=True):
    """The waiting list of an edition is paused since then: seats that are freed or added are kept, not given. No row: it is not."""

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", sa_column_kwargs={"autoincrement": False})
    paused_at: datetime = Field(sa_type=UtcMoment)


class PresenceCall(SQLModel, table=True):
    """An edition asks those who hold a seat whether they come, so many days before its first day. No row: it does not ask.

    Answers are awaited until `answer_days` before that day; `releases`: who gave none loses their seat then.
    """

    __table_args__ = (CheckConstraint("answer_days >= 0 AND ask_days > answer_days", name="order"),)

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", sa_column_kwargs={"autoincrement": False})
    ask_days: int
    answer_days: int
    releases: bool


class PresenceAnswer(SQLModel, table=True):
    """Somebody comes to an edition, as they said or as the team said for them."""

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    edition_id: int = Field(
        primary_key=True, foreign_key="edition.id", index=True, sa_column_kwargs={"autoincrement": False}
    )
    answered_at: datetime = Field(sa_type=UtcMoment)


LIVE = text("ended_at IS NULL")


class Registration(SQLModel, table=True):
    """One person, one track, one day, one mode. It is never deleted: it ends, and says why.

    Its id is its place in the queue, for it is given under the edition's lock; `queued_at` is when the request came in,
    a moment before. `once` is the random token of the form: the same form sent twice is one registration. `revision`
    grows when the team takes back what it did to it: calendars then take the row as it is again.
    """

    __table_args__ = (
        unique_when("uq_registration_live", "person_id", "track_id", "day_id", where=LIVE),
        unique_when(
            "uq_registration_seat", "person_id", "day_id", where=text("ended_at IS NULL AND state = 'confirmed'")
        ),
        UniqueConstraint("person_id", "once", "day_id"),
        CheckConstraint("(ended_at IS NULL) = (ended IS NULL)", name="ended"),
        CheckConstraint("(state = 'confirmed') = (confirmed_at IS NOT NULL)", name="confirmed"),
        # Not for live rows alone: PostgreSQL takes such an index, while it is small, for a short way to somebody's rows, and
        # keeps to that plan when there are a thousand.
        Index("ix_registration_queue", "day_id", "mode", "state", "id"),
        Index("ix_registration_track", "track_id", "day_id", "mode", "state", "ended_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    edition_id: int = Field(foreign_key="edition.id", index=True)
    track_id: int = Field(foreign_key="track.id")
    day_id: int = Field(foreign_key="day.id")
    mode: Mode = Field(sa_type=closed_values(Mode))
    state: State = Field(sa_type=closed_values(State))
    queued_at: datetime = Field(sa_type=UtcMoment)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    ended_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    ended: End | None = Field(default=None, sa_type=closed_values(End))
    once: str = Field(max_length=40)
    uid: str = random_uid()
    revision: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    revised_at: datetime | None = Field(default=None, sa_type=UtcMoment)
