"""What the demonstration shows, whatever the day and the hour it starts on."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from sprint.account.providers.personas import PERSONAS
from sprint.database import Database
from sprint.demo import build_demo
from sprint.duties import do_due
from sprint.people.tables import Identity
from sprint.programme.queries import EditionView, editions
from sprint.registrations.presence import MOST_DAYS
from sprint.registrations.queries import held_by
from sprint.registrations.queries.presence import call_of, open_call, turnout

EIGHT_IN_PARIS = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
"""A Monday, before the hour at which people are asked."""
STARTS = [
    *(pytest.param(EIGHT_IN_PARIS + timedelta(days=days), id=f"{days} days after a Monday") for days in (0, 1, 6)),
    pytest.param(EIGHT_IN_PARIS + timedelta(hours=1), id="at nine exactly"),
    pytest.param(datetime(2027, 3, 28, 22, 30, tzinfo=UTC), id="the evening after the clocks changed"),
]


@pytest.mark.parametrize("now", STARTS)
def test_claude_is_asked_whether_they_come_and_ada_has_nothing_yet(database: Database, now: datetime) -> None:
    assert build_demo(database, now)
    do_due(database, now)
    with database.reading() as db:
        edition = coming(db, now)
        asked = {key: open_call(db, person, [edition], now) is not None for key, person in personas(db).items()}
        assert asked == {"ada": False, "barbara": False, "claude": True, "denise": False, "eve": False}
        assert held_by(db, personas(db)["ada"], edition.id) == ()
        call = call_of(db, edition)
        assert call is not None
        counts = turnout(db, call)
        assert (counts.confirmed, counts.awaited >= 10, counts.released) == (7, True, 0)
        assert (call.ask_days <= MOST_DAYS, call.due_at > now + timedelta(days=30)) == (True, True)


def coming(db: Session, now: datetime) -> EditionView:
    (found,) = [view for view in editions(db) if not view.calendar.is_over(now)]
    return found


def personas(db: Session) -> dict[str, int]:
    keys = [persona.key for persona in PERSONAS]
    rows = db.exec(select(Identity.subject, Identity.person_id).where(col(Identity.subject).in_(keys)))
    return {row[0]: row[1] for row in rows}
