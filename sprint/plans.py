"""What an edition is planned to be, kept in memory for those who write: who registers finds it as it was read before.

The writing door keeps nothing by the data version, which every registration raises. Editions, days, tracks and questions
change when the team changes them, and have a number of their own. It is read once the edition is held: whoever changes the
plan meanwhile has committed before us, and is seen, or commits after us.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar, TypeVarTuple

from sqlmodel import Session

from sprint.data_version import has_changed_plan, plan_number
from sprint.kept import KeptValues

SHELF, NUMBER = "sprint.plans", "sprint.plan_number"
"""Where a session has what is kept, and the number that holds for its transaction."""

Value = TypeVar("Value")
Asked = TypeVarTuple("Asked")


def lend_plans(db: Session, plans: KeptValues) -> None:
    """Let a session use what is kept; for the writing door."""
    db.info[SHELF] = plans


def settle_plan(db: Session) -> None:
    """From here on `planned` may answer from what is kept: the edition at hand is held. One query."""
    db.info[NUMBER] = plan_number(db)


def planned(db: Session, now: datetime, query: Callable[[Session, *Asked], Value], *asked: *Asked) -> Value:
    """What `query(db, *asked)` gives, which reads the plan alone; kept until the plan changes, once it is settled."""
    plans, number = db.info.get(SHELF), db.info.get(NUMBER)
    if plans is None or number is None or has_changed_plan(db):
        return query(db, *asked)
    return plans.of(number, now, query, db, asked)
