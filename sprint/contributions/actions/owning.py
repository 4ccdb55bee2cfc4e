"""Withdrawing, and being named or not: what stays an author's own at any time."""

from datetime import datetime

from sqlmodel import Session, select

from sprint.contributions import rules
from sprint.contributions.actions.rows import Held, hold_own, note, refuse, release
from sprint.contributions.facts import ContributionFact
from sprint.contributions.tables import Authorship, State
from sprint.journal import new_act


def withdraw(db: Session, person_id: int, contribution_id: int, now: datetime) -> None:
    """Take back what one noted; its links may serve others. Raises Refused with every reason."""
    held = hold_own(db, person_id, contribution_id)
    refuse(rules.withdrawing(held.case))
    held.row.state, held.row.withdrawn_at = State.WITHDRAWN, now
    release(db, held.row, now)
    note(db, new_act(), ContributionFact.WITHDRAWN, held, person_id, now)


def show_name(db: Session, person_id: int, contribution_id: int, now: datetime) -> None:
    """Be named in public results; asked twice, nothing happens."""
    _name(db, person_id, contribution_id, now, now)


def hide_name(db: Session, person_id: int, contribution_id: int, now: datetime) -> None:
    """Be named no more, at once; asked twice, nothing happens."""
    _name(db, person_id, contribution_id, None, now)


def _name(db: Session, person_id: int, contribution_id: int, since: datetime | None, now: datetime) -> None:
    held = hold_own(db, person_id, contribution_id)
    refuse(rules.naming(held.case))
    own = _own(db, person_id, held)
    if (own.named_at is None) == (since is None):
        return
    own.named_at = since
    # About this author alone: the others are named or not as they chose.
    alone = Held(held.row, held.edition, _only(held, person_id))
    note(db, new_act(), ContributionFact.NAMED if since else ContributionFact.UNNAMED, alone, person_id, now)


def _own(db: Session, person_id: int, held: Held) -> Authorship:
    own = select(Authorship).where(Authorship.contribution_id == held.row.id, Authorship.person_id == person_id)
    return db.exec(own).one()


def _only(held: Held, person_id: int) -> rules.Case:
    case = held.case
    return rules.Case(
        case.id, case.title, case.edition_id, case.track_id, case.state, case.is_late, case.was_answered, (person_id,)
    )
