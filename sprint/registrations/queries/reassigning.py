"""What the team reads before it moves or accepts somebody."""

from dataclasses import dataclass

from sqlalchemy import and_
from sqlmodel import Session, col, select

from sprint.people.tables import Person
from sprint.programme.queries import EditionView, track_cards
from sprint.programme.tables import Track
from sprint.registrations.queries import IS_LIVE, in_state, wanted_days
from sprint.registrations.queries.people import Place
from sprint.registrations.reassigning import Target
from sprint.registrations.rules import Applicant, Held
from sprint.registrations.tables import Mode, Registration, State, TrackCapacity


def held_as(who: Applicant, registration_id: int) -> Held:
    """The live registration of this id; LookupError when it is not theirs."""
    found = next((one for one in who.held if one.registration_id == registration_id), None)
    if found is None:
        raise LookupError(f"no live registration {registration_id}")
    return found


def person_of(db: Session, edition_id: int, registration_id: int) -> tuple[int, str] | None:
    """Whose registration of the edition it is or was, with their name. One query."""
    whose = select(Person.id, Person.name).join(Registration, col(Registration.person_id) == Person.id)
    row = db.exec(whose.where(Registration.id == registration_id, Registration.edition_id == edition_id)).first()
    return (row[0] or 0, row[1]) if row else None


def target_at(db: Session, edition: EditionView, track_id: int, day_id: int, mode: Mode) -> Target:
    """A place of the edition with what is offered there. Two queries, one row."""
    track = db.get_one(Track, track_id)
    (day,) = wanted_days(db, edition, track, [day_id], mode)
    audience = next(card.audience for card in track_cards(db, edition.id) if card.id == track_id)
    return Target(track_id, track.name, audience, day)


@dataclass(frozen=True)
class Asked:
    """A request for a seat, by its number: the order of the queue."""

    registration_id: int
    edition_id: int
    track_id: int
    day_id: int
    mode: Mode


def asked_as(edition_id: int, place: Place) -> Asked:
    """A live registration as a request."""
    return Asked(place.registration_id, edition_id, place.track_id, place.day_id, place.mode)


def ahead_of(db: Session, row: Asked) -> list[str]:
    """Who asked before for a seat that this one would take, by name in their order. One query.

    They wait on the same track, or, in a pause, on another one that has a seat left of the day's.
    """
    has_seat = and_(
        col(TrackCapacity.track_id) == Registration.track_id,
        col(TrackCapacity.day_id) == Registration.day_id,
        col(TrackCapacity.mode) == Registration.mode,
        col(TrackCapacity.taken) < TrackCapacity.seats,
    )
    rows = db.exec(
        select(Person.name)
        .join(Registration, col(Registration.person_id) == Person.id)
        .join(TrackCapacity, has_seat, isouter=True)
        .where(
            IS_LIVE,
            in_state(State.WAITING),
            Registration.edition_id == row.edition_id,
            Registration.day_id == row.day_id,
            Registration.mode == row.mode,
            col(Registration.id) < row.registration_id,
            (col(Registration.track_id) == row.track_id) | col(TrackCapacity.id).is_not(None),
        )
        .order_by(col(Registration.id))
    )
    return list(rows)
