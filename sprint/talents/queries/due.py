"""What falls due in the pool: consents about to end, profiles of people who stay away."""

from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from sprint.people.tables import Person
from sprint.talents.rules.joining import FORGOTTEN_AFTER, REMINDERS
from sprint.talents.tables import Consent, TalentProfile


def ending_consents(db: Session, now: datetime) -> list[tuple[int, datetime]]:
    """Profiles whose consent ends within the longest reminder, with its end. One query."""
    soon = now + timedelta(days=max(REMINDERS))
    rows = db.exec(
        select(TalentProfile.id, Consent.expires_at)
        .join(Consent, col(Consent.id) == TalentProfile.visible_consent_id)
        .where(col(Consent.expires_at) > now, col(Consent.expires_at) <= soon)
    )
    return [(key, ends) for key, ends in rows if key is not None and ends is not None]


def forsaken_profiles(db: Session, now: datetime) -> list[int]:
    """Profiles whose owner was not here for 24 months. Views change nothing. One query."""
    before = now - FORGOTTEN_AFTER
    statement = (
        select(TalentProfile.id)
        .join(Person, col(Person.id) == TalentProfile.person_id)
        .where(col(TalentProfile.changed_at) <= before, func.coalesce(Person.seen_at, Person.created_at) <= before)
    )
    return [key for key in db.exec(statement) if key is not None]
