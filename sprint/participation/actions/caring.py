"""Meals and needs: told with consent, taken back at once, read by organisers who say why. No fact says what they are."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from sprint.journal import new_act, record
from sprint.participation.actions.choosing import comes, hold_person
from sprint.participation.facts import ParticipationFact
from sprint.participation.queries import own_of
from sprint.participation.rules import Purpose, telling_care
from sprint.participation.tables import AccessNeed, Meal, MealChoice, Need
from sprint.programme.queries import EditionView
from sprint.refusal import Refused
from sprint.registrations.queries import IS_LIVE
from sprint.registrations.tables import Registration


def tell_care(
    db: Session,
    person_id: int,
    edition: EditionView,
    meal: Meal | None,
    needs: Collection[Need],
    now: datetime,
    *,
    consents: bool,
) -> bool:
    """Say what one eats and needs, in place of what was said before; nothing at all withdraws it. False when nothing changed.

    Raises Refused, without consent first of all.
    """
    hold_person(db, person_id)
    if meal is None and not needs:
        return _withdraw(db, person_id, edition.id, now)
    reasons = telling_care(edition.calendar, comes=comes(db, person_id, edition.id), consents=consents, now=now)
    if reasons:
        raise Refused(*reasons)
    own = own_of(db, person_id, edition.id)
    if (own.meal, own.needs) == (meal, frozenset(needs)):
        return False
    _erase(db, person_id, edition.id)
    if meal is not None:
        db.add(MealChoice(person_id=person_id, edition_id=edition.id, meal=meal, consented_at=now))
    db.add_all(
        AccessNeed(person_id=person_id, edition_id=edition.id, need=need, consented_at=now) for need in sorted(needs)
    )
    db.flush()
    _note(db, ParticipationFact.CARE_TOLD, person_id, edition.id, now)
    return True


def withdraw_care(db: Session, person_id: int, edition_id: int, now: datetime) -> bool:
    """Take back one's consent: what was said is deleted at once. False when there was nothing."""
    hold_person(db, person_id)
    return _withdraw(db, person_id, edition_id, now)


def _withdraw(db: Session, person_id: int, edition_id: int, now: datetime) -> bool:
    if not own_of(db, person_id, edition_id).says_care:
        return False
    _erase(db, person_id, edition_id)
    _note(db, ParticipationFact.CARE_WITHDRAWN, person_id, edition_id, now)
    return True


def _erase(db: Session, person_id: int, edition_id: int) -> None:
    for table in (MealChoice, AccessNeed):
        db.exec(delete(table).where(col(table.person_id) == person_id, col(table.edition_id) == edition_id))
    db.expire_all()


def _note(db: Session, kind: ParticipationFact, person_id: int, edition_id: int, now: datetime) -> None:
    record(db, new_act(), kind, now, actor_id=person_id, person_id=person_id, edition_id=edition_id)


def forget_care(db: Session) -> int:
    """Delete what was said by those who come no more; gives how many rows. The register does so after the edition."""
    gone = 0
    for table in (MealChoice, AccessNeed):
        still = select(Registration.id).where(
            IS_LIVE,
            col(Registration.person_id) == table.person_id,
            col(Registration.edition_id) == table.edition_id,
        )
        gone += db.exec(delete(table).where(~still.exists())).rowcount
    return gone


def declare_purpose(db: Session, edition_id: int, purpose: Purpose, now: datetime, actor_id: int) -> None:
    """Write down that an organiser reads names, and what for."""
    record(
        db,
        new_act(),
        ParticipationFact.NAMES_READ,
        now,
        actor_id=actor_id,
        edition_id=edition_id,
        detail={"purpose": purpose.value},
    )
