"""Adding somebody by hand: a person without a way in, and a link by which they attach one. Nothing else ever does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from sprint.account.actions.employers import vouch_under
from sprint.account.actions.keeping import keep_identity
from sprint.account.actions.signing_in import begin_session
from sprint.account.facts import AccountFact
from sprint.account.providers.provider import Claims
from sprint.account.queries.invitations import is_invited_at, is_the_last
from sprint.account.rules import ATTESTED_LASTS
from sprint.account.rules.invitations import (
    INVITATION_LASTS,
    Times,
    inviting,
    inviting_again,
    joining,
    withdrawing,
)
from sprint.account.tables import Invitation
from sprint.journal import new_act, record
from sprint.people.queries import person_of_identity
from sprint.people.rules import GONE
from sprint.people.tables import Person, Standing
from sprint.refusal import Refused
from sprint.sessions import LASTS


@dataclass(frozen=True)
class Newcomer:
    """What the team knows of somebody it adds; an employer it names, it vouches for."""

    name: str
    email: str
    language: str
    employer: str = ""
    is_public: bool = False


def invite(db: Session, edition_id: int, newcomer: Newcomer, inviter: int, once: str, act: str, now: datetime) -> int:
    """Add somebody and send them a link; gives their id. Raises Refused when they were invited at this address already.

    That another account has the same address says nothing: it is neither looked for nor told. The edition is held by now.
    """
    reasons = inviting(is_invited=is_invited_at(db, edition_id, newcomer.email))
    if reasons:
        raise Refused(*reasons)
    person = Person(name=newcomer.name, email=newcomer.email, language=newcomer.language, created_at=now)
    db.add(person)
    db.flush()
    person_id = person.id or 0
    _send(db, person_id, edition_id, newcomer.email, inviter, once, now, act, AccountFact.INVITED)
    if newcomer.employer:
        until = now.date() + ATTESTED_LASTS
        vouch_under(db, person_id, inviter, newcomer.employer, until, act, now, is_public=newcomer.is_public)
    return person_id


def invite_again(db: Session, invitation_id: int, inviter: int, now: datetime) -> bool:
    """Send another link, which takes the place of those sent before. False when this one was replaced already (a form
    received twice). Raises Refused once one was accepted.
    """
    _, invitation = _locked(db, invitation_id)
    if not is_the_last(db, invitation.person_id, invitation_id):
        return False
    reasons = inviting_again(_times(invitation).state(now))
    if reasons:
        raise Refused(*reasons)
    earlier = (col(Invitation.person_id) == invitation.person_id, col(Invitation.accepted_at).is_(None))
    # One that was sent in this very moment has the shortest life there is.
    still = (col(Invitation.expires_at) > now, col(Invitation.invited_at) < now)
    db.exec(update(Invitation).where(*earlier, *still).values(expires_at=now))
    _send(
        db, invitation.person_id, invitation.edition_id, invitation.email, inviter, f"after-{invitation_id}", now,
        new_act(), AccountFact.INVITED_AGAIN,
    )  # fmt: skip
    return True


def withdraw_invitation(db: Session, invitation_id: int, actor: int, now: datetime, *, holds_places: bool) -> None:
    """Let the link open nothing any more. Raises Refused once it was accepted, or while the person holds places."""
    _, invitation = _locked(db, invitation_id)
    reasons = withdrawing(_times(invitation).state(now), holds_places=holds_places)
    if reasons:
        raise Refused(*reasons)
    invitation.withdrawn_at = now
    _record(db, new_act(), AccountFact.INVITATION_WITHDRAWN, invitation, actor, now)


def join(
    db: Session,
    claims: Claims,
    invitation_id: int,
    now: datetime,
    device: str,
    *,
    leaving: str = "",
    lasts: timedelta = LASTS,
) -> str:
    """Attach an account elsewhere to whom the invitation is for, and begin a session; gives its token. Serves once.

    Raises Refused when the link is over, or when that account opens somebody's account already: nothing is merged.
    """
    person, invitation = _locked(db, invitation_id)
    _refuse(db, claims, invitation, now)
    act = new_act()
    try:
        with db.begin_nested():
            keep_identity(db, claims, invitation.person_id, now)
    except IntegrityError:
        # Somebody came with it in this very moment.
        _refuse(db, claims, invitation, now)
        raise
    invitation.accepted_at = now
    if person.email == invitation.email:
        # Whoever opened the link reads what is sent there.
        person.email_verified_at = now
    person.standing = claims.standing if claims.standing is not Standing.OTHER else person.standing
    db.flush()
    _record(db, act, AccountFact.INVITATION_ACCEPTED, invitation, invitation.person_id, now, claims.provider)
    return begin_session(db, invitation.person_id, claims, act, now, device, leaving, lasts)


def _refuse(db: Session, claims: Claims, invitation: Invitation, now: datetime) -> None:
    owner = person_of_identity(db, claims.issuer, claims.subject)
    reasons = joining(_times(invitation).state(now), owner)
    if reasons:
        raise Refused(*reasons)


def _times(invitation: Invitation) -> Times:
    return Times(invitation.expires_at, invitation.accepted_at, invitation.withdrawn_at)


def _locked(db: Session, invitation_id: int) -> tuple[Person, Invitation]:
    """An invitation once its person's row is held: it serves once. Raises Refused for one of somebody erased meanwhile."""
    whose = select(Invitation.person_id).where(Invitation.id == invitation_id)
    held = select(Person).where(col(Person.id).in_(whose), col(Person.erased_at).is_(None))
    person = db.exec(held.with_for_update(key_share=True)).first()
    if person is None:
        raise Refused(GONE)
    which = select(Invitation).where(Invitation.id == invitation_id)
    return person, db.exec(which.execution_options(populate_existing=True)).one()


def _send(
    db: Session, person_id: int, edition_id: int, email: str, inviter: int, once: str, now: datetime, act: str,
    kind: AccountFact,
) -> None:  # fmt: skip
    invitation = Invitation(
        person_id=person_id,
        edition_id=edition_id,
        email=email,
        invited_by=inviter,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
        once=once,
    )
    db.add(invitation)
    db.flush()
    _record(db, act, kind, invitation, inviter, now)


def _record(
    db: Session, act: str, kind: AccountFact, invitation: Invitation, actor: int, now: datetime, provider: str = ""
) -> None:
    detail: dict[str, int | str] = {"invitation": invitation.id or 0}
    detail |= {"provider": provider} if provider else {}
    record(
        db, act, kind, now, actor_id=actor, person_id=invitation.person_id, edition_id=invitation.edition_id,
        detail=detail,
    )  # fmt: skip
