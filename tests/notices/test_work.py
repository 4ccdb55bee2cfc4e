"""From what happened to the letter that left: derived once, after a delay, to those who can be written to."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from sprint import clock
from sprint.database import Database
from sprint.jobs import ATTEMPTS, Job
from sprint.notices.actions import WORDS_KEPT, forget_words, owe_letters
from sprint.notices.queries import POSTING
from sprint.notices.tables import Letter
from sprint.notices.work import handlers
from sprint.people.tables import Person
from sprint.registrations.actions import cancel, register
from sprint.registrations.owed import owed_letters
from sprint.registrations.tables import Mode
from sprint.settings import Settings
from sprint.worker import Done, Worker
from tests.notices.scene import NOW, Scene, a_scene, some_settings
from tests.relay import Relay


def a_worker(database: Database, settings: Settings) -> Worker:
    return Worker(database, handlers(database, settings), timedelta(seconds=settings.lease_seconds))


def work_at(moment: datetime, database: Database, settings: Settings) -> list[Done]:
    """Do everything due at a moment."""
    at_work, done = a_worker(database, settings), []
    with clock.at(moment):
        while (one := at_work.do_one()) is not None:
            done.append(one)
    return done


def ada_registers(database: Database, scene: Scene) -> None:
    with database.writing() as db:
        register(db, scene.ada, scene.keycloak, scene.days, Mode.SITE, "once-1", NOW)


def letters(database: Database) -> list[Letter]:
    with database.reading() as db:
        return list(db.exec(select(Letter).order_by(col(Letter.id))))


def posting(database: Database) -> Job:
    with database.reading() as db:
        return db.exec(select(Job).where(Job.kind == POSTING)).one()


def test_a_registration_becomes_a_letter_that_leaves_after_the_delay(database: Database) -> None:
    scene = a_scene(database)
    ada_registers(database, scene)
    with Relay() as relay:
        settings = some_settings(relay, letter_delay_seconds=120)
        assert [done.kind for done in work_at(NOW, database, settings)] == ["facts"]
        assert work_at(NOW + timedelta(seconds=119), database, settings) == []
        assert [done.kind for done in work_at(NOW + timedelta(seconds=120), database, settings)] == ["letter"]
        assert work_at(NOW + timedelta(days=9), database, settings) == []
    (letter,) = letters(database)
    assert (letter.person_id, letter.purpose) == (scene.ada, "registered")
    assert letter.posted_at == NOW + timedelta(seconds=120)
    assert relay.message_ids == [letter.message_id]
    assert relay.received[0]["To"] == "Ada Lovelace <ada@example.org>"


def test_each_reads_it_in_their_language(database: Database) -> None:
    scene = a_scene(database)
    ada_registers(database, scene)
    with database.writing() as db:
        register(db, scene.barbara, scene.keycloak, scene.days[:1], Mode.SITE, "once-2", NOW)
        cancel(db, scene.ada, scene.keycloak, scene.days[:1], NOW)
    with Relay() as relay:
        work_at(NOW, database, some_settings(relay))
    subjects = {(str(mail["To"]).split()[0], mail["Subject"].replace("\u00a0", " ")) for mail in relay.received}
    assert subjects == {
        ("Ada", "Inscription confirmée : Installer Keycloak"),
        ("Ada", "Désistement enregistré : Installer Keycloak"),
        ("Barbara", "Waiting list: Installer Keycloak"),
        ("Barbara", "A seat for you: Installer Keycloak"),
    }


def test_deriving_twice_owes_each_letter_once(database: Database) -> None:
    ada_registers(database, a_scene(database))
    with database.reading() as db:
        act = db.exec(select(Job.key)).one()
    for new in (1, 0):
        with database.writing() as db:
            assert owe_letters(db, act, owed_letters(db, act), "example.org", NOW, timedelta()) == new
    assert len(letters(database)) == 1
    assert posting(database).due_at == NOW


Change = Callable[[Session, int], object]
GONE: list[Change] = [
    lambda db, person_id: db.exec(update(Person).where(col(Person.id) == person_id).values(email=None)),
    lambda db, person_id: db.exec(update(Person).where(col(Person.id) == person_id).values(email="")),
    lambda db, person_id: db.exec(update(Person).where(col(Person.id) == person_id).values(erased_at=NOW)),
]


@pytest.mark.parametrize("go", GONE)
def test_who_has_no_address_or_is_erased_is_owed_no_letter(database: Database, go: Change) -> None:
    scene = a_scene(database)
    ada_registers(database, scene)
    with database.writing() as db:
        go(db, scene.ada)
    assert [done.kind for done in work_at(NOW, database, some_settings())] == ["facts"]
    assert letters(database) == []


@pytest.mark.parametrize("go", GONE)
def test_who_goes_before_the_letter_leaves_gets_none(database: Database, go: Change) -> None:
    scene = a_scene(database)
    ada_registers(database, scene)
    with Relay() as relay:
        settings = some_settings(relay, letter_delay_seconds=60)
        work_at(NOW, database, settings)
        with database.writing() as db:
            go(db, scene.ada)
        assert [done.error for done in work_at(NOW + timedelta(minutes=1), database, settings)] == [""]
    assert relay.received == []
    assert letters(database)[0].posted_at is None
    assert posting(database).done_at is not None


def test_a_demonstration_without_relay_marks_letters_and_posts_nothing(database: Database) -> None:
    ada_registers(database, a_scene(database))
    assert [done.kind for done in work_at(NOW, database, some_settings())] == ["facts", "letter"]
    assert letters(database)[0].posted_at == NOW


def test_a_temporary_refusal_is_tried_again_later_with_the_same_message_id(database: Database) -> None:
    ada_registers(database, a_scene(database))
    answers = iter(["451 come back", "451 come back", "250 kept"])
    with Relay(answer_to_data=lambda mail: next(answers)) as relay:
        settings = some_settings(relay)
        assert [done.error for done in work_at(NOW, database, settings)] == ["", "NotPosted: 451 come back"]
        assert work_at(NOW + timedelta(seconds=29), database, settings) == []
        assert [done.error for done in work_at(NOW + timedelta(seconds=30), database, settings)] == [
            "NotPosted: 451 come back"
        ]
        assert [done.attempt for done in work_at(NOW + timedelta(seconds=90), database, settings)] == [3]
    (letter,) = letters(database)
    assert relay.message_ids == [letter.message_id]
    assert posting(database).last_error is None


def test_a_relay_silent_for_two_days_leaves_a_dead_letter_behind(database: Database) -> None:
    ada_registers(database, a_scene(database))
    with Relay(answer_to_rcpt=lambda address: "451 not now") as relay:
        for hours in range(0, 60, 1):
            work_at(NOW + timedelta(hours=hours), database, some_settings(relay))
    job = posting(database)
    assert (job.attempts, job.dead_at is not None, job.last_error) == (ATTEMPTS, True, "NotPosted: 451 not now")
    assert letters(database)[0].posted_at is None


def test_a_refusal_for_good_is_dead_at_once_and_keeps_the_reason_without_the_address(database: Database) -> None:
    ada_registers(database, a_scene(database))
    with Relay(answer_to_rcpt=lambda address: f"550 5.1.1 <{address}> unknown") as relay:
        work_at(NOW, database, some_settings(relay))
    job = posting(database)
    assert (job.attempts, job.dead_at, job.last_error) == (1, NOW, "550 5.1.1 (…) unknown")


def test_an_address_that_is_none_is_dead_at_once(database: Database) -> None:
    scene = a_scene(database)
    ada_registers(database, scene)
    with database.writing() as db:
        db.exec(
            update(Person).where(col(Person.id) == scene.ada).values(email="ada@example.org\r\nBcc: eve@example.org")
        )
    with Relay() as relay:
        work_at(NOW, database, some_settings(relay))
    assert relay.received == []
    assert posting(database).last_error == "the address has no valid form"


def test_the_words_are_forgotten_a_year_after_the_letter_left(database: Database) -> None:
    ada_registers(database, a_scene(database))
    work_at(NOW, database, some_settings())
    for when, gone in ((NOW + WORDS_KEPT, 0), (NOW + WORDS_KEPT + timedelta(days=1), 1), (NOW + 2 * WORDS_KEPT, 0)):
        with database.writing() as db:
            assert forget_words(db, when) == gone
    (letter,) = letters(database)
    assert (letter.words, letter.posted_at) == (None, NOW)
