"""What leaves the site leaves a trace."""

from datetime import datetime

from sqlmodel import Session

from sprint.journal import new_act, record
from sprint.registrations.access import Purpose
from sprint.registrations.facts import RegistrationFact


def note_export(db: Session, edition_id: int, people: int, now: datetime, actor_id: int) -> None:
    """Write down that somebody took a list of so many people away."""
    record(
        db,
        new_act(),
        RegistrationFact.EXPORTED,
        now,
        actor_id=actor_id,
        edition_id=edition_id,
        detail={"people": people},
    )


def note_access(
    db: Session, edition_id: int, day_id: int, purpose: Purpose, people: int, now: datetime, actor_id: int
) -> None:
    """Write down that somebody took the list of a day for the door, how many it named, and what for."""
    detail: dict[str, int | str] = {"people": people, "purpose": purpose.value}
    kind = RegistrationFact.ACCESS_LISTED
    record(db, new_act(), kind, now, actor_id=actor_id, edition_id=edition_id, day_id=day_id, detail=detail)
