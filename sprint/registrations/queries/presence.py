"""Who said that they come, whose answer is awaited, and who lost their seat for want of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sql
from sqlalchemy import ColumnElement, and_, func, inspect, literal
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from sprint.journal import Fact
from sprint.people.tables import Person
from sprint.programme.queries import EditionView
from sprint.programme.tables import Day
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.presence import FAIR, Call, Seated
from sprint.registrations.queries import IS_LIVE, in_state
from sprint.registrations.tables import End, PresenceAnswer, PresenceCall, Registration, State

_SEAT = (IS_LIVE, in_state(State.CONFIRMED))


_SEATED = (
    func.min(Registration.confirmed_at),
    func.max(Registration.queued_at),
    func.max(PresenceAnswer.answered_at),
)
"""What `Seated` is made of, over the live registrations of somebody in an edition."""


def calls_of(db: Session, editions: Iterable[EditionView]) -> dict[int, Call]:
    """What those of the editions ask that ask something. One query."""
    known = {view.id: view for view in editions if view.days}
    rows = db.exec(select(PresenceCall).where(col(PresenceCall.edition_id).in_(list(known))))
    return {row.edition_id: _call(row, known[row.edition_id]) for row in rows}


def call_of(db: Session, edition: EditionView) -> Call | None:
    """What the edition asks of those who hold a seat; None when it asks nothing, or has no day yet. One query."""
    return calls_of(db, [edition]).get(edition.id)


def _call(row: PresenceCall, edition: EditionView) -> Call:
    first = edition.calendar.days[0]
    return Call(row.edition_id, edition.calendar.zone, first, row.ask_days, row.answer_days, row.releases)


def seated_in(db: Session, person_id: int, edition_ids: Iterable[int]) -> dict[int, Seated]:
    """What the person holds in these editions, where they hold a seat. One query."""
    rows = db.exec(
        select(Registration.edition_id, *_SEATED)
        .join(PresenceAnswer, _ANSWER, isouter=True)
        .where(IS_LIVE, Registration.person_id == person_id, col(Registration.edition_id).in_(list(edition_ids)))
        .group_by(col(Registration.edition_id))
    )
    return {key: Seated(seat_at, asked_at, answered) for key, seat_at, asked_at, answered in rows if seat_at}


_ANSWER = and_(
    col(PresenceAnswer.person_id) == col(Registration.person_id),
    col(PresenceAnswer.edition_id) == col(Registration.edition_id),
)
_OTHER = aliased(Registration)


def awaited(call: Call) -> list[ColumnElement[bool]]:
    """On registrations: they are seats of those whose answer is awaited. The same as `Seated.is_awaited`, for all at once."""
    answered = select(PresenceAnswer.person_id).where(_ANSWER).exists()
    asked_since = (
        select(_OTHER.id)
        .where(
            col(_OTHER.ended_at).is_(None),
            col(_OTHER.person_id) == col(Registration.person_id),
            col(_OTHER.edition_id) == col(Registration.edition_id),
            # What is asked for past the deadline keeps no seat that the deadline took.
            col(_OTHER.queued_at).between(call.asks_at, call.due_at),
        )
        .exists()
    )
    return [
        *_SEAT,
        col(Registration.edition_id) == call.edition_id,
        col(Registration.confirmed_at) < call.asks_at,
        ~answered,
        ~asked_since,
    ]


def is_asked(db: Session, call: Call) -> bool:
    """Whether the question of this call left, in time to be answered. One query."""
    asked = (Fact.kind == RegistrationFact.PRESENCE_ASKED.value, Fact.edition_id == call.edition_id)
    in_time = col(Fact.at).between(call.asks_at, call.due_at - FAIR)
    return db.exec(select(Fact.id).where(*asked, in_time).limit(1)).first() is not None


def lapsed_call(db: Session, person_id: int, edition: EditionView, now: datetime) -> Call | None:
    """The call whose deadline took the person's seats, although no worker has given them away yet. One query; three past it."""
    call = call_of(db, edition)
    if call is None or not call.releases or now < call.due_at:
        return None
    seated = seated_in(db, person_id, [edition.id]).get(edition.id)
    return call if seated is not None and seated.is_awaited(call) and is_asked(db, call) else None


def unanswered(db: Session, call: Call, day_ids: Iterable[int]) -> Sequence[Registration]:
    """Every live registration, on these days, of those whose answer was awaited and who could be written to, in order of the queue.

    Held and waited for: whoever does not come waits for nothing.
    """
    silent = (
        select(Registration.person_id)
        .join(Person, col(Person.id) == Registration.person_id)
        .where(*awaited(call), col(Person.email).is_not(None))
        .correlate(None)
    )
    live = select(Registration).where(
        IS_LIVE,
        Registration.edition_id == call.edition_id,
        col(Registration.person_id).in_(silent),
        col(Registration.day_id).in_(list(day_ids)),
    )
    return db.exec(live.order_by(col(Registration.id))).all()


@dataclass(frozen=True)
class Turnout:
    """People of an edition: how many hold a seat, said that they come, are awaited, lost their seat for want of an answer."""

    seated: int
    confirmed: int
    awaited: int
    released: int

    @property
    def since(self) -> int:
        """Those who got a seat since the question was asked: nothing is asked of them."""
        return self.seated - self.confirmed - self.awaited


