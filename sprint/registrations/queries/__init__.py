"""Reading seats, queues and one's own registrations. Lists read columns, not entities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func
from sqlmodel import Session, col, select

from sprint.people.queries import works_for_public_organisation
from sprint.programme.queries import EditionView
from sprint.programme.tables import Day, Track
from sprint.registrations.rules import Applicant, Held, Offer, WantedDay
from sprint.registrations.tables import DayCapacity, Mode, Registration, State, TrackCapacity

IS_LIVE = col(Registration.ended_at).is_(None)


def offers(db: Session, track_ids: Iterable[int]) -> list[Offer]:
    """What is offered on these tracks, by day then mode, with who waits. One query."""
    waiting = (
        select(Registration.track_id, Registration.day_id, Registration.mode, func.count().label("people"))
        .where(IS_LIVE, Registration.state == State.WAITING, col(Registration.track_id).in_(list(track_ids)))
        .group_by(col(Registration.track_id), col(Registration.day_id), col(Registration.mode))
        .subquery()
    )
    rows = db.exec(
        select(
            TrackCapacity.track_id,
            TrackCapacity.day_id,
            Day.on,
            TrackCapacity.mode,
            TrackCapacity.seats,
            TrackCapacity.taken,
            func.coalesce(waiting.c.people, 0),
            DayCapacity.seats,
            func.coalesce(DayCapacity.taken, 0),
        )
        .join(Day, col(Day.id) == TrackCapacity.day_id)
        .join(
            DayCapacity,
            and_(col(DayCapacity.day_id) == TrackCapacity.day_id, col(DayCapacity.mode) == TrackCapacity.mode),
            isouter=True,
        )
        .join(
            waiting,
            and_(
                waiting.c.track_id == TrackCapacity.track_id,
                waiting.c.day_id == TrackCapacity.day_id,
                waiting.c.mode == TrackCapacity.mode,
            ),
            isouter=True,
        )
        .where(col(TrackCapacity.track_id).in_(list(track_ids)))
        .order_by(col(TrackCapacity.track_id), col(Day.on), col(TrackCapacity.mode).desc())
    )
    return [Offer(*row) for row in rows]


def held_by(db: Session, person_id: int, edition_id: int | None = None) -> tuple[Held, ...]:
    """The live registrations of a person, in one edition or in all, by day."""
    where = [IS_LIVE, col(Registration.person_id) == person_id]
    if edition_id is not None:
        where.append(col(Registration.edition_id) == edition_id)
    rows = db.exec(
        select(
            Registration.id,
            Registration.edition_id,
            Registration.track_id,
            Track.slug,
            Track.name,
            Registration.day_id,
            Day.on,
            Registration.mode,
            Registration.state,
        )
        .join(Track, col(Track.id) == Registration.track_id)
        .join(Day, col(Day.id) == Registration.day_id)
        .where(*where)
        .order_by(col(Day.on), col(Registration.state), col(Registration.queued_at))
    )
    return tuple(Held(*row) for row in rows)


def join_links(db: Session, person_id: int) -> dict[int, str]:
    """Where the tracks meet online on which the person has a seat, by track. One query."""
    rows = db.exec(
        select(Track.id, Track.join_url)
        .join(Registration, col(Registration.track_id) == Track.id)
        .where(
            IS_LIVE, Registration.person_id == person_id, Registration.state == State.CONFIRMED, Track.join_url != ""
        )
        .distinct()
    )
    return {track_id or 0: url for track_id, url in rows}


@dataclass(frozen=True)
class QueuePlace:
    """Where a waiting registration stands among those of its track, day and mode (1 is next)."""

    registration_id: int
    place: int
    of: int


def queue_places(db: Session, person_id: int, track_ids: Iterable[int]) -> dict[int, QueuePlace]:
    """The person's places in the queues of these tracks, by registration."""
    queue = [col(Registration.track_id), col(Registration.day_id), col(Registration.mode)]
    ranked = (
        select(
            Registration.id,
            Registration.person_id,
            func.row_number().over(partition_by=queue, order_by=col(Registration.id)).label("place"),
            func.count().over(partition_by=queue).label("of"),
        )
        .where(IS_LIVE, Registration.state == State.WAITING, col(Registration.track_id).in_(list(track_ids)))
        .subquery()
    )
    rows = db.exec(select(ranked.c.id, ranked.c.place, ranked.c.of).where(ranked.c.person_id == person_id))
    return {row[0]: QueuePlace(*row) for row in rows}


def replayed(db: Session, person_id: int, once: str) -> bool:
    """Whether this very form was received before."""
    known = select(Registration.id).where(Registration.person_id == person_id, Registration.once == once).limit(1)
    return db.exec(known).first() is not None


@dataclass(frozen=True)
class Waiting:
    """The next person who can be given a seat, and the seat they would leave for it (None: they hold none)."""

    registration_id: int
    seat_id: int | None


def next_in_queue(db: Session, edition_id: int, day_id: int, mode: Mode) -> Waiting | None:
    """The first waiting row of a day and mode, across tracks in order of arrival, for which there is a seat now."""
    seat = select(Registration).where(IS_LIVE, Registration.state == State.CONFIRMED).subquery()
    has_day_seat = col(DayCapacity.id).is_(None) | (col(DayCapacity.taken) < DayCapacity.seats) | (seat.c.mode == mode)
    row = db.exec(
        select(Registration.id, seat.c.id)
        .join(
            TrackCapacity,
            and_(
                col(TrackCapacity.track_id) == Registration.track_id,
                col(TrackCapacity.day_id) == Registration.day_id,
                col(TrackCapacity.mode) == Registration.mode,
            ),
        )
        .join(
            DayCapacity,
            and_(col(DayCapacity.day_id) == Registration.day_id, col(DayCapacity.mode) == Registration.mode),
            isouter=True,
        )
        .join(
            seat,
            and_(seat.c.person_id == Registration.person_id, seat.c.day_id == Registration.day_id),
            isouter=True,
        )
        .where(
            IS_LIVE,
            Registration.state == State.WAITING,
            Registration.edition_id == edition_id,
            Registration.day_id == day_id,
            Registration.mode == mode,
            col(TrackCapacity.taken) < TrackCapacity.seats,
            has_day_seat,
        )
        # By id, which is given under the edition's lock: `queued_at` was read before the wait for it.
        .order_by(col(Registration.id))
        .limit(1)
    ).first()
    return Waiting(*row) if row else None


def people_count(db: Session, edition_ids: Sequence[int]) -> dict[int, int]:
    """How many people hold a seat, by edition."""
    rows = db.exec(
        select(Registration.edition_id, func.count(func.distinct(Registration.person_id)))
        .where(IS_LIVE, Registration.state == State.CONFIRMED, col(Registration.edition_id).in_(list(edition_ids)))
        .group_by(col(Registration.edition_id))
    )
    return dict(rows.all())


def applicant_for(db: Session, person_id: int, edition: EditionView, now: datetime) -> Applicant:
    """The person as the rules of an edition see them."""
    is_public = works_for_public_organisation(db, person_id, edition.calendar.today(now))
    return Applicant(is_public, held_by(db, person_id, edition.id))


def wanted_days(db: Session, edition: EditionView, track: Track, day_ids: Sequence[int], mode: Mode) -> list[WantedDay]:
    """The days asked for, in order and once each, with what is offered there."""
    offered = {(offer.day_id, offer.mode): offer for offer in offers(db, [track.id or 0])}
    asked = set(day_ids)
    return [WantedDay(day.id, day.on, mode, offered.get((day.id, mode))) for day in edition.days if day.id in asked]
