"""What a recruiter reads of their own contact requests: never who it was, unless the card says so."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from sprint.talents.queries.cards import PROFILE, seen_by
from sprint.talents.rules.joining import VIEWS_KEPT
from sprint.talents.rules.labels import REQUEST_STATES, pseudonym
from sprint.talents.rules.recruiting import Recruiter, state_of
from sprint.talents.tables import ContactRequest, RequestState, TalentProfile
from sprint.words import Words


@dataclass(frozen=True)
class SentLine:
    """A request one sent. Without `key` the profile is gone, or hidden from the recruiter."""

    post: str
    state: RequestState
    words: Words
    sent_at: datetime
    expires_at: datetime
    key: str | None
    pseudonym: Words | None


def _line(row: ContactRequest, key: str | None, tree: str | None, number: int | None, now: datetime) -> SentLine:
    state = state_of(row.state, row.expires_at, now)
    name = pseudonym(tree, number) if tree is not None and number is not None else None
    return SentLine(row.post, state, REQUEST_STATES[state], row.sent_at, row.expires_at, key, name)


def requests_sent(db: Session, recruiter: Recruiter, now: datetime, offset: int, limit: int) -> list[SentLine]:
    """One page of what the recruiter sent in twelve months, the latest first. One query."""
    rows = db.exec(
        select(ContactRequest, TalentProfile.key, TalentProfile.tree, TalentProfile.number)
        .join(
            TalentProfile, (col(TalentProfile.id) == ContactRequest.profile_id) & seen_by(recruiter, now), isouter=True
        )
        .where(ContactRequest.recruiter_id == recruiter.id, ContactRequest.sent_at > now - VIEWS_KEPT)
        .order_by(col(ContactRequest.sent_at).desc(), col(ContactRequest.id).desc())
        .offset(offset)
        .limit(limit)
    )
    return [_line(row, key, tree, number, now) for row, key, tree, number in rows]


def sent_count(db: Session, recruiter: Recruiter, now: datetime) -> int:
    """How many requests the recruiter sent in twelve months. One query."""
    return db.exec(
        select(func.count()).where(
            col(ContactRequest.recruiter_id) == recruiter.id, col(ContactRequest.sent_at) > now - VIEWS_KEPT
        )
    ).one()


def last_request(db: Session, recruiter: Recruiter, key: str, now: datetime) -> SentLine | None:
    """The recruiter's last request to a profile they may see. One query."""
    row = db.exec(
        select(ContactRequest, TalentProfile.key, TalentProfile.tree, TalentProfile.number)
        .join(TalentProfile, col(TalentProfile.id) == ContactRequest.profile_id)
        .where(PROFILE.c.key == key, ContactRequest.recruiter_id == recruiter.id, seen_by(recruiter, now))
        .order_by(col(ContactRequest.id).desc())
        .limit(1)
    ).first()
    return _line(*row, now) if row else None
