"""Leaving the pool: at once, whole, in one transaction."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col

from sprint.journal import new_act, record
from sprint.talents.actions.consenting import lock_person, take_back
from sprint.talents.facts import TalentFact
from sprint.talents.queries.cards import card_for
from sprint.talents.queries.mine import profile_of
from sprint.talents.queries.recruiters import recruiters
from sprint.talents.tables import (
    ContactRequest,
    Exclusion,
    Purpose,
    RequestState,
    ShownContribution,
    TalentProfile,
    WithdrawnCard,
)


def leave_pool(db: Session, person_id: int, language: str, now: datetime) -> bool:
    """Take the profile away: from searches, from its address, from open requests. False when there was none.

    Kept, without the person: which recruiters could see the card, so that they are told that it is gone.
    """
    lock_person(db, person_id)
    profile = profile_of(db, person_id)
    if profile is None:
        return False
    # Each recruiter is asked about through their own query: what they could see is not reckoned a second way.
    saw = [one.id for one in recruiters(db, now) if card_for(db, one, profile.key, now) is not None]
    db.add_all(WithdrawnCard(key=profile.key, recruiter_id=one, left_on=now.date()) for one in saw)
    take_back(db, person_id, Purpose.VISIBLE, language, now)
    if profile.contributions_consent_id is not None:
        take_back(db, person_id, Purpose.CONTRIBUTIONS, language, now)
    remove_profile(db, profile, now)
    record(db, new_act(), TalentFact.LEFT, now, actor_id=person_id, person_id=person_id)
    return True


def remove_profile(db: Session, profile: TalentProfile, now: datetime) -> None:
    """Delete a profile with what hangs on it; open requests close, answered ones stay without it."""
    about = col(ContactRequest.profile_id) == profile.id
    is_open = col(ContactRequest.state) == RequestState.OPEN
    db.exec(update(ContactRequest).where(about, is_open).values(state=RequestState.CLOSED, ended_at=now))
    db.exec(update(ContactRequest).where(about).values(profile_id=None))
    db.exec(delete(Exclusion).where(col(Exclusion.profile_id) == profile.id))
    db.exec(delete(ShownContribution).where(col(ShownContribution.profile_id) == profile.id))
    db.delete(profile)
    db.flush()
