"""The loop: what a job finishes with is committed with it or not at all, and nothing makes the loop stop but `stop`."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, SQLModel, select

from sprint import jobs, worker
from sprint.clock import now
from sprint.database import Database
from sprint.jobs import Claim, Finish, Hopeless, Job
from sprint.people.tables import Organisation
from sprint.worker import Done, Worker, described

LEASE = timedelta(seconds=30)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
Handler = Callable[[Claim], Finish]


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0.02)
    monkeypatch.setattr(worker, "LONGEST_PAUSE_SECONDS", 0.05)


def owe(database: Database, *keys: str) -> None:
    with database.writing() as db:
        for key in keys:
            jobs.owe(db, "note", key, LONG_AGO)


def note(claim: Claim) -> Finish:
    """A job whose only trace is a row."""
    return lambda db, at: db.add(Organisation(slug=claim.key, name=claim.key))


def a_worker(database: Database, handler: Handler = note) -> Worker:
    return Worker(database, {"note": handler}, LEASE)


def notes(database: Database) -> list[str]:
    with database.reading() as db:
        return sorted(db.exec(select(Organisation.slug)))


def owed(database: Database) -> list[Job]:
    with database.reading() as db:
        return [job for job in db.exec(select(Job).order_by(Job.id)) if job.done_at is None]  # type: ignore[arg-type]


def wait_until(true: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.01)


def test_a_job_done_and_what_it_wrote_are_one_commit(database: Database) -> None:
    owe(database, "1")
    assert a_worker(database).do_one() == Done("note", "1", 1)
    assert (notes(database), owed(database)) == (["1"], [])
    assert a_worker(database).do_one() is None


def test_when_the_writing_fails_the_job_is_not_done_and_nothing_is_written(database: Database) -> None:
    def half(claim: Claim) -> Finish:
        def finish(db: Session, at: datetime) -> None:
            db.add(Organisation(slug="half", name="half"))
            db.flush()
            raise RuntimeError("the other half")

        return finish

    owe(database, "1")
    done = a_worker(database, half).do_one()
    assert done == Done("note", "1", 1, "RuntimeError: the other half")
    assert notes(database) == []
    (job,) = owed(database)
    assert (job.last_error, job.dead_at) == ("RuntimeError: the other half", None)
    assert job.due_at > now() + timedelta(seconds=20)


def test_what_is_hopeless_is_dead_at_once(database: Database) -> None:
    def refused(claim: Claim) -> Finish:
        raise Hopeless("550 no such user")

    owe(database, "1")
    assert a_worker(database, refused).do_one() == Done("note", "1", 1, "550 no such user")
    (job,) = owed(database)
    assert job.dead_at is not None


def test_who_lost_the_lease_writes_nothing(database: Database) -> None:
    """The job took so long that another worker took and did it."""

    def overtaken(claim: Claim) -> Finish:
        with database.writing() as db:
            later = now() + LEASE + LEASE
            other = jobs.claim(db, ["note"], later, LEASE)
            assert other is not None
            jobs.settle(db, other, later)
            note(other)(db, later)
        return note(claim)

    owe(database, "1")
    done = a_worker(database, overtaken).do_one()
    assert done == Done("note", "1", 1, "lease lost")
    assert notes(database) == ["1"]


def test_the_settling_is_tried_again_while_the_database_is_busy(database: Database) -> None:
    calls = []

    def handler(claim: Claim) -> Finish:
        calls.append("handled")

        def finish(db: Session, at: datetime) -> None:
            calls.append("written")
            if calls.count("written") < 3:
                raise OperationalError("COMMIT", {}, Exception("database is locked"))
            note(claim)(db, at)

        return finish

    owe(database, "1")
    assert a_worker(database, handler).do_one() == Done("note", "1", 1)
    assert calls == ["handled", "written", "written", "written"]
    assert notes(database) == ["1"]


@pytest.fixture
def running(database: Database) -> Iterator[Worker]:
    at_work = a_worker(database)
    at_work.start()
    yield at_work
    at_work.stop()


def test_the_thread_does_what_comes_and_stops_when_asked(database: Database, running: Worker) -> None:
    owe(database, "1", "2", "3")
    wait_until(lambda: notes(database) == ["1", "2", "3"])
    before = time.monotonic()
    running.stop()
    assert time.monotonic() - before < 1
    owe(database, "4")
    time.sleep(0.1)
    assert notes(database) == ["1", "2", "3"]


def test_a_stop_waits_for_the_job_in_hand(database: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(claim: Claim) -> Finish:
        begun.set()
        assert go_on.wait(5)
        return note(claim)

    owe(database, "1")
    at_work = a_worker(database, slow)
    at_work.start()
    assert begun.wait(5)
    threading.Timer(0.2, go_on.set).start()
    at_work.stop()
    assert (notes(database), owed(database)) == (["1"], [])


def test_a_database_that_does_not_answer_is_asked_again(database: Database, running: Worker) -> None:
    owe(database, "1")
    wait_until(lambda: notes(database) == ["1"])
    SQLModel.metadata.drop_all(database.writers)
    time.sleep(0.3)
    SQLModel.metadata.create_all(database.writers)
    owe(database, "2")
    wait_until(lambda: notes(database) == ["2"])


def test_duties_that_fail_stop_neither_the_jobs_nor_themselves(database: Database) -> None:
    calls = []

    def look_after() -> None:
        calls.append("duties")
        if len(calls) < 3:
            raise RuntimeError("not today")

    at_work = Worker(database, {"note": note}, LEASE, look_after)
    owe(database, "1")
    at_work.start()
    wait_until(lambda: notes(database) == ["1"])
    at_work.stop()
    assert calls == ["duties"] * 3


def test_two_workers_share_the_work_and_do_nothing_twice(database: Database) -> None:
    keys = [f"{number:03}" for number in range(40)]
    owe(database, *keys)
    team = [a_worker(database) for _ in range(4)]
    for member in team:
        member.start()
    wait_until(lambda: owed(database) == [], 30)
    for member in team:
        member.stop()
    assert notes(database) == keys
    with database.reading() as db:
        assert set(db.exec(select(Job.attempts))) == {1}


def test_an_error_is_described_without_the_values_of_its_statement() -> None:
    error = IntegrityError(
        "INSERT INTO person VALUES (?)", ("ada@example.org",), ValueError("ada@example.org is taken")
    )
    assert described(error) == "IntegrityError: ValueError"
    assert described(KeyError("subject")) == "KeyError: 'subject'"
    assert described(RuntimeError("one\ntwo")) == "RuntimeError: one"
