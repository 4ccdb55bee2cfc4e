"""Organisers' lists of who comes and who waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from sprint.people.tables import Person, Standing
from sprint.programme.tables import Day, Track
from sprint.registrations.queries import IS_LIVE, in_state
from sprint.registrations.tables import Mode, Registration, State

LISTED = 20
"""Rows of one page of an organiser's list."""


@dataclass(frozen=True)
class Sought:
    """What one looks for among the people of an edition; what is None or empty is not asked."""

    word: str = ""
    state: State | None = None
    day_id: int | None = None
    mode: Mode | None = None
    track_id: int | None = None
    standing: Standing | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """On live registrations joined with their person."""
        asked = [
            (Registration.day_id, self.day_id),
            (Registration.mode, self.mode),
            (Registration.track_id, self.track_id),
            (Person.standing, self.standing),
        ]
        named = [col(Person.name).icontains(self.word, autoescape=True)] if self.word else []
        states = [in_state(self.state)] if self.state else []
        return [*named, *states, *(col(column) == value for column, value in asked if value is not None)]


@dataclass(frozen=True)
class Place:
    """A live registration of somebody."""

    registration_id: int
    on: date
    mode: Mode
    state: State
    track_id: int
    track_slug: str
    track_name: str
    day_id: int


@dataclass(frozen=True)
class PersonLine:
    """Somebody with all they hold or wait for in the edition, by day; `asked_at` is when they first asked for what was sought."""

    id: int
    name: str
    standing: Standing
    asked_at: datetime
    places: tuple[Place, ...]


def people_sought(
    db: Session, edition_id: int, sought: Sought, offset: int, limit: int, *, by_arrival: bool = False
) -> tuple[int, list[PersonLine]]:
    """How many people match, and some of them by name or in the order in which they asked. Three queries whatever the number."""
    matching = (
        select(
            Registration.person_id,
            func.min(Registration.id).label("first"),
            func.min(Registration.queued_at).label("asked_at"),
        )
        .join(Person, col(Person.id) == Registration.person_id)
        .where(IS_LIVE, Registration.edition_id == edition_id, *sought.conditions)
        .group_by(col(Registration.person_id))
        .subquery()
    )
    total = db.exec(select(func.count()).select_from(matching)).one()
    order = [matching.c.first] if by_arrival else [func.lower(Person.name), col(Person.id)]
    found = db.exec(
        select(Person.id, Person.name, Person.standing, matching.c.asked_at)
        .join(matching, matching.c.person_id == Person.id)
        .order_by(*order)
        .offset(offset)
        .limit(limit)
    ).all()
    places = places_of(db, edition_id, [row[0] or 0 for row in found])
    return total, [
        PersonLine(person_id or 0, name, standing, asked_at, tuple(places.get(person_id or 0, ())))
        for person_id, name, standing, asked_at in found
    ]


def places_of(db: Session, edition_id: int, person_ids: Sequence[int]) -> dict[int, list[Place]]:
    """What these people hold or wait for in the edition, by day. One query."""
    rows = db.exec(
        select(
            Registration.person_id,
            Registration.id,
            Day.on,
            Registration.mode,
            Registration.state,
            Track.id,
            Track.slug,
            Track.name,
            Day.id,
        )
        .join(Day, col(Day.id) == Registration.day_id)
        .join(Track, col(Track.id) == Registration.track_id)
        .where(IS_LIVE, Registration.edition_id == edition_id, col(Registration.person_id).in_(list(person_ids)))
        .order_by(col(Day.on), col(Registration.state), col(Registration.id))
    )
    by_person: dict[int, list[Place]] = {}
    for person_id, *place in rows:
        by_person.setdefault(person_id, []).append(Place(*place))
    return by_person


def addresses_of(db: Session, person_ids: Sequence[int]) -> dict[int, str]:
    """The e-mail addresses of these people; those without are left out. One query."""
    rows = db.exec(select(Person.id, Person.email).where(col(Person.id).in_(list(person_ids))))
    return {person_id or 0: email for person_id, email in rows if email}


@dataclass(frozen=True)
class Chosen:
    """A live registration with its person."""

    person_id: int
    name: str
    place: Place


def chosen_places(
    db: Session, edition_id: int, person_ids: Sequence[int], registration_ids: Sequence[int]
) -> list[Chosen]:
    """All that these people hold or wait for in the edition, and these registrations of it, by person and day. One query."""
    rows = db.exec(
        select(
            Registration.person_id,
            Person.name,
            Registration.id,
            Day.on,
            Registration.mode,
            Registration.state,
            Track.id,
            Track.slug,
            Track.name,
            Day.id,
        )
        .join(Person, col(Person.id) == Registration.person_id)
        .join(Day, col(Day.id) == Registration.day_id)
        .join(Track, col(Track.id) == Registration.track_id)
        .where(
            IS_LIVE,
            Registration.edition_id == edition_id,
            col(Registration.person_id).in_(list(person_ids)) | col(Registration.id).in_(list(registration_ids)),
        )
        .order_by(func.lower(Person.name), col(Person.id), col(Day.on), col(Registration.id))
    )
    return [Chosen(person_id, name, Place(*place)) for person_id, name, *place in rows]


def people_of_track(db: Session, track_id: int) -> list[tuple[int, str]]:
    """Who holds a seat of a track on any day, by name. One query."""
    rows = db.exec(
        select(Person.id, Person.name)
        .join(Registration, col(Registration.person_id) == Person.id)
        .where(IS_LIVE, in_state(State.CONFIRMED), Registration.track_id == track_id)
        .distinct()
        .order_by(col(Person.name), col(Person.id))
    )
    return [(person_id or 0, name) for person_id, name in rows]
