"""A recruiter proposes a post; the person accepts, declines, or lets it lapse."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from sprint.journal import new_act, record
from sprint.refusal import Refusal, Refused
from sprint.talents.actions.consenting import lock_person
from sprint.talents.facts import TalentFact
from sprint.talents.queries.cards import PROFILE, seen_by
from sprint.talents.queries.mine import request_to
from sprint.talents.rules.recruiting import REQUEST_HOLDS, Recruiter, answering, requesting, state_of
from sprint.talents.tables import ContactRequest, RequestState
from sprint.words import say


@dataclass(frozen=True)
class Proposal:
    """What a recruiter proposes, in their own words."""

    post: str
    contract: str
    place: str
    reason: str


def request_contact(db: Session, recruiter: Recruiter, key: str, proposal: Proposal, once: str, now: datetime) -> bool:
    """Propose a post to the owner of a profile. False for a form received before. Raises Refused."""
    lock_person(db, recruiter.id)
    sent = select(ContactRequest.id).where(ContactRequest.recruiter_id == recruiter.id, ContactRequest.once == once)
    if db.exec(sent).first() is not None:
        return False
    statement = select(PROFILE.c.id, PROFILE.c.person_id).where(PROFILE.c.key == key, seen_by(recruiter, now))
    found = db.connection().execute(statement.with_for_update(read=True)).first()
    if found is None:
        raise Refused(Refusal("gone", say("Ce profil n’est plus dans le vivier.")))
    profile_id, person_id = found
    reasons = requesting(_pending(db, recruiter.id, profile_id, now))
    if reasons:
        raise Refused(*reasons)
    request = ContactRequest(
        person_id=person_id,
        profile_id=profile_id,
        recruiter_id=recruiter.id,
        organisation_id=recruiter.organisation_id,
        post=proposal.post,
        contract=proposal.contract,
        place=proposal.place,
        reason=proposal.reason,
        sent_at=now,
        expires_at=now + REQUEST_HOLDS,
        once=once,
    )
    db.add(request)
    db.flush()
    _tell(db, TalentFact.REQUESTED, request, recruiter.id, now)
    return True


def _pending(db: Session, recruiter_id: int, profile_id: int, now: datetime) -> RequestState | None:
    """The recruiter's live request to the profile; one whose time is over is written off first."""
    mine = (col(ContactRequest.recruiter_id) == recruiter_id, col(ContactRequest.profile_id) == profile_id)
    lapsed = (*mine, col(ContactRequest.state) == RequestState.OPEN, col(ContactRequest.expires_at) <= now)
    db.exec(update(ContactRequest).where(*lapsed).values(state=RequestState.LAPSED, ended_at=now))
    live = col(ContactRequest.state).in_([RequestState.OPEN, RequestState.ACCEPTED])
    found = db.exec(select(ContactRequest.state).where(*mine, live).limit(1)).first()
    return RequestState(found) if found else None


def accept_contact(db: Session, person_id: int, request_id: int, now: datetime) -> None:
    """Accept a request: from now on each reads the name and the address of the other. Raises Refused."""
    _answer(db, person_id, request_id, RequestState.ACCEPTED, TalentFact.ACCEPTED, now)


def decline_contact(db: Session, person_id: int, request_id: int, now: datetime) -> None:
    """Decline a request; no reason is asked. Raises Refused."""
    _answer(db, person_id, request_id, RequestState.DECLINED, TalentFact.DECLINED, now)


def _answer(
    db: Session, person_id: int, request_id: int, answer: RequestState, kind: TalentFact, now: datetime
) -> None:
    lock_person(db, person_id)
    request = request_to(db, person_id, request_id)
    state = state_of(request.state, request.expires_at, now) if request else None
    if request is not None and state == answer:
        return  # the same button pressed twice
    reasons = answering(state)
    if reasons or request is None:
        raise Refused(*reasons)
    request.state, request.ended_at = answer, now
    _tell(db, kind, request, person_id, now)


def _tell(db: Session, kind: TalentFact, request: ContactRequest, actor_id: int, now: datetime) -> None:
    detail: dict[str, int | str] = {"request": request.id or 0}
    record(db, new_act(), kind, now, actor_id=actor_id, person_id=request.person_id, detail=detail)
