"""A recruiter says why they search, and opens profiles: each opening is written before the page is shown."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func
from sqlmodel import Session, col, select

from sprint.journal import Fact, new_act, record
from sprint.talents.actions.consenting import lock_person
from sprint.talents.facts import TalentFact
from sprint.talents.queries.cards import PROFILE, is_withdrawn, seen_by
from sprint.talents.queries.recruiters import has_said
from sprint.talents.rules.recruiting import Recruiter, opening
from sprint.talents.tables import SearchReason, TalentView

HOUR = timedelta(hours=1)


class Opened(StrEnum):
    """What became of opening a profile."""

    SEEN = "seen"
    GONE = "gone"
    UNKNOWN = "unknown"
    TOO_MANY = "too_many"


def state_reason(db: Session, recruiter: Recruiter, words: str, once: str, now: datetime) -> bool:
    """Say why one searches, from now on. False for a form received before."""
    lock_person(db, recruiter.id)
    if has_said(db, recruiter.id, once):
        return False
    db.add(SearchReason(recruiter_id=recruiter.id, words=words, said_at=now, once=once))
    db.flush()
    return True


def note_view(db: Session, recruiter: Recruiter, key: str, reason_id: int, now: datetime) -> Opened:
    """Note that the recruiter opens a profile, if they may; nothing is noted of one that is gone or was never theirs."""
    lock_person(db, recruiter.id)
    # Shared with others who look, held against its owner's leaving: nobody is shown what was withdrawn meanwhile.
    statement = select(PROFILE.c.person_id).where(PROFILE.c.key == key, seen_by(recruiter, now))
    person_id = db.exec(statement.with_for_update(read=True)).first()
    if person_id is None:
        return Opened.GONE if is_withdrawn(db, recruiter, key) else Opened.UNKNOWN
    if _is_one_too_many(db, recruiter, person_id, now):
        return Opened.TOO_MANY
    db.add(
        TalentView(
            person_id=person_id,
            recruiter_id=recruiter.id,
            organisation_id=recruiter.organisation_id,
            reason_id=reason_id,
            at=now,
        )
    )
    db.flush()
    return Opened.SEEN


def _is_one_too_many(db: Session, recruiter: Recruiter, person_id: int, now: datetime) -> bool:
    opened = set(
        db.exec(
            select(TalentView.person_id)
            .where(TalentView.recruiter_id == recruiter.id, TalentView.at > now - HOUR)
            .distinct()
        )
    )
    if not opening(len(opened), is_among_them=person_id in opened):
        return False
    told = select(func.count()).where(
        col(Fact.kind) == TalentFact.TOO_MANY_VIEWS, col(Fact.actor_id) == recruiter.id, col(Fact.at) > now - HOUR
    )
    if not db.exec(told).one():
        record(db, new_act(), TalentFact.TOO_MANY_VIEWS, now, actor_id=recruiter.id, person_id=recruiter.id)
    return True
