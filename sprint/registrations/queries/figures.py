"""What is counted of the registrations of an edition. Counts only: nobody can be read from them."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from sprint.people.tables import Person, Standing
from sprint.registrations.queries import IS_LIVE
from sprint.registrations.tables import Registration, State


def figures_by_standing(db: Session, edition_id: int) -> dict[Standing, int]:
    """People who hold a seat, by what they say to be. One query."""
    rows = db.exec(
        select(Person.standing, func.count(func.distinct(Registration.person_id)))
        .join(Registration, col(Registration.person_id) == Person.id)
        .where(IS_LIVE, Registration.state == State.CONFIRMED, Registration.edition_id == edition_id)
        .group_by(col(Person.standing))
    )
    return {Standing(standing): people for standing, people in rows}


def figures_of_arrivals(db: Session, edition_id: int) -> list[datetime]:
    """When each of those who come or wait first asked, in order. One query."""
    rows = db.exec(
        select(func.min(Registration.queued_at))
        .where(IS_LIVE, Registration.edition_id == edition_id)
        .group_by(col(Registration.person_id))
    )
    return sorted(moment for moment in rows if moment is not None)
