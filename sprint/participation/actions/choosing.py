"""Image rights, one's name in public, the code of conduct: chosen, and chosen otherwise at any time."""

from datetime import datetime

from sqlmodel import Session, select

from sprint.journal import new_act, record
from sprint.participation.facts import ParticipationFact
from sprint.participation.queries import accepts_conduct
from sprint.participation.rules import accepting_conduct, taking_part
from sprint.participation.tables import ConductAcceptance, Images, Participation
from sprint.people.queries import is_here
from sprint.people.rules import GONE
from sprint.people.tables import Person
from sprint.programme.queries import EditionView
from sprint.refusal import Refused
from sprint.registrations.queries import held_by


def hold_person(db: Session, person_id: int) -> None:
    """Hold the person until the transaction ends: one thing at a time is written about them. Raises Refused for who is gone."""
    db.exec(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)).one()
    if not is_here(db, person_id):
        raise Refused(GONE)


def comes(db: Session, person_id: int, edition_id: int) -> bool:
    """Whether the person has a seat in the edition, or waits for one."""
    return bool(held_by(db, person_id, edition_id))


def choose(
    db: Session, person_id: int, edition_id: int, images: Images | None, now: datetime, *, is_named: bool
) -> bool:
    """Say whether one may be seen in pictures (None: not said) and named in results. False when it was so already."""
    hold_person(db, person_id)
    reasons = taking_part(comes=comes(db, person_id, edition_id))
    if reasons:
        raise Refused(*reasons)
    own = db.get(Participation, (person_id, edition_id)) or Participation(person_id=person_id, edition_id=edition_id)
    if (own.images, own.named_at is not None) == (images, is_named):
        return False
    detail: dict[str, int | str] = {"named": int(is_named)}
    if own.images != images:
        own.images, own.images_at = images, now if images else None
        detail["images"] = images.value if images else ""
    if (own.named_at is not None) != is_named:
        own.named_at = now if is_named else None
    db.add(own)
    db.flush()
    record(
        db,
        new_act(),
        ParticipationFact.CHOSEN,
        now,
        actor_id=person_id,
        person_id=person_id,
        edition_id=edition_id,
        detail=detail,
    )
    return True


def accept_conduct(db: Session, person_id: int, edition: EditionView, version: str, now: datetime) -> bool:
    """Accept the code of conduct in force, which `version` names. False when it was accepted already. Raises Refused."""
    hold_person(db, person_id)
    reasons = accepting_conduct(version, edition.conduct_version)
    reasons += taking_part(comes=comes(db, person_id, edition.id))
    if reasons:
        raise Refused(*reasons)
    if accepts_conduct(db, person_id, edition.id, version):
        return False
    db.add(ConductAcceptance(person_id=person_id, edition_id=edition.id, version=version, accepted_at=now))
    db.flush()
    record(
        db,
        new_act(),
        ParticipationFact.CONDUCT,
        now,
        actor_id=person_id,
        person_id=person_id,
        edition_id=edition.id,
    )
    return True
