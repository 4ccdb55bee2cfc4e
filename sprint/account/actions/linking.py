"""One more way of signing in, or one less. Nothing but a sign-in there, from a session here, links two accounts."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from sprint.account.actions.employers import attest_employer
from sprint.account.actions.keeping import keep_identity
from sprint.account.facts import AccountFact
from sprint.account.providers.provider import Claims
from sprint.account.rules import linking, unlinking
from sprint.journal import new_act, record
from sprint.people.queries import person_of_identity
from sprint.people.tables import Affiliation, Identity, Person
from sprint.refusal import Refused
from sprint.sessions import beginning_of, revoke_others


def link_identity(db: Session, claims: Claims, person_id: int, now: datetime) -> None:
    """Let somebody sign in with one more account. Raises Refused when it is theirs already, or somebody else's."""
    _lock(db, person_id)
    _refuse_taken(db, claims, person_id)
    act = new_act()
    try:
        with db.begin_nested():
            keep_identity(db, claims, person_id, now)
            attest_employer(db, person_id, claims, act, now)
    except IntegrityError:
        # Somebody came with it in this very moment.
        _refuse_taken(db, claims, person_id)
        raise
    _record(db, act, AccountFact.LINKED, person_id, claims.provider, now)


def _refuse_taken(db: Session, claims: Claims, person_id: int) -> None:
    reasons = linking(person_of_identity(db, claims.issuer, claims.subject), person_id)
    if reasons:
        raise Refused(*reasons)


def unlink_identity(db: Session, person_id: int, identity_id: int, session_id: int, now: datetime) -> bool:
    """Take a way of signing in away; devices signed in through that provider are signed out, the one at hand aside.

    False when it is none of the person's. Raises Refused when it is their last, or when they signed in too long ago.
    """
    _lock(db, person_id)
    own = db.exec(select(Identity).where(Identity.person_id == person_id)).all()
    one = next((identity for identity in own if identity.id == identity_id), None)
    if one is None:
        return False
    reasons = unlinking(beginning_of(db, session_id).at, now, left=len(own) - 1)
    if reasons:
        raise Refused(*reasons)
    # What it attested stands until its own end; it is renewed no more.
    db.exec(update(Affiliation).where(col(Affiliation.identity_id) == one.id).values(identity_id=None))
    db.delete(one)
    revoke_others(db, person_id, session_id, now, provider=one.provider)
    _record(db, new_act(), AccountFact.UNLINKED, person_id, one.provider, now)
    return True


def _lock(db: Session, person_id: int) -> None:
    """One change of somebody's ways in at a time: two at once could take away the last two."""
    db.exec(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)).one()


def _record(db: Session, act: str, kind: AccountFact, person_id: int, provider: str, now: datetime) -> None:
    record(db, act, kind, now, actor_id=person_id, person_id=person_id, detail={"provider": provider})
