"""Taking back an act of the team with its letters: both, or nothing."""

from datetime import datetime, timedelta

from sqlmodel import Session

from sprint.notices.actions import hold_letters, withdraw_letters
from sprint.programme.holding import hold_edition
from sprint.registrations.actions import undo
from sprint.registrations.undoing import TeamAct


def take_back(db: Session, edition_id: int, act: TeamAct, lasts: timedelta, now: datetime, actor_id: int) -> bool:
    """Restore what was before the act and let nobody get a letter of it; False when that was done before. Raises Refused.

    The edition is held before the letters, as whoever changes seats holds it.
    """
    hold_edition(db, edition_id)
    against = hold_letters(db, act.act, now)
    if not undo(db, edition_id, act, lasts, now, actor_id, against):
        return False
    withdraw_letters(db, act.act, now)
    return True
