"""The queues of an edition with all that decides who is next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from sprint.people.tables import Person
from sprint.programme.tables import Day, Track
from sprint.registrations.foresight import Queued, Room
from sprint.registrations.queries import IS_LIVE, in_state, offers
from sprint.registrations.queries.people import Place
from sprint.registrations.rules import why_waiting
from sprint.registrations.tables import DayCapacity, Mode, QueuePause, Registration, State, TrackCapacity
from sprint.words import Words


def waiting_room(db: Session, edition_id: int) -> Room:
    """Free seats, the queue in order, and the seats that those who wait hold elsewhere that day. Four queries."""
    of_tracks = select(
        TrackCapacity.track_id, TrackCapacity.day_id, TrackCapacity.mode, TrackCapacity.seats - TrackCapacity.taken
    ).join(Day, and_(col(Day.id) == TrackCapacity.day_id, col(Day.edition_id) == edition_id))
    of_days = select(DayCapacity.day_id, DayCapacity.mode, DayCapacity.seats - DayCapacity.taken).join(
        Day, and_(col(Day.id) == DayCapacity.day_id, col(Day.edition_id) == edition_id)
    )
    queue = _queue(db, edition_id)
    return Room(
        {(track, day, Mode(mode)): free for track, day, mode, free in db.exec(of_tracks)},
        {(day, Mode(mode)): free for day, mode, free in db.exec(of_days)},
        _seats_of_those_who_wait(db, edition_id),
        tuple(one for one, _ in queue),
        any(is_paused for _, is_paused in queue),
    )


def reasons_for(db: Session, places: Iterable[Place]) -> dict[int, Words]:
    """Why each of those that wait has no seat yet, by registration; nothing for seats. One query."""
    waiting = [place for place in places if place.state == State.WAITING]
    found = offers(db, {place.track_id for place in waiting})
    offered = {(one.track_id, one.day_id, one.mode): one for one in found}
    return {one.registration_id: why_waiting(offered.get((one.track_id, one.day_id, one.mode))) for one in waiting}


@dataclass(frozen=True)
class QueueLine:
    """Somebody who waits for a seat, and since when."""

    registration_id: int
    person_id: int
    name: str
    queued_at: datetime
    on: date
    mode: Mode
    day_id: int
    track_id: int
    track_slug: str
    track_name: str


def queue_lines(db: Session, edition_id: int, offset: int, limit: int) -> tuple[int, list[QueueLine]]:
    """How many wait in the edition, and some of them in the order of the queue. Two queries."""
    waits = [IS_LIVE, in_state(State.WAITING), Registration.edition_id == edition_id]
    total = db.exec(select(func.count()).select_from(Registration).where(*waits)).one()
    rows = db.exec(
        select(
            Registration.id,
            Registration.person_id,
            Person.name,
            Registration.queued_at,
            Day.on,
            Registration.mode,
            Day.id,
            Track.id,
            Track.slug,
            Track.name,
        )
        .join(Person, col(Person.id) == Registration.person_id)
        .join(Day, col(Day.id) == Registration.day_id)
        .join(Track, col(Track.id) == Registration.track_id)
        .where(*waits)
        .order_by(col(Registration.id))
        .offset(offset)
        .limit(limit)
    )
    return total, [QueueLine(*row) for row in rows]


def _queue(db: Session, edition_id: int) -> list[tuple[Queued, bool]]:
    """Those who wait, in order, each with whether the list is paused: where nobody waits, that is no question."""
    rows = db.exec(
        select(
            Registration.id,
            Registration.person_id,
            Person.name,
            Registration.track_id,
            Registration.day_id,
            Registration.mode,
            col(QueuePause.edition_id).is_not(None),
        )
        .join(Person, col(Person.id) == Registration.person_id)
        .join(QueuePause, col(QueuePause.edition_id) == Registration.edition_id, isouter=True)
        .where(IS_LIVE, in_state(State.WAITING), Registration.edition_id == edition_id)
        .order_by(col(Registration.id))
    )
    return [(Queued(*who), is_paused) for *who, is_paused in rows]


def _seats_of_those_who_wait(db: Session, edition_id: int) -> dict[tuple[int, int], tuple[int, Mode]]:
    waiting = aliased(Registration)
    rows = db.exec(
        select(Registration.person_id, Registration.day_id, Registration.track_id, Registration.mode)
        .join(
            waiting,
            and_(
                col(waiting.person_id) == Registration.person_id,
                col(waiting.day_id) == Registration.day_id,
                in_state(State.WAITING, waiting),
                col(waiting.ended_at).is_(None),
            ),
        )
        .where(IS_LIVE, in_state(State.CONFIRMED), Registration.edition_id == edition_id)
    )
    return {(person, day): (track, Mode(mode)) for person, day, track, mode in rows}
