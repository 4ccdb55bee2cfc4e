"""Who may search the pool today."""

from datetime import datetime
from itertools import groupby

from sqlalchemy import and_, func
from sqlmodel import Session, col, or_, select

from sprint.people.queries import live_grant
from sprint.people.tables import Affiliation, Grant, Organisation, Person, Right
from sprint.talents.rules.recruiting import Recruiter, domains_above
from sprint.talents.tables import SearchReason

RECRUITS = and_(col(Grant.right) == Right.RECRUITER, col(Person.erased_at).is_(None))


def recruiters(db: Session, now: datetime, person_id: int | None = None) -> list[Recruiter]:
    """Everybody with a live right to recruit and a public employer of today, or only that person. One query."""
    today = now.date()
    works = and_(
        col(Affiliation.person_id) == Person.id,
        col(Affiliation.since_on) <= today,
        or_(col(Affiliation.until_on).is_(None), col(Affiliation.until_on) >= today),
    )
    statement = (
        select(Person.id, Person.name, Person.email, Organisation.id, Organisation.name, Organisation.is_public)
        .join(Affiliation, works)
        .join(Organisation, col(Organisation.id) == Affiliation.organisation_id)
        .where(
            col(Person.erased_at).is_(None),
            col(Person.id).in_(select(Grant.person_id).where(Grant.right == Right.RECRUITER, live_grant(now))),
        )
        .order_by(col(Person.id), col(Organisation.is_public).desc(), col(Affiliation.since_on), col(Affiliation.id))
    )
    if person_id is not None:
        statement = statement.where(Person.id == person_id)
    found = []
    for (key, name, email), rows in groupby(db.exec(statement).all(), key=lambda row: tuple(row[:3])):
        works_for = [row[3:] for row in rows]
        organisation_id, organisation, is_public = works_for[0]
        if is_public:
            ids = tuple(dict.fromkeys(one[0] for one in works_for))
            found.append(Recruiter(key, name, organisation_id, organisation, ids, domains_above(email)))
    return found


def recruiter_for(db: Session, person_id: int, now: datetime) -> Recruiter | None:
    """The person as a recruiter; None without a live right or a public employer."""
    return next(iter(recruiters(db, now, person_id)), None)


def recruiters_count(db: Session, now: datetime) -> int:
    """How many people may search the pool."""
    return len(recruiters(db, now))


def reason_of(db: Session, recruiter_id: int, since: datetime) -> SearchReason | None:
    """Why the recruiter searches, as said last, if that is recent enough."""
    statement = select(SearchReason).where(SearchReason.recruiter_id == recruiter_id, SearchReason.said_at > since)
    return db.exec(statement.order_by(col(SearchReason.said_at).desc(), col(SearchReason.id).desc()).limit(1)).first()


def has_said(db: Session, recruiter_id: int, once: str) -> bool:
    """Whether that form was received before."""
    statement = select(func.count()).where(
        col(SearchReason.recruiter_id) == recruiter_id, col(SearchReason.once) == once
    )
    return db.exec(statement).one() > 0
