"""Reading alerts: the one behind a link, one's own, and how many an opening would tell."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from sprint.alerts.rules import CONFIRMING_LASTS
from sprint.alerts.tables import Alert
from sprint.people.tables import Person
from sprint.programme.tables import Edition

ASKING = "alert"
"""Kind of the job that posts a link to confirm an address with; its key is the alert, a dash, and which letter it is."""
TELLING = "alert.opening"
"""Kind of the job that tells of an opening; `Opening` reads its key."""


@dataclass(frozen=True)
class AlertView:
    """One alert, as whoever opens its link or posts its letter sees it; `edition` is the name of the one it is for."""

    id: int
    email: str
    language: str
    asked_at: datetime
    is_confirmed: bool
    opening: str | None
    edition: str | None


def alert_called(db: Session, alert_id: int) -> AlertView | None:
    """The alert of a number, while there is one. Written to where its person is now, if it is somebody's. One query."""
    row = db.exec(
        select(Alert, Edition.name, Person.email, Person.email_verified_at)  # type: ignore[call-overload]
        .join(Edition, col(Edition.id) == Alert.edition_id, isouter=True)
        .join(Person, col(Person.id) == Alert.person_id, isouter=True)
        .where(Alert.id == alert_id)
    ).first()
    if row is None:
        return None
    alert, edition, email, verified_at = row
    to = email if email and verified_at else alert.email
    return AlertView(
        alert.id, to, alert.language, alert.asked_at, alert.confirmed_at is not None, alert.opening, edition
    )


def concerning(edition_id: int | None) -> ColumnElement[bool]:
    """The alerts that the opening of an edition ends: its own, and those for whichever comes next."""
    unnamed = col(Alert.edition_id).is_(None)
    return unnamed if edition_id is None else or_(unnamed, col(Alert.edition_id) == edition_id)


def is_awaited(db: Session, person_id: int, edition_id: int | None) -> bool:
    """Whether somebody is to be told of that opening. One query."""
    which = select(Alert.id).where(Alert.person_id == person_id, concerning(edition_id)).limit(1)
    return db.exec(which).first() is not None


def waiting_count(db: Session, edition_id: int) -> int:
    """How many confirmed addresses the opening of an edition would tell. One query."""
    which = select(func.count(func.distinct(Alert.mailbox))).where(
        concerning(edition_id), col(Alert.confirmed_at).is_not(None)
    )
    return db.exec(which).one()


def letters_to(db: Session, mailbox: str, now: datetime) -> int:
    """How many letters left for an address lately to have it confirmed, whatever the edition. One query."""
    lately = (col(Alert.confirmed_at).is_(None), Alert.asked_at > now - CONFIRMING_LASTS)
    return db.exec(select(func.coalesce(func.sum(Alert.letters), 0)).where(Alert.mailbox == mailbox, *lately)).one()
