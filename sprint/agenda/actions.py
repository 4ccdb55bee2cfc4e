"""Renewing the address of one's own calendar."""

from datetime import datetime

from sqlmodel import Session, select

from sprint.agenda.facts import CalendarFact
from sprint.agenda.tables import PersonalFeed
from sprint.journal import new_act, record
from sprint.people.tables import Person


def renew_feed(db: Session, person_id: int, now: datetime) -> int:
    """Make every earlier address of the person's feed lead nowhere; gives how often that was done."""
    # The person's row is held: two renewals at once must not both believe to be the first.
    db.exec(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)).one()
    feed = db.get(PersonalFeed, person_id) or PersonalFeed(person_id=person_id, generation=0, renewed_at=now)
    feed.generation += 1
    feed.renewed_at = now
    db.add(feed)
    db.flush()
    record(
        db,
        new_act(),
        CalendarFact.RENEWED,
        now,
        actor_id=person_id,
        person_id=person_id,
        detail={"generation": feed.generation},
    )
    return feed.generation
