"""Pausing the waiting list of an edition, and going on: seats kept meanwhile are given in order."""

from datetime import datetime

from sqlmodel import Session

from sprint.journal import new_act, record
from sprint.refusal import Refused
from sprint.registrations import rules
from sprint.registrations.actions.promotion import Deed, locked, promote_for
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.tables import Mode, QueuePause


def pause_queue(db: Session, edition_id: int, now: datetime, actor_id: int) -> None:
    """Keep every seat that is freed or added from now on. Raises Refused when that is so already."""
    locked(db, edition_id)
    reasons = rules.pausing(is_paused=db.get(QueuePause, edition_id) is not None, wanted=True)
    if reasons:
        raise Refused(*reasons)
    db.add(QueuePause(edition_id=edition_id, paused_at=now))
    db.flush()
    record(db, new_act(), RegistrationFact.PAUSED, now, actor_id=actor_id, edition_id=edition_id)


def resume_queue(db: Session, edition_id: int, foreseen: int, now: datetime, actor_id: int) -> int:
    """Give the seats kept meanwhile to those who wait, in order; gives how many people got one.

    `foreseen` is how many were announced. Raises Refused when it is another number, or when nothing is paused.
    """
    edition = locked(db, edition_id)
    pause = db.get(QueuePause, edition_id)
    reasons = rules.pausing(is_paused=pause is not None, wanted=False)
    if pause is None or reasons:
        raise Refused(*reasons)
    db.delete(pause)
    db.flush()
    deed = Deed(new_act(), edition, actor_id, now)
    record(db, deed.act, RegistrationFact.RESUMED, now, actor_id=actor_id, edition_id=edition_id)
    promoted = promote_for(db, deed, [(day.id, mode) for day in edition.days for mode in Mode])
    reasons = rules.announced([promoted], [foreseen])
    if reasons:
        raise Refused(*reasons)
    return promoted
