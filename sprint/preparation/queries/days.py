"""What stands on the days of an edition: who comes, what takes place."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from sprint.journal import Fact
from sprint.programme.tables import Day, Slot
from sprint.registrations.queries import IS_LIVE
from sprint.registrations.tables import Registration, TrackCapacity


@dataclass(frozen=True)
class DayUse:
    """A day with what keeps it from going: every registration there ever was, slots, offers, facts that name it."""

    id: int
    on: date
    place: str
    registrations: int
    slots: int
    seats: int
    facts: int

    @property
    def is_unused(self) -> bool:
        return not (self.registrations or self.slots or self.seats or self.facts)


def day_uses(db: Session, edition_id: int) -> list[DayUse]:
    """The days of an edition in order. One query."""
    registered = select(func.count()).where(Registration.day_id == Day.id).scalar_subquery()
    slots = select(func.count()).where(Slot.day_id == Day.id).scalar_subquery()
    facts = select(func.count()).where(Fact.day_id == Day.id).scalar_subquery()
    seats = select(func.count()).where(TrackCapacity.day_id == Day.id).scalar_subquery()
    columns = select(Day.id, Day.on, Day.place, registered, slots, seats, facts)
    return [DayUse(*row) for row in db.exec(columns.where(Day.edition_id == edition_id).order_by(col(Day.on)))]


def people_registered(db: Session, edition_id: int) -> int:
    """How many people hold a seat or wait for one."""
    people = select(func.count(func.distinct(Registration.person_id)))
    return db.exec(people.where(IS_LIVE, Registration.edition_id == edition_id)).one()
