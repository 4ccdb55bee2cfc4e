"""Who is let in on a day, with where they work: for whoever keeps the door, and nothing more."""

import unicodedata
from datetime import date

from sqlalchemy import and_
from sqlmodel import Session, col, select

from sprint.people.tables import Affiliation, Organisation, Person
from sprint.registrations.queries import IS_LIVE, in_state
from sprint.registrations.tables import Mode, Registration, State


def let_in(db: Session, edition_id: int, day_id: int, on: date) -> list[tuple[str, str]]:
    """Name and organisations of everybody with a seat on site that day, by name. One query."""
    works_then = and_(
        col(Affiliation.person_id) == Person.id,
        col(Affiliation.since_on) <= on,
        col(Affiliation.until_on).is_(None) | (col(Affiliation.until_on) >= on),
    )
    rows = db.exec(
        select(Person.id, Person.name, Organisation.name)
        .join(Registration, col(Registration.person_id) == Person.id)
        .join(Affiliation, works_then, isouter=True)
        .join(Organisation, col(Organisation.id) == Affiliation.organisation_id, isouter=True)
        .where(
            IS_LIVE,
            Registration.edition_id == edition_id,
            Registration.day_id == day_id,
            in_state(State.CONFIRMED),
            Registration.mode == Mode.SITE,
            col(Person.erased_at).is_(None),
        )
        .order_by(col(Person.name), col(Person.id), col(Organisation.name))
    )
    found: dict[int, tuple[str, list[str]]] = {}
    for person_id, name, organisation in rows:
        works = found.setdefault(person_id or 0, (name, []))[1]
        if organisation and organisation not in works:
            works.append(organisation)
    people = [(name, ", ".join(works)) for name, works in found.values()]
    return sorted(people, key=lambda one: _as_filed(one[0]))


def _as_filed(name: str) -> str:
    """A name where one looks for it: É is an E, whatever the case."""
    apart = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()
