"""Reading seats, queues and one's own registrations. Lists read columns, not entities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, literal_column, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from sprint.people.queries import works_publicly
from sprint.people.tables import Person
from sprint.prepared import Prepared
from sprint.programme.queries import AnyTrack, EditionView
from sprint.programme.tables import Day, Track
from sprint.registrations.rules import Applicant, Held, Offer, WantedDay
from sprint.registrations.tables import DayCapacity, Mode, QueuePause, Registration, State, TrackCapacity

IS_LIVE = col(Registration.ended_at).is_(None)


def in_state(state: State, of: type[Registration] = Registration) -> ColumnElement[bool]:
    """The condition that a registration is confirmed, or waits.

    The value is written out: SQLite weighs a bound one against the partial indexes, and for that prepares the statement
    anew at each execution, which takes ten times as long as asking.
    """
    return col(of.state) == literal_column(f"'{state.value}'")


_ON_TRACKS = bindparam("track_ids", expanding=True)
# One count for each row, which the index answers alone: a grouped one would read everybody the track has.
_WAITING = (
    select(func.count())
    .select_from(Registration)
    .where(
        IS_LIVE,
        in_state(State.WAITING),
        col(Registration.track_id) == TrackCapacity.track_id,
        col(Registration.day_id) == TrackCapacity.day_id,
        col(Registration.mode) == TrackCapacity.mode,
    )
    .correlate(TrackCapacity)
    .scalar_subquery()
)
_IS_PAUSED = select(QueuePause.edition_id).where(QueuePause.edition_id == Day.edition_id).exists()
_QUEUED = aliased(Registration)
_SOMEBODY_WAITS_THAT_DAY = (
    select(_QUEUED.id)
    .where(
        col(_QUEUED.ended_at).is_(None),
        in_state(State.WAITING, _QUEUED),
        col(_QUEUED.day_id) == TrackCapacity.day_id,
        col(_QUEUED.mode) == TrackCapacity.mode,
    )
    .exists()
)
IS_KEPT = and_(_IS_PAUSED, or_(_WAITING > 0, and_(col(DayCapacity.id).is_not(None), _SOMEBODY_WAITS_THAT_DAY)))
OF_SAME_DAY = and_(col(DayCapacity.day_id) == TrackCapacity.day_id, col(DayCapacity.mode) == TrackCapacity.mode)
_OFFERED = (
    select(
        TrackCapacity.track_id,
        TrackCapacity.day_id,
        Day.on,
        TrackCapacity.mode,
        TrackCapacity.seats,
        TrackCapacity.taken,
        _WAITING,
        DayCapacity.seats,
        func.coalesce(DayCapacity.taken, 0),
        IS_KEPT,
    )
    .join(Day, col(Day.id) == TrackCapacity.day_id)
    .join(DayCapacity, OF_SAME_DAY, isouter=True)
)
_OfferColumns = Prepared[int, int, date, Mode, int, int, int, int | None, int, bool]
_OFFERS: _OfferColumns = Prepared(
    _OFFERED.where(col(TrackCapacity.track_id).in_(_ON_TRACKS)).order_by(
        col(TrackCapacity.track_id), col(Day.on), col(TrackCapacity.mode).desc()
    )
)
_OFFERS_IN_MODE: _OfferColumns = Prepared(
    _OFFERED.where(TrackCapacity.track_id == bindparam("track_id"), TrackCapacity.mode == bindparam("mode"))
)


def offers(db: Session, track_ids: Iterable[int]) -> list[Offer]:
    """What is offered on these tracks, by day then mode, with who waits. One query."""
    return [Offer(*row) for row in _OFFERS.rows(db, track_ids=list(track_ids))]


_HELD_COLUMNS = (
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
_HELD_ORDER = (col(Day.on), col(Registration.state), col(Registration.queued_at))
_HELD = Prepared(
    select(*_HELD_COLUMNS)
    .join(Track, col(Track.id) == Registration.track_id)
    .join(Day, col(Day.id) == Registration.day_id)
    .where(IS_LIVE, Registration.person_id == bindparam("person_id"))
    .order_by(*_HELD_ORDER)
)
ONE_BY = (
    select(works_publicly(), *_HELD_COLUMNS)
    .select_from(Person)
    .join(Registration, and_(col(Registration.person_id) == Person.id, IS_LIVE), isouter=True)
    .join(Track, col(Track.id) == Registration.track_id, isouter=True)
    .join(Day, col(Day.id) == Registration.day_id, isouter=True)
    .where(Person.id == bindparam("person_id"))
    .order_by(*_HELD_ORDER)
)
_APPLICANT = Prepared(ONE_BY)


def held_by(db: Session, person_id: int, edition_id: int | None = None) -> tuple[Held, ...]:
    """The live registrations of a person, in one edition or in all, by day."""
    # The edition is left to us: asked for both, SQLite walks the whole edition to find one person.
    held = (Held(*row) for row in _HELD.rows(db, person_id=person_id))
    return tuple(one for one in held if edition_id is None or one.edition_id == edition_id)


def join_links(db: Session, person_id: int) -> dict[int, str]:
    """Where the tracks meet online on which the person has a seat, by track. One query."""
    rows = db.exec(
        select(Track.id, Track.join_url)
        .join(Registration, col(Registration.track_id) == Track.id)
        .where(IS_LIVE, Registration.person_id == person_id, in_state(State.CONFIRMED), Track.join_url != "")
        .distinct()
    )
    return {track_id or 0: url for track_id, url in rows}


@dataclass(frozen=True)
class QueuePlace:
    """Where a waiting registration stands among those of its track, day and mode (1 is next)."""

    registration_id: int
    place: int
    of: int


_QUEUE = [col(Registration.track_id), col(Registration.day_id), col(Registration.mode)]
_RANKED = (
    select(
        Registration.id,
        Registration.person_id,
        func.row_number().over(partition_by=_QUEUE, order_by=col(Registration.id)).label("place"),
        func.count().over(partition_by=_QUEUE).label("of"),
    )
    .where(
        IS_LIVE,
        in_state(State.WAITING),
        col(Registration.track_id).in_(_ON_TRACKS),
    )
    .subquery()
)
_PLACES: Prepared[int, int, int] = Prepared(
    select(_RANKED.c.id, _RANKED.c.place, _RANKED.c.of).where(_RANKED.c.person_id == bindparam("person_id"))
)


def queue_places(db: Session, person_id: int, track_ids: Iterable[int]) -> dict[int, QueuePlace]:
    """The person's places in the queues of these tracks, by registration."""
    rows = _PLACES.rows(db, person_id=person_id, track_ids=list(track_ids))
    return {row[0]: QueuePlace(*row) for row in rows}


