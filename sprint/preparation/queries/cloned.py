"""Who made an edition after which."""

from sqlmodel import Session, select

from sprint.journal import Fact
from sprint.preparation.facts import PreparationFact


def cloned_by(db: Session, edition_id: int, source_id: int, person_id: int) -> bool:
    """Whether the person made this edition after that one."""
    made = (Fact.kind == PreparationFact.CLONED.value, Fact.edition_id == edition_id, Fact.actor_id == person_id)
    return any(detail.get("from") == source_id for detail in db.exec(select(Fact.detail).where(*made)))
