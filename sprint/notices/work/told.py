"""Whom letters have told, or may have: what a letter that tells how something stands depends on."""

from collections.abc import Sequence

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from sprint.jobs import Job
from sprint.notices.queries import ITS_JOB
from sprint.notices.tables import Letter


def last_told(db: Session, acts: Sequence[str], purpose: str) -> dict[int, str]:
    """Of acts in their order, the last one of which a letter left for each person, or may have left. One query.

    A try that failed, or whose worker died, may have reached the relay all the same; one that ended without a try did not.
    """
    tried = or_(col(Job.attempts) > 1, and_(col(Job.attempts) == 1, col(Job.done_at).is_(None)))
    rows = db.exec(
        select(Letter.person_id, Letter.act)
        .join(Job, ITS_JOB, isouter=True)
        .where(col(Letter.act).in_(acts), Letter.purpose == purpose, or_(col(Letter.posted_at).is_not(None), tried))
    )
    return dict(sorted(rows, key=lambda row: acts.index(row[1])))
