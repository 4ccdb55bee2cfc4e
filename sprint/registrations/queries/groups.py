"""The people of an edition as a letter reaches them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from sprint.people.queries import live_grant
from sprint.people.tables import Grant, Person, Right, Scope
from sprint.programme.tables import Track
from sprint.registrations.queries import IS_LIVE
from sprint.registrations.queries.people import Sought
from sprint.registrations.tables import Registration


@dataclass(frozen=True)
class Addressee:
    """Somebody to write to; `has_address` is False where no letter can arrive."""

    person_id: int
    name: str
    language: str
    has_address: bool


def registered_people(db: Session, edition_id: int, sought: Sought) -> list[Addressee]:
    """Who comes or waits, as sought, by name, each once. One query."""
    rows = db.exec(
        select(Person.id, Person.name, Person.language, Person.email)
        .join(Registration, col(Registration.person_id) == Person.id)
        .where(IS_LIVE, Registration.edition_id == edition_id, col(Person.erased_at).is_(None), *sought.conditions)
        .distinct()
        .order_by(col(Person.name), col(Person.id))
    )
    return [Addressee(person_id or 0, name, language, bool(email)) for person_id, name, language, email in rows]


def mentors_of_edition(db: Session, edition_id: int, track_id: int | None, now: datetime) -> list[Addressee]:
    """Who mentors a track of the edition, or this one, by name, each once. One query."""
    of_track = [col(Track.id) == track_id] if track_id is not None else []
    rows = db.exec(
        select(Person.id, Person.name, Person.language, Person.email)
        .join(Grant, col(Grant.person_id) == Person.id)
        .join(Track, col(Track.id) == Grant.scope_id)
        .where(
            Grant.right == Right.MENTOR,
            Grant.scope_kind == Scope.TRACK,
            live_grant(now),
            Track.edition_id == edition_id,
            col(Person.erased_at).is_(None),
            *of_track,
        )
        .distinct()
        .order_by(col(Person.name), col(Person.id))
    )
    return [Addressee(person_id or 0, name, language, bool(email)) for person_id, name, language, email in rows]
