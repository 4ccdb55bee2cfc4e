"""A repository is entered once, whoever comes first."""

from threading import Barrier, Thread

import pytest
from sqlmodel import select

from sprint.catalogue.actions import known_repository
from sprint.catalogue.tables import Repository
from sprint.database import Database


def test_a_repository_is_entered_once_under_its_canonical_address(database: Database) -> None:
    with database.writing() as db:
        first = known_repository(db, "http://www.GitHub.com/essais/phare.git/")
        again = known_repository(db, "https://github.com/essais/phare")
    assert first is again
    assert (first.url, first.host, first.path) == ("https://github.com/essais/phare", "github.com", "essais/phare")


def test_what_is_no_repository_is_a_bug_of_the_caller(database: Database) -> None:
    with database.writing() as db, pytest.raises(ValueError, match="no address of a repository"):
        known_repository(db, "mailto:someone@example.org")


def test_people_who_enter_the_same_repository_at_once_get_the_same_one(database: Database) -> None:
    start = Barrier(4)
    ids: list[int | None] = []

    def enter() -> None:
        start.wait()
        with database.writing() as db:
            ids.append(known_repository(db, "https://github.com/essais/phare").id)

    threads = [Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as db:
        (only,) = db.exec(select(Repository.id)).all()
    assert ids == [only] * 4
