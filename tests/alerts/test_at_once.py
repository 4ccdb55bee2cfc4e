"""The same form many times at once, on both engines: one row, three letters at most, one Fact, and nobody sees an error."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from sqlmodel import Session, func, select

from sprint.alerts.actions import alert_me, ask_alert, confirm_alert, give_up, owe_openings
from sprint.alerts.tables import Alert
from sprint.database import Database
from sprint.jobs import Job
from sprint.journal import Fact
from sprint.people.tables import Person
from sprint.preparation.actions import take_step
from sprint.preparation.rules import Step
from sprint.refusal import Refused
from tests.alerts.scene import GRACE, an_edition_ahead, waiting
from tests.makers import NOW, a_person, an_alert

AT_ONCE = 8


def at_once(database: Database, act: Callable[[Session], object]) -> list[object]:
    """What each of them gave, each in a transaction of its own."""
    start = Barrier(AT_ONCE)

    def one(_number: int) -> object:
        start.wait()
        with database.writing() as db:
            return act(db)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def count(database: Database, what: type[Alert] | type[Fact], *which: object) -> int:
    with database.reading() as db:
        return db.exec(select(func.count()).select_from(what).where(*which)).one()  # type: ignore[arg-type]


def test_an_address_asked_for_at_once_is_one_row(database: Database) -> None:
    with database.writing() as db:
        edition_id = an_edition_ahead(db).id
    for about in (edition_id, None):
        at_once(database, lambda db, about=about: ask_alert(db, GRACE, about, "fr", NOW))  # type: ignore[misc]
    with database.reading() as db:
        letters = list(db.exec(select(Alert.letters)))
        jobs = db.exec(select(func.count()).select_from(Job).where(Job.kind == "alert")).one()
    assert len(letters) == 2 or letters == [3]
    assert sum(letters) == jobs <= 3


def test_confirmed_at_once_it_is_one_fact(database: Database) -> None:
    with database.writing() as db:
        number = an_alert(db, is_confirmed=False).id
    at_once(database, lambda db: confirm_alert(db, number, NOW))
    assert (count(database, Fact, Fact.kind == "alert.confirmed"), len(waiting(database))) == (1, 1)


def test_one_click_many_times_at_once_is_one_row_and_giving_up_one_fact(database: Database) -> None:
    with database.writing() as db:
        person: Person = a_person(db)
        person.email_verified_at = NOW
        person_id = person.id or 0
    told = at_once(database, lambda db: alert_me(db, person_id, None, "fr", NOW))
    assert (sorted(map(bool, told)), count(database, Alert)) == ([False] * (AT_ONCE - 1) + [True], 1)
    with database.reading() as db:
        number = db.exec(select(Alert.id)).one()
    gone = at_once(database, lambda db: give_up(db, number, NOW))
    assert (sorted(map(bool, gone)), count(database, Fact, Fact.kind == "alert.given_up")) == (
        [False] * (AT_ONCE - 1) + [True],
        1,
    )


def test_two_organisers_who_open_at_once_owe_one_letter(database: Database) -> None:
    with database.writing() as db:
        edition = an_edition_ahead(db)
        an_alert(db, edition=edition)
        edition_id = edition.id or 0

    def opened(db: Session) -> bool:
        try:
            take_step(db, edition_id, Step.OPEN, NOW, None)
        except Refused:
            return False
        return True

    assert sum(map(bool, at_once(database, opened))) == 1
    with database.reading() as db:
        act = db.exec(select(Fact.act)).one()
    with database.writing() as db:
        assert owe_openings(db, act, NOW, timedelta()) == 1
