"""Joining the pool, changing what one shows, agreeing anew, excluding an organisation."""

import random
import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from sprint.journal import new_act, record
from sprint.people.queries import is_here
from sprint.people.rules import GONE
from sprint.refusal import Refused
from sprint.talents.actions.consenting import give, lock_person, take_back
from sprint.talents.facts import TalentFact
from sprint.talents.portrait import portray
from sprint.talents.queries.mine import profile_of
from sprint.talents.queries.works import own_contributions
from sprint.talents.rules.joining import Portrait, agreeing, belonging
from sprint.talents.rules.labels import TREES
from sprint.talents.search import SHUFFLE
from sprint.talents.tables import Exclusion, Purpose, ShownContribution, TalentProfile

CHANCE = random.SystemRandom()


def join_pool(
    db: Session, person_id: int, portrait: Portrait, purposes: Collection[Purpose], language: str, now: datetime
) -> bool:
    """Be in the pool, under a new pseudonym and a new random key. False when the person is in it already (a form sent
    twice). Raises Refused.
    """
    lock_person(db, person_id)
    if not is_here(db, person_id):
        raise Refused(GONE)
    if profile_of(db, person_id) is not None:
        return False
    reasons = agreeing(list(purposes))
    if reasons:
        raise Refused(*reasons)
    visible = give(db, person_id, Purpose.VISIBLE, language, now)
    tree, number = _drawn_pseudonym(db)
    profile = TalentProfile(
        key=secrets.token_hex(12),
        person_id=person_id,
        tree=tree,
        number=number,
        headline=portrait.headline,
        visible_consent_id=visible.id or 0,
        shuffle=CHANCE.randint(1, SHUFFLE - 1),
        joined_at=now,
        changed_at=now,
    )
    if Purpose.CONTRIBUTIONS in purposes:
        profile.contributions_consent_id = give(db, person_id, Purpose.CONTRIBUTIONS, language, now).id
    portray(profile, portrait, now)
    db.add(profile)
    db.flush()
    _attach(db, profile, portrait)
    _tell(db, TalentFact.JOINED, person_id, now)
    return True


def _drawn_pseudonym(db: Session) -> tuple[str, int]:
    """A tree and a number nobody bears now."""
    taken = set(db.exec(select(TalentProfile.tree, TalentProfile.number)))
    most = 99 if len(taken) < 1000 else 9999
    trees = sorted(TREES)
    while (name := (CHANCE.choice(trees), CHANCE.randint(2, most))) in taken:
        pass
    return name


def change_profile(db: Session, person_id: int, portrait: Portrait, now: datetime) -> None:
    """Say something else of oneself, or show it to others. Raises Refused."""
    profile = _own(db, person_id)
    portray(profile, portrait, now)
    db.flush()
    _attach(db, profile, portrait)
    _tell(db, TalentFact.CHANGED, person_id, now)


def _attach(db: Session, profile: TalentProfile, portrait: Portrait) -> None:
    """Replace what the profile is hidden from, and the contributions it shows."""
    profile_id = profile.id or 0
    db.exec(delete(Exclusion).where(col(Exclusion.profile_id) == profile_id))
    db.exec(delete(ShownContribution).where(col(ShownContribution.profile_id) == profile_id))
    db.add_all(Exclusion(profile_id=profile_id, organisation_id=one) for one in portrait.organisation_ids)
    db.add_all(Exclusion(profile_id=profile_id, domain=one) for one in portrait.domains)
    mine = {one.id for one in own_contributions(db, profile.person_id)}
    shown = [one for one in dict.fromkeys(portrait.contribution_ids) if one in mine]
    db.add_all(ShownContribution(profile_id=profile_id, contribution_id=one) for one in shown)
    db.flush()


def renew_consent(db: Session, person_id: int, purposes: Collection[Purpose], language: str, now: datetime) -> None:
    """Agree for twelve more months, to the notice of today. What is not ticked is not renewed. Raises Refused."""
    profile = _own(db, person_id)
    reasons = agreeing(list(purposes))
    if reasons:
        raise Refused(*reasons)
    profile.visible_consent_id = give(db, person_id, Purpose.VISIBLE, language, now).id or 0
    if Purpose.CONTRIBUTIONS in purposes:
        profile.contributions_consent_id = give(db, person_id, Purpose.CONTRIBUTIONS, language, now).id
    profile.changed_at = now
    _tell(db, TalentFact.RENEWED, person_id, now)


def show_contributions(db: Session, person_id: int, language: str, now: datetime) -> None:
    """Agree that the chosen contributions are shown. Raises Refused."""
    profile = _own(db, person_id)
    profile.contributions_consent_id = give(db, person_id, Purpose.CONTRIBUTIONS, language, now).id
    _tell(db, TalentFact.CONTRIBUTIONS_SHOWN, person_id, now)


def hide_contributions(db: Session, person_id: int, language: str, now: datetime) -> None:
    """Agree no more that contributions are shown; the rest of the profile stays. Raises Refused."""
    profile = _own(db, person_id)
    if profile.contributions_consent_id is None:
        return
    take_back(db, person_id, Purpose.CONTRIBUTIONS, language, now)
    profile.contributions_consent_id = None
    _tell(db, TalentFact.CONTRIBUTIONS_HIDDEN, person_id, now)


def exclude_organisation(db: Session, person_id: int, organisation_id: int, now: datetime) -> None:
    """Be hidden from an organisation from now on. Raises Refused."""
    profile = _own(db, person_id)
    known = select(Exclusion.id).where(Exclusion.profile_id == profile.id, Exclusion.organisation_id == organisation_id)
    if db.exec(known).first() is None:
        db.add(Exclusion(profile_id=profile.id or 0, organisation_id=organisation_id))
        _tell(db, TalentFact.EXCLUDED, person_id, now)


def _own(db: Session, person_id: int) -> TalentProfile:
    lock_person(db, person_id)
    profile = profile_of(db, person_id)
    if profile is None:
        raise Refused(*belonging(is_in=False))
    return profile


def _tell(db: Session, kind: TalentFact, person_id: int, now: datetime) -> None:
    record(db, new_act(), kind, now, actor_id=person_id, person_id=person_id)
