"""What is counted of the registrations of an edition. Counts only: nobody can be read from them."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, cast, extract, func
from sqlmodel import Session, col, select

from sprint.people.tables import Person, Standing
from sprint.registrations.queries import IS_LIVE, in_state
from sprint.registrations.tables import Registration, State


def figures_by_standing(db: Session, edition_id: int) -> dict[Standing, int]:
    """People who hold a seat, by what they say to be. One query."""
    rows = db.exec(
        select(Person.standing, func.count(func.distinct(Registration.person_id)))
        .join(Registration, col(Registration.person_id) == Person.id)
        .where(IS_LIVE, in_state(State.CONFIRMED), Registration.edition_id == edition_id)
        .group_by(col(Person.standing))
    )
    return {Standing(standing): people for standing, people in rows}


QUARTER = 900
"""Seconds. No place on earth begins its day within a quarter of an hour of UTC: whoever counts days needs nothing finer."""


def figures_of_arrivals(db: Session, edition_id: int) -> dict[datetime, int]:
    """How many of those who come or wait first asked in each quarter of an hour, in order. One query."""
    first = (
        select(func.min(Registration.queued_at).label("at"))
        .where(IS_LIVE, Registration.edition_id == edition_id)
        .group_by(col(Registration.person_id))
        .subquery()
    )
    seconds = extract("epoch", first.c.at)
    # Cast last: PostgreSQL would round the second up that is not yet over.
    quarter = cast(seconds - seconds % QUARTER, BigInteger()).label("quarter")
    rows = db.exec(select(quarter, func.count()).group_by(quarter).order_by(quarter))
    return {datetime.fromtimestamp(started, UTC): people for started, people in rows}