def turnout(db: Session, call: Call) -> Turnout:
    """How the answers stand. Four queries."""
    people = func.count(func.distinct(Registration.person_id))
    ours = Registration.edition_id == call.edition_id
    of_seats = select(people).where(*_SEAT, ours)
    seated, answered = (
        db.exec(of_seats).one(),
        db.exec(of_seats.where(select(PresenceAnswer.person_id).where(_ANSWER).exists())).one(),
    )
    waited_for = awaited_people(db, call)
    released = db.exec(select(people).where(ours, Registration.ended == End.RELEASED)).one()
    return Turnout(seated, answered, waited_for, released)


@dataclass(frozen=True)
class Crowd:
    """The people of an edition: how many hold a seat or wait for one, how many wait for each track, what it asks of them."""

    people: dict[State, int]
    waiting: dict[int, int]
    """By track; those where nobody waits are left out."""
    call: Call | None


def crowd_of(db: Session, edition: EditionView) -> Crowd:
    """Who comes to an edition, in numbers. One query."""
    people = func.count(func.distinct(Registration.person_id))
    asks = (PresenceCall.ask_days, PresenceCall.answer_days, PresenceCall.releases)
    whole = (literal(0), Registration.state, people, *asks)
    of_track = (Registration.track_id, Registration.state, people, *asks)
    asked = col(PresenceCall.edition_id) == Registration.edition_id
    live = (IS_LIVE, Registration.edition_id == edition.id)
    every = (
        sql.select(*whole)
        .join(PresenceCall, asked, isouter=True)
        .where(*live)
        .group_by(col(Registration.state), *asks),
        sql.select(*of_track)
        .join(PresenceCall, asked, isouter=True)
        .where(*live, in_state(State.WAITING))
        .group_by(col(Registration.track_id), col(Registration.state), *asks),
    )
    rows = db.connection().execute(sql.union_all(*every)).all()
    return Crowd(
        {State(state): number for track, state, number, *_ in rows if not track},
        {track: number for track, _, number, *_ in rows if track},
        Call(edition.id, edition.calendar.zone, edition.calendar.days[0], *rows[0][3:])
        if rows and rows[0][3] is not None and edition.days
        else None,
    )


def awaited_people(db: Session, call: Call) -> int:
    """How many have not answered. One query."""
    people = func.count(func.distinct(Registration.person_id))
    return db.exec(select(people).where(*awaited(call))).one()


def last_asked(db: Session, call: Call) -> datetime | None:
    """When the question of this call, or a reminder of it, left last. One query."""
    asked = (RegistrationFact.PRESENCE_ASKED.value, RegistrationFact.PRESENCE_REMINDED.value)
    of_edition = (Fact.edition_id == call.edition_id, col(Fact.kind).in_(asked), col(Fact.at) >= call.asks_at)
    return db.exec(select(func.max(Fact.at)).where(*of_edition)).one()


@dataclass(frozen=True)
class AwaitedLine:
    """Somebody whose answer is awaited, with the first of their days."""

    person_id: int
    name: str
    first_on: date


def awaited_lines(db: Session, call: Call, offset: int, limit: int) -> list[AwaitedLine]:
    """One page of those whose answer is awaited, by name. One query."""
    rows = db.exec(
        select(Person.id, Person.name, func.min(Day.on))
        .join(Registration, col(Registration.person_id) == Person.id)
        .join(Day, col(Day.id) == Registration.day_id)
        .where(*awaited(call))
        .group_by(col(Person.id), col(Person.name))
        .order_by(func.lower(Person.name), col(Person.id))
        .offset(offset)
        .limit(limit)
    )
    return [AwaitedLine(person_id or 0, name, on) for person_id, name, on in rows]


def seat_of_letter(db: Session, registration_id: int) -> tuple[int, int] | None:
    """Person and edition of the registration a letter's link is sealed over. One query."""
    row = db.exec(
        select(Registration.person_id, Registration.edition_id).where(Registration.id == registration_id)
    ).first()
    return (row[0], row[1]) if row else None


def was_released(db: Session, person_id: int, edition_id: int) -> datetime | None:
    """When the person lost a seat there for want of an answer. One query."""
    return db.exec(
        select(func.max(Registration.ended_at)).where(
            Registration.person_id == person_id,
            Registration.edition_id == edition_id,
            Registration.ended == End.RELEASED,
        )
    ).one()


def open_call(db: Session, person_id: int, views: Sequence[EditionView], now: datetime) -> Call | None:
    """What one of these editions asks of the person now, the one that ends first. One query, none without editions."""
    known = {view.id: view for view in views if view.days}
    if not known:
        return None
    there = col(Registration.edition_id) == PresenceCall.edition_id
    held = and_(IS_LIVE, there, col(Registration.person_id) == person_id)
    rows = db.exec(
        select(PresenceCall, *_SEATED)  # type: ignore[call-overload]
        .join(Registration, held)
        .join(PresenceAnswer, _ANSWER, isouter=True)
        .where(col(PresenceCall.edition_id).in_(list(known)))
        .group_by(*inspect(PresenceCall).columns)
    )
    asked = [
        (_call(row, known[row.edition_id]), Seated(seat_at, asked_at, answered_at))
        for row, seat_at, asked_at, answered_at in rows
        if seat_at
    ]
    mine = (call for call, seated in asked if call.is_open(now) and seated.is_awaited(call))
    return min(mine, key=lambda call: call.due_at, default=None)
