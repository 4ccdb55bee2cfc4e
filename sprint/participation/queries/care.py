"""Meals and needs for the organisers of an edition: numbers of all, names of some pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from sprint.journal import Fact
from sprint.participation.facts import ParticipationFact
from sprint.participation.rules import Purpose
from sprint.participation.tables import AccessNeed, Meal, MealChoice, Need
from sprint.people.tables import Person
from sprint.programme.tables import Day
from sprint.registrations.queries import IS_LIVE, in_state
from sprint.registrations.tables import Mode, Registration, State

_SITS_THERE = (IS_LIVE, in_state(State.CONFIRMED), Registration.mode == Mode.SITE)


def meals_by_day(db: Session, edition_id: int) -> dict[tuple[date, Meal | None], int]:
    """How many people with a seat on site eat what, by day; None: those who did not say. One query."""
    rows = db.exec(
        select(Day.on, MealChoice.meal, func.count(func.distinct(Registration.person_id)))
        .join(Registration, col(Registration.day_id) == Day.id)
        .join(
            MealChoice,
            (col(MealChoice.person_id) == Registration.person_id)
            & (col(MealChoice.edition_id) == Registration.edition_id),
            isouter=True,
        )
        .where(*_SITS_THERE, Day.edition_id == edition_id)
        .group_by(col(Day.on), col(MealChoice.meal))
    )
    return {(on, Meal(meal) if meal else None): people for on, meal, people in rows}


def needs_by_day(db: Session, edition_id: int) -> dict[tuple[date, Need], int]:
    """How many people with a seat need what, by day, wherever they sit. One query."""
    rows = db.exec(
        select(Day.on, AccessNeed.need, func.count(func.distinct(Registration.person_id)))
        .join(Registration, col(Registration.day_id) == Day.id)
        .join(
            AccessNeed,
            (col(AccessNeed.person_id) == Registration.person_id)
            & (col(AccessNeed.edition_id) == Registration.edition_id),
        )
        .where(IS_LIVE, in_state(State.CONFIRMED), Day.edition_id == edition_id)
        .group_by(col(Day.on), col(AccessNeed.need))
    )
    return {(on, Need(need)): people for on, need, people in rows}


def last_declared(db: Session, edition_id: int, actor_id: int, purpose: Purpose) -> datetime | None:
    """When the organiser last said that they read names for that purpose. One query."""
    declared = select(func.max(Fact.at)).where(
        Fact.edition_id == edition_id,
        Fact.actor_id == actor_id,
        Fact.kind == ParticipationFact.NAMES_READ.value,
        col(Fact.detail)["purpose"].as_string() == purpose.value,
    )
    return db.exec(declared).first()


@dataclass(frozen=True)
class Named:
    """Somebody and what they said."""

    person_id: int
    name: str
    said: tuple[Meal | Need, ...]


def people_named(db: Session, edition_id: int, purpose: Purpose, offset: int, limit: int) -> tuple[int, list[Named]]:
    """How many people with a seat said something of that, and some of them by name. Three queries."""
    seat = select(Registration.id).where(
        IS_LIVE,
        in_state(State.CONFIRMED),
        Registration.edition_id == edition_id,
        Registration.person_id == Person.id,
    )
    table = MealChoice if purpose == Purpose.MEALS else AccessNeed
    said = select(table.person_id).where(table.edition_id == edition_id, table.person_id == Person.id)
    where = (seat.exists(), said.exists())
    total = db.exec(select(func.count()).select_from(Person).where(*where)).one()
    order = (func.lower(Person.name), col(Person.id))
    people = db.exec(select(Person.id, Person.name).where(*where).order_by(*order).offset(offset).limit(limit)).all()
    words = _said_by(db, edition_id, purpose, [person_id or 0 for person_id, _ in people])
    return total, [Named(person_id or 0, name, tuple(words.get(person_id or 0, ()))) for person_id, name in people]


def _said_by(db: Session, edition_id: int, purpose: Purpose, person_ids: Sequence[int]) -> dict[int, list[Meal | Need]]:
    found: dict[int, list[Meal | Need]] = {}
    if purpose == Purpose.MEALS:
        meals = select(MealChoice.person_id, MealChoice.meal).where(
            MealChoice.edition_id == edition_id, col(MealChoice.person_id).in_(person_ids)
        )
        for person_id, meal in db.exec(meals):
            found.setdefault(person_id, []).append(Meal(meal))
        return found
    needs = select(AccessNeed.person_id, AccessNeed.need).where(
        AccessNeed.edition_id == edition_id, col(AccessNeed.person_id).in_(person_ids)
    )
    for person_id, need in db.exec(needs.order_by(col(AccessNeed.need))):
        found.setdefault(person_id, []).append(Need(need))
    return found
