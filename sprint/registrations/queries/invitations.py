"""Whoever was added by hand: what they hold, and who never came to open their account."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, and_, col, func, or_, select

from sprint.account.tables import Invitation
from sprint.people.tables import Identity, Person
from sprint.programme.tables import Day
from sprint.registrations.queries import IS_LIVE
from sprint.registrations.tables import Registration

AWAITED, WITHDRAWN_FOR = timedelta(days=30), timedelta(days=1)
"""How long after the edition somebody who never accepted is still known; how long after the team gave them up."""


def holds_places(db: Session, person_id: int, today: date) -> bool:
    """Whether the person holds or waits for a place from today on."""
    to_come = select(Registration.id).join(Day, col(Day.id) == Registration.day_id)
    live = to_come.where(IS_LIVE, Registration.person_id == person_id, Day.on >= today)
    return db.exec(live).first() is not None


def never_came(db: Session, now: datetime) -> list[int]:
    """Who was added by hand, never accepted, and is not waited for any more: the edition is a month ago, or the team took the
    invitation back the day before. One query.
    """
    latest = select(func.max(Invitation.id)).group_by(col(Invitation.person_id))
    accepted = select(Identity.id).where(Identity.person_id == Invitation.person_id).exists()
    last_day = select(func.max(Day.on)).where(Day.edition_id == Invitation.edition_id).scalar_subquery()
    live = select(Registration.id).where(IS_LIVE, Registration.person_id == Invitation.person_id).exists()
    since = now - AWAITED
    rows = db.exec(
        select(Invitation.person_id)
        .join(Person, col(Person.id) == Invitation.person_id)
        .where(
            col(Invitation.id).in_(latest),
            col(Invitation.accepted_at).is_(None),
            col(Person.erased_at).is_(None),
            ~accepted,
            or_(
                and_(col(Invitation.withdrawn_at) < now - WITHDRAWN_FOR, ~live),
                func.coalesce(last_day < since.date(), col(Invitation.expires_at) < since),
            ),
        )
        .order_by(col(Invitation.person_id))
    )
    return list(rows)