@dataclass(frozen=True)
class Waiting:
    """The next person who can be given a seat, and the seat they would leave for it (None: they hold none)."""

    registration_id: int
    seat_id: int | None


_IS_EDITION_PAUSED = (
    select(QueuePause.edition_id).where(col(QueuePause.edition_id) == col(Registration.edition_id)).exists()
)


def next_in_queue(db: Session, edition_id: int, day_id: int, mode: Mode) -> Waiting | None:
    """The first waiting row of a day and mode, across tracks in order of arrival, for which there is a seat now; nobody in a pause."""
    seat = select(Registration).where(IS_LIVE, in_state(State.CONFIRMED)).subquery()
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
            in_state(State.WAITING),
            Registration.edition_id == edition_id,
            Registration.day_id == day_id,
            Registration.mode == mode,
            col(TrackCapacity.taken) < TrackCapacity.seats,
            has_day_seat,
            ~_IS_EDITION_PAUSED,
        )
        # By id, which is given under the edition's lock: `queued_at` was read before the wait for it.
        .order_by(col(Registration.id))
        .limit(1)
    ).first()
    return Waiting(*row) if row else None


def is_paused(db: Session, edition_id: int) -> bool:
    """Whether the waiting list of the edition is paused. One query."""
    return db.exec(select(QueuePause.edition_id).where(QueuePause.edition_id == edition_id)).first() is not None


def people_count(db: Session, edition_ids: Sequence[int]) -> dict[int, int]:
    """How many people hold a seat, by edition."""
    rows = db.exec(
        select(Registration.edition_id, func.count(func.distinct(Registration.person_id)))
        .where(IS_LIVE, in_state(State.CONFIRMED), col(Registration.edition_id).in_(list(edition_ids)))
        .group_by(col(Registration.edition_id))
    )
    return dict(rows.all())


def applicant_for(db: Session, person_id: int, edition: EditionView, now: datetime) -> Applicant:
    """The person as the rules of an edition see them. One query."""
    rows = _APPLICANT.rows(db, person_id=person_id, today=edition.calendar.today(now))
    return applicant_of(rows, edition.id)


def applicant_of(rows: Sequence[Sequence[Any]], edition_id: int) -> Applicant:
    """The person that rows of `ONE_BY` tell of, as the rules of an edition see them."""
    held = (Held(*row) for _, *row in rows if row[0] is not None)
    is_public = any(works for works, *_ in rows)
    return Applicant(is_public, tuple(one for one in held if one.edition_id == edition_id))


def wanted_days(
    db: Session, edition: EditionView, track: AnyTrack, day_ids: Sequence[int], mode: Mode
) -> list[WantedDay]:
    """The days asked for, in order and once each, with what is offered there. One query."""
    there = (Offer(*row) for row in _OFFERS_IN_MODE.rows(db, track_id=track.id, mode=mode))
    offered, asked = {offer.day_id: offer for offer in there}, set(day_ids)
    return [WantedDay(day.id, day.on, mode, offered.get(day.id)) for day in edition.days if day.id in asked]
