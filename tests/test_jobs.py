"""Owed work: claimed once, leased, tried again, dead and revived; never found by a number greater than the last one."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from sprint import jobs
from sprint.database import Database
from sprint.jobs import ABANDONED, ATTEMPTS, Claim, Job
from sprint.journal import FOLLOW_UP, Fact, new_act, record
from sprint.programme.facts import EditionFact

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
LEASE = timedelta(minutes=1)
KINDS = ("letter",)


def owe(database: Database, *keys: str, due_at: datetime = NOW) -> None:
    with database.writing() as db:
        for key in keys:
            jobs.owe(db, "letter", key, due_at)


def claim(database: Database, now: datetime = NOW) -> Claim:
    with database.writing() as db:
        found = jobs.claim(db, KINDS, now, LEASE)
    assert found is not None
    return found


def nothing_to_claim(database: Database, now: datetime = NOW) -> bool:
    with database.reading() as db:
        is_any = jobs.is_any_ripe(db, KINDS, now)
    with database.writing() as db:
        found = jobs.claim(db, KINDS, now, LEASE)
    assert is_any == (found is not None)
    return found is None


def job(database: Database) -> Job:
    with database.reading() as db:
        return db.exec(select(Job)).one()


def test_the_same_work_owed_twice_is_one_job(database: Database) -> None:
    owe(database, "1", "1")
    owe(database, "1", due_at=NOW + LEASE)
    assert job(database).due_at == NOW


def test_the_job_longest_due_comes_first_and_one_not_due_yet_waits(database: Database) -> None:
    owe(database, "late", due_at=NOW)
    owe(database, "early", due_at=NOW - LEASE)
    owe(database, "tomorrow", due_at=NOW + timedelta(days=1))
    assert [claim(database).key, claim(database).key] == ["early", "late"]
    assert nothing_to_claim(database)


def test_work_of_a_kind_nobody_here_can_do_is_left_alone(database: Database) -> None:
    with database.writing() as db:
        jobs.owe(db, "collect", "1", NOW)
    assert nothing_to_claim(database)


def test_a_job_is_held_until_its_lease_lapses_and_then_the_late_worker_settles_nothing(database: Database) -> None:
    owe(database, "1")
    slow = claim(database)
    assert nothing_to_claim(database, NOW + LEASE - timedelta(seconds=1))
    quick = claim(database, NOW + LEASE)
    assert (quick.key, quick.attempt) == ("1", 2)
    with database.writing() as db:
        assert jobs.settle(db, slow, NOW + LEASE) is False
        assert jobs.fail(db, slow, "late", NOW + LEASE) is False
        assert jobs.settle(db, quick, NOW + LEASE) is True
    done = job(database)
    assert (done.done_at, done.dead_at, done.lease, done.last_error) == (NOW + LEASE, None, None, None)


def test_what_fails_comes_back_later_and_later_and_is_dead_in_the_end(database: Database) -> None:
    owe(database, "1")
    now, waits = NOW, []
    for _ in range(ATTEMPTS):
        with database.writing() as db:
            claimed = jobs.claim(db, KINDS, now, LEASE)
            assert claimed is not None
            jobs.fail(db, claimed, "421 busy", now)
        waits.append(job(database).due_at - now)
        now = job(database).due_at
    assert [int(wait.total_seconds()) for wait in waits[:4]] == [30, 60, 120, 240]
    assert max(waits) == timedelta(hours=6)
    assert timedelta(hours=24) < now - NOW < timedelta(hours=48)
    assert (job(database).dead_at, job(database).last_error) == (now, "421 busy")
    assert nothing_to_claim(database, now + timedelta(days=30))


def test_a_dead_job_is_revived_once_and_starts_afresh(database: Database) -> None:
    owe(database, "1")
    with database.writing() as db:
        claimed = jobs.claim(db, KINDS, NOW, LEASE)
        assert claimed is not None
        assert jobs.bury(db, claimed, "550 no such user", NOW)
    assert nothing_to_claim(database)
    with database.writing() as db:
        assert jobs.revive(db, "letter", "1", NOW + LEASE) is True
        assert jobs.revive(db, "letter", "1", NOW + LEASE) is False
        assert jobs.revive(db, "letter", "2", NOW + LEASE) is False
    assert claim(database, NOW + LEASE).attempt == 1


def test_a_job_whose_workers_all_died_is_taken_for_the_cause_and_the_next_one_is_done(database: Database) -> None:
    owe(database, "deadly")
    now = NOW
    for _ in range(ABANDONED):
        claim(database, now)
        now += LEASE
    owe(database, "other", due_at=now)
    assert claim(database, now).key == "other"
    with database.reading() as db:
        assert db.exec(select(Job.key).where(col(Job.dead_at).is_not(None))).all() == ["deadly"]


def test_two_workers_at_once_take_two_jobs(postgres: Database) -> None:
    owe(postgres, "1", "2")
    with postgres.writing() as one, postgres.writing() as other:
        first, second = (jobs.claim(db, KINDS, NOW, LEASE) for db in (one, other))
    assert first is not None
    assert second is not None
    assert {first.key, second.key} == {"1", "2"}


class LastIdReader:
    """How not to do it: remembers the last number it saw, and asks for greater ones."""

    def __init__(self) -> None:
        self.last, self.acts = 0, list[str]()

    def read(self, db: Session) -> None:
        for fact_id, act in db.exec(select(Fact.id, Fact.act).where(col(Fact.id) > self.last).order_by(col(Fact.id))):
            self.last = fact_id or 0
            self.acts.append(act)


class OurReader:
    """How we do it: every act owes a job, and a job is claimed until it is done."""

    def __init__(self) -> None:
        self.acts = list[str]()

    def read(self, database: Database) -> None:
        with database.writing() as db:
            while (claimed := jobs.claim(db, [FOLLOW_UP], NOW, LEASE)) is not None:
                self.acts.append(claimed.key)
                jobs.settle(db, claimed, NOW)


def test_a_reader_of_last_numbers_loses_what_commits_late_and_ours_does_not(postgres: Database) -> None:
    """Numbers are given when rows are written, seen when they are committed: on PostgreSQL the orders differ."""
    naive, ours = LastIdReader(), OurReader()
    slow_act, quick_act = new_act(), new_act()
    with postgres.writing() as slow:
        record(slow, slow_act, EditionFact.OPENED, NOW)
        slow.flush()
        with postgres.writing() as quick:
            record(quick, quick_act, EditionFact.OPENED, NOW)
        with postgres.reading() as db:
            naive.read(db)
        ours.read(postgres)
    with postgres.reading() as db:
        naive.read(db)
        numbers = dict(db.exec(select(Fact.act, Fact.id)).all())
    ours.read(postgres)
    assert (numbers[slow_act] or 0) < (numbers[quick_act] or 0)
    assert naive.acts == [quick_act]
    assert ours.acts == [quick_act, slow_act]


@pytest.mark.parametrize("attempt", [1, 5, 40])
def test_the_wait_never_exceeds_six_hours(attempt: int) -> None:
    assert jobs.wait_after(attempt) <= timedelta(hours=6)
