"""Entrusting somebody with a right, and taking it back."""

from datetime import datetime

from sqlmodel import Session, select

from sprint.account.facts import AccountFact
from sprint.account.queries import held_grants
from sprint.account.rules import granting, revoking
from sprint.journal import new_act, record
from sprint.people.tables import Grant, Person, Right, Scope
from sprint.refusal import Refused


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
    """Give a right; `actor` is None when the operator does, from the command line. Raises Refused."""
    person_is_here = _lock(db, person_id)
    is_held = bool(held_grants(db, person_id, right, scope_kind, scope_id, now))
    reasons = granting(right, scope_kind, until, now, person_is_here=person_is_here, is_held=is_held)
    if reasons:
        raise Refused(*reasons)
    db.add(
        Grant(
            person_id=person_id,
            right=right,
            scope_kind=scope_kind,
            scope_id=scope_id,
            given_at=now,
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
    """Take a right back; it counts no more from the next request on. Raises Refused."""
    _lock(db, person_id)
    grants = held_grants(db, person_id, right, scope_kind, scope_id, now)
    reasons = revoking(right, is_held=bool(grants))
    if reasons:
        raise Refused(*reasons)
    for grant in grants:
        grant.revoked_at = now
    _record(db, AccountFact.RIGHT_REVOKED, person_id, right, scope_kind, scope_id, now, actor)


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
        detail={"right": right.value, "scope": scope_kind.value},
    )
