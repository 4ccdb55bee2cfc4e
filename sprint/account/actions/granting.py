"""Entrusting somebody with a right, and taking it back."""

from datetime import datetime

from sqlmodel import Session, select

from sprint.account.facts import AccountFact
from sprint.account.queries import held_grants
from sprint.account.rules import RECRUITER_LASTS, entrusting, granting, relieving, revoking, seconding
from sprint.journal import new_act, record
from sprint.people.queries import standing_grant
from sprint.people.rules import Member
from sprint.people.tables import Grant, Person, Right, Scope
from sprint.refusal import Refused
from sprint.sessions import revoke_others


def grant_right(
    db: Session,
    person_id: int,
    right: Right,
    scope_kind: Scope,
    scope_id: int | None,
    until: datetime | None,
    now: datetime,
    actor: int | None,
) -> None:
    """Give a right; `actor` is None when the operator does, from the command line. Raises Refused.

    A recruiter's waits until somebody else confirms it, and ends in a year at most; the operator needs nobody.
    """
    person_is_here = _lock(db, person_id)
    is_held = bool(held_grants(db, person_id, right, scope_kind, scope_id, now))
    reasons = granting(right, scope_kind, until, now, person_is_here=person_is_here, is_held=is_held)
    if reasons:
        raise Refused(*reasons)
    if right is Right.RECRUITER and until is None:
        until = now + RECRUITER_LASTS
    waits = right is Right.RECRUITER and actor is not None
    db.add(
        Grant(
            person_id=person_id,
            right=right,
            scope_kind=scope_kind,
            scope_id=scope_id,
            given_at=now,
            given_by=actor,
            confirmed_at=None if waits else now,
            until_at=until,
        )
    )
    _record(db, AccountFact.RIGHT_GRANTED, person_id, right, scope_kind, scope_id, now, actor)


def revoke_right(
    db: Session,
    person_id: int,
    right: Right,
    scope_kind: Scope,
    scope_id: int | None,
    now: datetime,
    actor: int | None,
) -> None:
    """Take a right back, or one that waits; it counts no more from the next request on. Raises Refused.

    Whoever held it is signed out everywhere: what a page left open still shows is theirs no more.
    """
    _lock(db, person_id)
    grants = held_grants(db, person_id, right, scope_kind, scope_id, now)
    reasons = revoking(right, is_held=bool(grants))
    if reasons:
        raise Refused(*reasons)
    for grant in grants:
        grant.revoked_at = now
    revoke_others(db, person_id, 0, now)
    _record(db, AccountFact.RIGHT_REVOKED, person_id, right, scope_kind, scope_id, now, actor)


def entrust(
    db: Session,
    giver: Member,
    person_id: int,
    right: Right,
    scope_kind: Scope,
    scope_id: int | None,
    until: datetime | None,
    now: datetime,
) -> None:
    """Give a right in somebody's name. Raises Refused, also when it is not theirs to give."""
    reasons = entrusting(giver, person_id, right, scope_kind, scope_id)
    if reasons:
        raise Refused(*reasons)
    grant_right(db, person_id, right, scope_kind, scope_id, until, now, giver.id)


def confirm_grant(db: Session, second: Member, grant_id: int, now: datetime) -> bool:
    """Let a right that waits take effect. False when there is none. Raises Refused for whoever gave it or is to hold it."""
    grant = _locked_grant(db, grant_id, now)
    if grant is None or grant.confirmed_at is not None:
        return False
    reasons = seconding(second, grant.person_id, grant.given_by)
    if reasons:
        raise Refused(*reasons)
    grant.confirmed_at, grant.confirmed_by = now, second.id
    _record(
        db, AccountFact.RIGHT_CONFIRMED, grant.person_id, grant.right, grant.scope_kind, grant.scope_id, now, second.id
    )
    return True


def relieve(db: Session, giver: Member, grant_id: int, now: datetime) -> bool:
    """Take one right back in somebody's name. False when there is none. Raises Refused when it is not theirs to take."""
    grant = _locked_grant(db, grant_id, now)
    if grant is None:
        return False
    reasons = relieving(giver, grant.right, grant.scope_kind, grant.scope_id)
    if reasons:
        raise Refused(*reasons)
    revoke_right(db, grant.person_id, grant.right, grant.scope_kind, grant.scope_id, now, giver.id)
    return True


def _locked_grant(db: Session, grant_id: int, now: datetime) -> Grant | None:
    """A grant that is not over, once its person's row is held."""
    whose = db.exec(select(Grant.person_id).where(Grant.id == grant_id)).first()
    if whose is None or not _lock(db, whose):
        return None
    return db.exec(select(Grant).where(Grant.id == grant_id, standing_grant(now))).first()


def _lock(db: Session, person_id: int) -> bool:
    """Hold the person's row, so that a right is not given twice at once. Whether there is such a person."""
    locked = select(Person).where(Person.id == person_id).with_for_update(key_share=True)
    person = db.exec(locked).first()
    return person is not None and person.erased_at is None


def _record(
    db: Session,
    kind: AccountFact,
    person_id: int,
    right: Right,
    scope_kind: Scope,
    scope_id: int | None,
    now: datetime,
    actor: int | None,
) -> None:
    record(
        db,
        new_act(),
        kind,
        now,
        actor_id=actor,
        person_id=person_id,
        edition_id=scope_id if scope_kind == Scope.EDITION else None,
        track_id=scope_id if scope_kind == Scope.TRACK else None,
        detail={"right": right.value, "scope": scope_kind.value}
        | ({"organisation": scope_id} if scope_kind == Scope.ORGANISATION and scope_id else {}),
    )
