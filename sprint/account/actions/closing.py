"""Closing an account for good: what remains is a number."""

from datetime import datetime

from sqlmodel import Session, select

from sprint.people.tables import Person


def close_account(db: Session, person_id: int, now: datetime) -> bool:
    """Mark the person as erased; what the row says of them is emptied by `privacy`. False when it was done before.

    FOR UPDATE, which inserts of rows about the person wait for: nothing more arrives until all is done.
    """
    person = db.exec(select(Person).where(Person.id == person_id).with_for_update()).one()
    if person.erased_at is not None:
        return False
    person.erased_at = now
    db.flush()
    return True
