"""What is offered: editions, their days, tracks and slots. Nothing here knows who comes."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Column, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from sprint import clock
from sprint.catalogue.tables import ProjectKind
from sprint.data_version import PLAN
from sprint.database import UtcMoment, closed_values, matches, random_uid

EDITION_SLUG = r"[a-z0-9-]*20[0-9]{2}[a-z0-9-]*"
BEFORE_CALENDARS = "2019-11-19 00:00:00"
"""When rows changed that are older than the memory of changes: the day of the first sprint."""
TRACK_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"


class Audience(StrEnum):
    """For whom a track is; only `agents` is a condition for registering."""

    AGENTS = "agents"
    OPEN = "open"
    MIXED = "mixed"


class Openness(StrEnum):
    """How far a project is open to others; the levels of the State's guide to opening source code."""

    PUBLISHED = "published"
    OPEN = "open"
    CONTRIBUTIVE = "contributive"


class SlotKind(StrEnum):
    """What happens in a slot."""

    PLENARY = "pleniere"
    WORKSHOP = "atelier"
    TALK = "presentation"
    LIGHTNING_TALK = "presentation-courte"
    SHOWCASE = "restitution"
    BREAK = "pause"


class Announced(SQLModel):
    """What calendars must know of a row: whether it changed, and whether that moved somebody's day.

    `revision` grows when time, place or status change (SEQUENCE of RFC 5545), `changed_at` with any change: the
    engine's own layer sets it, so that no writer can forget.
    """

    revision: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    changed_at: datetime = Field(
        default_factory=clock.now,
        sa_type=UtcMoment,
        sa_column_kwargs={"onupdate": clock.now, "server_default": text(f"'{BEFORE_CALENDARS}'")},
    )


class Edition(Announced, table=True):
    """One yearly sprint. Registration is open from `opens_at` (or at once) until `closes_at` (or its last day).

    Until `announced_at` it is a draft, which only its organisers see; from `archived_at` on nothing of it is changed.
    Where `audience` is not `mixed`, it holds for each of its tracks. Its `revision` also
    grows with its days: every event of the edition counts it.
    """

    __table_args__ = (
        *matches(
            "slug",
            "slug GLOB '*20[0-9][0-9]*' AND slug NOT GLOB '*[^a-z0-9-]*'",
            f"slug ~ '^{EDITION_SLUG}$'",
        ),
        CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR opens_at < closes_at", name="order"),
        PLAN,
    )

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=80, unique=True)
    name: str = Field(max_length=160)
    timezone: str = Field(max_length=60)
    place: str = Field(default="", max_length=160)
    address: str = Field(default="", max_length=240)
    opens_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    closes_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    announced_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    archived_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    audience: Audience = Field(
        default=Audience.MIXED,
        sa_type=closed_values(Audience, "edition_audience"),
        sa_column_kwargs={"server_default": text("'mixed'")},
    )
    conduct_url: str = Field(default="", max_length=400, sa_column_kwargs={"server_default": text("''")})
    conduct_version: str = Field(default="", max_length=40, sa_column_kwargs={"server_default": text("''")})
    uid: str = random_uid()


class Day(SQLModel, table=True):
    """One day of an edition, a date in the edition's zone."""

    __table_args__ = (UniqueConstraint("edition_id", "on"), PLAN)

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True)
    on: date
    place: str = Field(default="", max_length=160)
    uid: str = random_uid()


