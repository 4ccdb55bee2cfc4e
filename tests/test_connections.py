"""A server that was restarted: who comes later does not learn of it from an error."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from sprint import connections
from sprint.database import Database
from sprint.prepared import connection_of


def one_is_cut(database: Database) -> None:
    """The server ends the connection with which somebody just read."""
    with database.reading() as db:
        reader = connection_of(db).execute(text("SELECT pg_backend_pid()")).scalar_one()
    with database.writing() as db:
        connection_of(db).execute(text("SELECT pg_terminate_backend(:reader, 5000)"), {"reader": reader})


def reads(database: Database) -> int:
    with database.reading() as db:
        return int(connection_of(db).execute(text("SELECT 1")).scalar_one())


def test_a_connection_that_was_idle_is_asked_before_it_is_lent(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "IDLE_SECONDS", 0)
    one_is_cut(postgres)
    assert reads(postgres) == 1


def test_one_in_use_is_not_asked_and_fails_once(postgres: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "IDLE_SECONDS", 60)
    one_is_cut(postgres)
    with pytest.raises(OperationalError):
        reads(postgres)
    assert reads(postgres) == 1


def test_a_session_that_begins_another_transaction_finds_its_connection(database: Database) -> None:
    with database.writing() as db:
        first = connection_of(db)
        assert connection_of(db) is first
        db.commit()
        assert connection_of(db).in_transaction()
        assert connection_of(db) is not first
