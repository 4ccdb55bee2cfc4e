"""What time asks for: reminding before a consent ends, forgetting who stays away, traces that are old, and people erased."""

from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, delete, or_
from sqlmodel import Session, col, select

from sprint.journal import new_act, record
from sprint.talents.actions.leaving import leave_pool, remove_profile
from sprint.talents.facts import TalentFact
from sprint.talents.rules.joining import VIEWS_KEPT, WITHDRAWN_KEPT
from sprint.talents.tables import (
    Consent,
    ConsentProof,
    ContactRequest,
    PoolMonth,
    RequestState,
    SearchReason,
    TalentProfile,
    TalentView,
    WithdrawnCard,
)

PROOF_KEPT = timedelta(days=5 * 365)
CONSENT_KEPT = PROOF_KEPT + timedelta(days=365)


def remind(db: Session, profile_id: int, days: int, now: datetime) -> None:
    """Owe the letter that says when the consent ends. Nothing for somebody who left meanwhile."""
    person_id = db.exec(select(TalentProfile.person_id).where(TalentProfile.id == profile_id)).first()
    if person_id is not None:
        record(db, new_act(), TalentFact.REMINDED, now, person_id=person_id, detail={"days": days})


def purge_profile(db: Session, profile_id: int, now: datetime) -> None:
    """Erase the profile of somebody who has stayed away; their requests and views go with the months."""
    profile = db.exec(select(TalentProfile).where(TalentProfile.id == profile_id)).first()
    if profile is not None:
        person_id = profile.person_id
        remove_profile(db, profile, now)
        _count(db, "purged", now.date(), 1)
        record(db, new_act(), TalentFact.PURGED, now, person_id=person_id)


def forget_old_traces(db: Session, now: datetime) -> None:
    """Forget views and requests after twelve months, and who could see a withdrawn card. Numbers by month stay."""
    _forget_views(db, col(TalentView.at) < now - VIEWS_KEPT)
    _forget_requests(db, col(ContactRequest.sent_at) < now - VIEWS_KEPT)
    unused = col(SearchReason.id).not_in(select(TalentView.reason_id))
    db.exec(delete(SearchReason).where(unused, col(SearchReason.said_at) < now - VIEWS_KEPT))
    ids = or_(
        col(TalentProfile.visible_consent_id) == Consent.id, col(TalentProfile.contributions_consent_id) == Consent.id
    )
    in_force = select(TalentProfile.id).where(ids).exists()
    db.exec(delete(Consent).where(col(Consent.at) < now - CONSENT_KEPT, ~in_force))
    db.exec(delete(WithdrawnCard).where(col(WithdrawnCard.left_on) < (now - WITHDRAWN_KEPT).date()))
    db.exec(delete(ConsentProof).where(col(ConsentProof.on) < (now - PROOF_KEPT).date()))


def forget_person(db: Session, person_id: int, language: str, now: datetime) -> None:
    """Erase somebody from the pool: as leaving, then every trace. Of their consents stay hashes and dates, nobody's.

    What they wrote as a recruiter stays with those they wrote to, under their tombstone.
    """
    leave_pool(db, person_id, language, now)
    _forget_views(db, col(TalentView.person_id) == person_id)
    _forget_requests(db, col(ContactRequest.person_id) == person_id)
    db.exec(delete(WithdrawnCard).where(col(WithdrawnCard.recruiter_id) == person_id))
    for consent in db.exec(select(Consent).where(Consent.person_id == person_id)).all():
        db.add(_proof(consent))
        db.delete(consent)
    db.flush()


def _proof(consent: Consent) -> ConsentProof:
    return ConsentProof(
        receipt_sha256=sha256(consent.receipt.encode()).hexdigest(),
        purpose=consent.purpose,
        state=consent.state,
        notice_version=consent.notice_version,
        on=consent.at.date(),
        expires_on=consent.expires_at.date() if consent.expires_at else None,
    )


def _forget_views(db: Session, which: ColumnElement[bool]) -> None:
    for at in db.exec(select(TalentView.at).where(which)).all():
        _count(db, "views", at.date(), 1)
    db.exec(delete(TalentView).where(which))


def _forget_requests(db: Session, which: ColumnElement[bool]) -> None:
    for at, state in db.exec(select(ContactRequest.sent_at, ContactRequest.state).where(which)).all():
        ended = RequestState.LAPSED if state == RequestState.OPEN else RequestState(state)
        _count(db, "requests", at.date(), 1)
        _count(db, ended.value, at.date(), 1)
    db.exec(delete(ContactRequest).where(which))


def _count(db: Session, what: str, on: date, number: int) -> None:
    month = on.replace(day=1)
    row = db.exec(select(PoolMonth).where(PoolMonth.what == what, PoolMonth.month == month)).first()
    if row is None:
        row = PoolMonth(what=what, month=month, number=0)
    row.number += number
    db.add(row)
    db.flush()
