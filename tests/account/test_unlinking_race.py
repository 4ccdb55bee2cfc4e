"""Two ways of signing in taken away at once, on PostgreSQL: one always stays. Without the lock both would go."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import select

from sprint.account.actions import linking, unlink_identity
from sprint.database import Database
from sprint.people.tables import Identity
from sprint.refusal import Refused
from sprint.sessions import LoginSession, hashed
from tests.makers import NOW, a_person
from tests.people import signed_in


def both_at_once(database: Database) -> int:
    """Somebody with two ways in takes each away through a session of its own; gives how many are left."""
    with database.writing() as db:
        ada = a_person(db)
        person, token = ada.id or 0, signed_in(db, ada)
        ways = [
            Identity(person_id=person, provider="x", issuer="x", subject=f"{person}-{n}", linked_at=NOW) for n in "ab"
        ]
        db.add_all(ways)
        db.flush()
        ids = [way.id or 0 for way in ways]
        session = db.exec(select(LoginSession.id).where(LoginSession.token_hash == hashed(token))).one() or 0
    start = Barrier(2)

    def remove(way: int) -> None:
        start.wait()
        try:
            with database.writing() as db:
                unlink_identity(db, person, way, session, NOW)
        except Refused:
            pass

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(remove, ids))
    with database.reading() as db:
        return len(db.exec(select(Identity.id).where(Identity.person_id == person)).all())


def test_two_unlinks_at_once_never_leave_an_account_without_a_way_in(postgres: Database) -> None:
    assert [both_at_once(postgres) for _ in range(20)] == [1] * 20


def test_without_the_lock_they_would(postgres: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = Barrier(2, timeout=5)
    check: Callable[..., list[object]] = linking.unlinking  # type: ignore[assignment]

    def after_both_looked(*args: object, **more: object) -> list[object]:
        meeting.wait()
        return check(*args, **more)

    monkeypatch.setattr(linking, "_lock", lambda db, person_id: None)
    monkeypatch.setattr(linking, "unlinking", after_both_looked)
    assert both_at_once(postgres) == 0
