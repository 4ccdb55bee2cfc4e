"""Taking somebody who has their account erased out of what they contributed."""

from sqlalchemy import delete
from sqlmodel import Session, col, select

from sprint.contributions.tables import Authorship, Consent, Contribution, Evidence, Reference


def erase_contributions(db: Session, person_id: int) -> int:
    """Delete what the person alone authored, with references and evidence: a link can be a login. Gives how many went.

    What others agreed to have authored too stays theirs, without the person.
    """
    mine = select(Authorship.contribution_id).where(Authorship.person_id == person_id)
    shared = select(Authorship.contribution_id).where(
        Authorship.person_id != person_id, Authorship.state == Consent.ACCEPTED
    )
    alone = list(
        db.exec(select(col(Contribution.id)).where(col(Contribution.id).in_(mine), col(Contribution.id).not_in(shared)))
    )
    for table in (Evidence, Reference, Authorship):
        db.exec(delete(table).where(col(table.contribution_id).in_(alone)))
    db.exec(delete(Contribution).where(col(Contribution.id).in_(alone)))
    db.exec(delete(Authorship).where(col(Authorship.person_id) == person_id))
    db.flush()
    return len(alone)
