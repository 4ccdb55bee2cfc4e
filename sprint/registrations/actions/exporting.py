"""What leaves the site leaves a trace."""

from datetime import datetime

from sqlmodel import Session

from sprint.journal import new_act, record
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
