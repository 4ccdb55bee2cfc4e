"""The queues of an edition with all that decides who is next."""

from sqlalchemy import and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from sprint.people.tables import Person
from sprint.programme.tables import Day
from sprint.registrations.foresight import Queued, Room
from sprint.registrations.queries import IS_LIVE
from sprint.registrations.tables import DayCapacity, Mode, Registration, State, TrackCapacity


def waiting_room(db: Session, edition_id: int) -> Room:
    """Free seats, the queue in order, and the seats that those who wait hold elsewhere that day. Four queries."""
    of_tracks = select(
        TrackCapacity.track_id, TrackCapacity.day_id, TrackCapacity.mode, TrackCapacity.seats - TrackCapacity.taken
    ).join(Day, and_(col(Day.id) == TrackCapacity.day_id, col(Day.edition_id) == edition_id))
    of_days = select(DayCapacity.day_id, DayCapacity.mode, DayCapacity.seats - DayCapacity.taken).join(
        Day, and_(col(Day.id) == DayCapacity.day_id, col(Day.edition_id) == edition_id)
    )
    return Room(
        {(track, day, Mode(mode)): free for track, day, mode, free in db.exec(of_tracks)},
        {(day, Mode(mode)): free for day, mode, free in db.exec(of_days)},
        _seats_of_those_who_wait(db, edition_id),
        tuple(_queue(db, edition_id)),
    )


def _queue(db: Session, edition_id: int) -> list[Queued]:
    rows = db.exec(
        select(
            Registration.id,
            Registration.person_id,
            Person.name,
            Registration.track_id,
            Registration.day_id,
            Registration.mode,
        )
        .join(Person, col(Person.id) == Registration.person_id)
        .where(IS_LIVE, Registration.state == State.WAITING, Registration.edition_id == edition_id)
        .order_by(col(Registration.id))
    )
    return [Queued(*row) for row in rows]


def _seats_of_those_who_wait(db: Session, edition_id: int) -> dict[tuple[int, int], tuple[int, Mode]]:
    waiting = aliased(Registration)
    rows = db.exec(
        select(Registration.person_id, Registration.day_id, Registration.track_id, Registration.mode)
        .join(
            waiting,
            and_(
                col(waiting.person_id) == Registration.person_id,
                col(waiting.day_id) == Registration.day_id,
                col(waiting.state) == State.WAITING,
                col(waiting.ended_at).is_(None),
            ),
        )
        .where(IS_LIVE, Registration.state == State.CONFIRMED, Registration.edition_id == edition_id)
    )
    return {(person, day): (track, Mode(mode)) for person, day, track, mode in rows}
