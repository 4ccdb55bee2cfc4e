"""Who was added by hand and never came is erased: a month after the edition, or the day after the team gave them up."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from sprint.account.actions import withdraw_invitation
from sprint.database import Database
from sprint.duties import do_due
from sprint.people.tables import Identity, Person
from tests.makers import NOW, a_person, an_invitation
from tests.people import Five

LAST_DAY = datetime(2027, 3, 17, tzinfo=UTC)


@pytest.fixture
def grace(database: Database, five: Five) -> int:
    with database.writing() as db:
        person = a_person(db, name="Grace Hopper")
        an_invitation(db, person, five.edition, five.claude)
        return person.id or 0


def is_known(database: Database, person: int, at: datetime) -> bool:
    """After what is due at that moment was done."""
    do_due(database, at)
    with database.reading() as db:
        return db.exec(select(Person.erased_at).where(Person.id == person)).one() is None


def test_somebody_who_never_answered_is_known_until_a_month_after_the_edition(database: Database, grace: int) -> None:
    month = LAST_DAY + timedelta(days=30)
    assert [is_known(database, grace, month + timedelta(days=days)) for days in (0, 1)] == [True, False]


def test_somebody_who_accepted_stays(database: Database, grace: int) -> None:
    with database.writing() as db:
        db.add(Identity(person_id=grace, provider="x", issuer="x", subject="x", linked_at=NOW))
    assert is_known(database, grace, LAST_DAY + timedelta(days=90))


def test_somebody_given_up_is_erased_the_day_after(database: Database, five: Five, grace: int) -> None:
    with database.writing() as db:
        withdraw_invitation(db, 1, five.claude.id or 0, NOW, holds_places=False)
    assert [is_known(database, grace, NOW + timedelta(days=days)) for days in (1, 2)] == [True, False]


def test_people_who_signed_up_by_themselves_are_nobodys_invited(database: Database, five: Five) -> None:
    do_due(database, LAST_DAY + timedelta(days=60))
    with database.reading() as db:
        assert set(db.exec(select(Person.erased_at))) == {None}
