"""Reading what calendars hold: columns, a constant number of queries whatever their length."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from sprint.agenda.rules import DayRow, EditionRow, OwnDay, SlotRow
from sprint.agenda.tables import PersonalFeed
from sprint.board.queries import talks_in_order
from sprint.people.tables import Person
from sprint.programme.tables import Day, Edition, Slot, SlotKind, Track
from sprint.registrations.tables import Registration

_EDITION = (
    Edition.id,
    Edition.uid,
    Edition.slug,
    Edition.name,
    Edition.timezone,
    Edition.place,
    Edition.address,
    Edition.revision,
    Edition.changed_at,
    Edition.opens_at,
)


def edition_called(db: Session, slug: str) -> tuple[EditionRow, list[DayRow]] | None:
    """The edition of an address with its days in order. One query."""
    rows = db.exec(
        select(*_EDITION, Day.uid, Day.on)
        .join(Day, col(Day.edition_id) == Edition.id, isouter=True)
        .where(Edition.slug == slug)
        .order_by(col(Day.on))
    ).all()
    if not rows:
        return None
    return EditionRow(*rows[0][:10]), [DayRow(uid, on) for *_, uid, on in rows if uid is not None]


def editions_with(db: Session, edition_ids: Iterable[int]) -> dict[int, EditionRow]:
    """Editions by id. One query."""
    rows = db.exec(select(*_EDITION).where(col(Edition.id).in_(set(edition_ids))))
    return {row[0]: EditionRow(*row) for row in rows}


def slots_of_edition(db: Session, edition_id: int) -> list[SlotRow]:
    """Every slot of an edition, cancelled ones too, by day and hour. One query."""
    return _slots(db, col(Slot.edition_id) == edition_id)


def slots_of_tracks(db: Session, track_ids: Iterable[int]) -> list[SlotRow]:
    """Every slot of these tracks, in the same order. One query."""
    return _slots(db, col(Slot.track_id).in_(set(track_ids)))


def slot_with(db: Session, edition_id: int, slot_id: int) -> SlotRow | None:
    """One slot of an edition."""
    found = _slots(db, (col(Slot.edition_id) == edition_id) & (col(Slot.id) == slot_id))
    return found[0] if found else None


def _slots(db: Session, which: ColumnElement[bool]) -> list[SlotRow]:
    rows = db.exec(
        select(
            Slot.uid,
            Slot.revision,
            Slot.changed_at,
            Slot.cancelled_at,
            Slot.title,
            Day.on,
            Slot.starts,
            Slot.ends,
            Slot.room,
            Day.place,
            Slot.track_id,
            Track.slug,
            Track.name,
            Slot.kind,
            Slot.edition_id,
        )
        .join(Day, col(Day.id) == Slot.day_id)
        .join(Track, col(Track.id) == Slot.track_id, isouter=True)
        .where(which)
        .order_by(col(Slot.position), col(Slot.id))
    )
    found, sessions = [], set()
    for *row, kind, edition_id in rows:
        found.append(SlotRow(*row))
        if kind == SlotKind.LIGHTNING_TALK:
            sessions.add(edition_id)
    if sessions:
        found = _with_talks(db, found, sessions)
    # Here and not in SQL: the engines do not agree on where a slot without hour stands.
    return sorted(found, key=lambda slot: (slot.on, slot.starts or time.max))


def _with_talks(db: Session, slots: list[SlotRow], edition_ids: set[int]) -> list[SlotRow]:
    """The slots, those for lightning talks with what is held in them. Two queries more for each edition with such a slot."""
    talks: dict[str, tuple[str, ...]] = {}
    for edition_id in sorted(edition_ids):
        for one in talks_in_order(db, edition_id):
            talks[one.session.uid] = (*talks.get(one.session.uid, ()), one.line)
    return [replace(slot, talks=talks.get(slot.uid, ())) for slot in slots]


@dataclass(frozen=True)
class FeedOwner:
    """Whose feed it is, in which language they read, and how often its address was renewed."""

    person_id: int
    language: str
    generation: int


def feed_owner(db: Session, person_id: int) -> FeedOwner | None:
    """The person of an id; an erased one has no feed. One query."""
    row = db.exec(
        select(Person.id, Person.language, func.coalesce(PersonalFeed.generation, 0))
        .join(PersonalFeed, col(PersonalFeed.person_id) == Person.id, isouter=True)
        .where(Person.id == person_id, col(Person.erased_at).is_(None))
    ).first()
    return FeedOwner(*row) if row else None


def own_days(db: Session, person_id: int, edition_id: int | None = None) -> list[OwnDay]:
    """Every registration of a person, live and ended, in one edition or in all. One query."""
    where = [col(Registration.person_id) == person_id]
    if edition_id is not None:
        where.append(col(Registration.edition_id) == edition_id)
    rows = db.exec(
        select(
            Registration.id,
            Registration.uid,
            Registration.state,
            Registration.mode,
            Registration.queued_at,
            Registration.confirmed_at,
            Registration.ended_at,
            Registration.edition_id,
            Day.on,
            Day.place,
            Track.id,
            Track.slug,
            Track.name,
            Track.join_url,
            Track.revision,
            Track.changed_at,
            Registration.revision,
            Registration.revised_at,
        )
        .join(Track, col(Track.id) == Registration.track_id)
        .join(Day, col(Day.id) == Registration.day_id)
        .where(*where)
        .order_by(col(Registration.id))
    )
    return [OwnDay(*row) for row in rows]


@dataclass(frozen=True)
class OnlineRoom:
    """Where a track meets online, if anywhere."""

    slug: str
    name: str
    join_url: str


def online_rooms(db: Session, edition_id: int) -> list[OnlineRoom]:
    """The tracks of an edition by name, with their online rooms. One query."""
    rows = db.exec(
        select(Track.slug, Track.name, Track.join_url)
        .where(Track.edition_id == edition_id)
        .order_by(col(Track.name), col(Track.id))
    )
    return [OnlineRoom(*row) for row in rows]