class Track(Announced, table=True):
    """A small team around one piece of software, with what it offers to do. Texts are Markdown where they say so.

    `join_url` and `chat_url` are where it meets online: for those who hold a seat, and for organisers. Its `revision`
    also grows with its slots.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "slug"),
        CheckConstraint("length(slug) > 0", name="slug"),
        PLAN,
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id", index=True)
    slug: str = Field(max_length=80)
    name: str = Field(max_length=160)
    organisation: str = Field(default="", max_length=160)
    objective: str = Field(default="", max_length=400)
    description: str = Field(default="", max_length=8000)
    needs: str = Field(default="", max_length=2000)
    audience: Audience = Field(default=Audience.OPEN, sa_type=closed_values(Audience))
    language: str = Field(default="fr", max_length=20)
    project_id: int | None = Field(default=None, foreign_key="project.id", index=True)
    keywords: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    skills: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    verbs: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    join_url: str = Field(default="", max_length=400, sa_column_kwargs={"server_default": text("''")})
    first_tasks: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    chat_url: str = Field(default="", max_length=400, sa_column_kwargs={"server_default": text("''")})
    place: str = Field(default="", max_length=160, sa_column_kwargs={"server_default": text("''")})
    kind: ProjectKind = Field(
        default=ProjectKind.SOFTWARE,
        sa_type=closed_values(ProjectKind, "track_kind"),
        sa_column_kwargs={"server_default": text("'software'")},
    )
    is_supported: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    openness: Openness | None = Field(default=None, sa_type=closed_values(Openness, "track_openness"))
    guides: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False, server_default=text("'[]'")))


class TrackRepository(SQLModel, table=True):
    """A track works on a repository; `position` keeps the order in which they were given."""

    __table_args__ = (UniqueConstraint("track_id", "position"),)

    track_id: int = Field(foreign_key="track.id", primary_key=True)
    repository_id: int = Field(foreign_key="repository.id", primary_key=True, index=True)
    position: int


class Slot(Announced, table=True):
    """Something that happens on a day, at an hour of the edition's zone when it is known, perhaps in a named block.

    A slot is never deleted: it is cancelled, and calendars that hold it are told.
    """

    __table_args__ = (
        UniqueConstraint("edition_id", "identity"),
        CheckConstraint("ends IS NULL OR (starts IS NOT NULL AND ends > starts)", name="order"),
    )

    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id")
    day_id: int = Field(foreign_key="day.id", index=True)
    track_id: int | None = Field(default=None, foreign_key="track.id", index=True)
    identity: str = Field(max_length=64)
    title: str = Field(max_length=240)
    kind: SlotKind = Field(sa_type=closed_values(SlotKind))
    starts: time | None = None
    ends: time | None = None
    block: str = Field(default="", max_length=80)
    room: str = Field(default="", max_length=120)
    position: int = 0
    uid: str = random_uid()
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class Room(SQLModel, table=True):
    """A room of one day, and from when to when it may be used there; registered people may propose in it since `offered_at`.

    `key` is what its name is known by (`room_key`): two spellings of one room are one room.
    """

    __table_args__ = (
        UniqueConstraint("day_id", "key"),
        CheckConstraint("closes > opens", name="order"),
        CheckConstraint("key <> ''", name="key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    day_id: int = Field(foreign_key="day.id")
    name: str = Field(max_length=120)
    key: str = Field(max_length=120)
    opens: time
    closes: time
    offered_at: datetime | None = Field(default=None, sa_type=UtcMoment)


class RoomTime(SQLModel, table=True):
    """Five minutes of a room, counted from midnight, and the one slot that holds them: the key says that no other can."""

    __table_args__ = (CheckConstraint("minute >= 0 AND minute < 1440 AND minute % 5 = 0", name="minute"),)

    day_id: int = Field(foreign_key="day.id", primary_key=True)
    room: str = Field(max_length=120, primary_key=True)
    minute: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    slot_id: int = Field(foreign_key="slot.id", index=True)


class Practical(SQLModel, table=True):
    """What those who come must know of an edition, in its organisers' words; an empty text is not told.

    `contact` is whom to reach on the day, `conduct` whom to tell about a problem of conduct. The letter that says all of it
    leaves `letter_days` before the first day (None: none leaves), a reminder on its eve if `reminds`.
    """

    __table_args__ = (CheckConstraint("letter_days IS NULL OR letter_days > 0", name="days"),)

    edition_id: int = Field(primary_key=True, foreign_key="edition.id", sa_column_kwargs={"autoincrement": False})
    access: str = Field(default="", max_length=2000)
    hours: str = Field(default="", max_length=600)
    food: str = Field(default="", max_length=1000)
    contact: str = Field(default="", max_length=400)
    conduct: str = Field(default="", max_length=1000)
    letter_days: int | None = None
    reminds: bool = False
