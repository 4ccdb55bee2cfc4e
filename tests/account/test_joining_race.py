"""Two people who open one invitation at once, on PostgreSQL: it serves once. Without the lock it would serve both."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import select

from sprint.account.actions import inviting, join
from sprint.account.providers.provider import Claims
from sprint.account.tables import Invitation
from sprint.database import Database
from sprint.people.tables import Identity, Person
from sprint.refusal import Refused
from tests.makers import NOW, a_person, an_edition, an_invitation


def both_at_once(database: Database, number: int) -> int:
    """Two accounts elsewhere come with one link; gives how many were attached."""
    with database.writing() as db:
        edition = an_edition(db, slug=f"sprint-{2030 + number}")
        newcomer = a_person(db, name="Grace Hopper")
        key = an_invitation(db, newcomer, edition, a_person(db, name="Claude Ferrand")).id or 0
    start = Barrier(2)

    def come(subject: str) -> None:
        start.wait()
        try:
            with database.writing() as db:
                join(db, Claims("forge", "https://forge.example", f"{subject}-{number}", "Grace"), key, NOW, "")
        except Refused:
            pass

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(come, ("one", "other")))
    with database.reading() as db:
        return len(db.exec(select(Identity.id).where(Identity.person_id == newcomer.id)).all())


def test_an_invitation_serves_once_however_many_come_at_once(postgres: Database) -> None:
    assert [both_at_once(postgres, number) for number in range(10)] == [1] * 10


def test_without_the_lock_it_would_serve_both(postgres: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, rule = Barrier(2, timeout=10), inviting.joining

    def unlocked(db, invitation_id):  # type: ignore[no-untyped-def]
        invitation = db.exec(select(Invitation).where(Invitation.id == invitation_id)).one()
        return db.exec(select(Person).where(Person.id == invitation.person_id)).one(), invitation

    def after_both_looked(*asked):  # type: ignore[no-untyped-def]
        reasons = rule(*asked)
        meeting.wait()
        return reasons

    monkeypatch.setattr(inviting, "_locked", unlocked)
    monkeypatch.setattr(inviting, "joining", after_both_looked)
    assert both_at_once(postgres, 0) == 2
