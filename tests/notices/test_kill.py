"""kill -9 of a real worker process while it posts: no letter is lost, and one is repeated only where it could not be known.

A kill is placed between the relay's 250 and our commit so: the relay takes the letter while the test holds the database's
writing lock; the worker says QUIT once it has read the 250; then it is killed, and the lock is let go.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import Enum
from itertools import count
from pathlib import Path
from threading import RLock, Timer

import pytest
from sqlalchemy import func, text
from sqlmodel import col, select

from sprint.clock import now
from sprint.database import Database
from sprint.jobs import Job
from sprint.journal import new_act, record
from sprint.notices.tables import Letter
from sprint.people.tables import Person
from sprint.registrations.facts import RegistrationFact
from tests.notices.scene import NOW, Scene, a_scene
from tests.relay import ACCEPTED, Relay

ROOT = Path(__file__).parent.parent.parent
COMMAND = "from sprint.commands.worker import worker; worker()"
LEASE_SECONDS = 3
ACTS_EACH_TIME = 5
"""Acts that owe a letter, new for each worker: it always dies in the middle of something."""
PATIENCE_SECONDS = 120
_numbers = count(1)


class Moment(Enum):
    """When the worker dies."""

    DERIVING = "while letters are derived from what happened"
    WHENEVER = "whenever"
    AT_RECIPIENT = "after RCPT"
    BEFORE_ANSWER = "after DATA, before the 250"
    BEFORE_COMMIT = "between the 250 and our commit"


SHORT = [Moment.BEFORE_COMMIT, Moment.BEFORE_ANSWER]
LONG = [*SHORT, Moment.DERIVING, Moment.WHENEVER, Moment.AT_RECIPIENT, *SHORT, Moment.WHENEVER, *SHORT]


@dataclass
class Murders:
    """Kills the worker at each planned moment in turn, each time over another letter, and notes what was left unknown."""

    database: Database
    plan: list[Moment]
    worker: subprocess.Popen[bytes] | None = None
    over: set[str] = field(default_factory=set)
    left_unknown: Counter[str] = field(default_factory=Counter)
    placed: int = 0
    _doomed: str = ""
    _taken_before: int = 0
    _timer: Timer | None = None
    _lock: ExitStack = field(default_factory=ExitStack)
    _one_at_a_time: RLock = field(default_factory=RLock)
    """The relay's thread kills, that of the test starts anew: not before all is noted about the dead one."""

    def __post_init__(self) -> None:
        self.relay = Relay(
            answer_to_rcpt=self._at_recipient, answer_to_data=self._at_letter, after_answer=self._after_answer
        )

    @property
    def next(self) -> Moment | None:
        return self.plan[0] if self.plan else None

    def start_worker(self) -> subprocess.Popen[bytes]:
        """Start the next one that will die."""
        with self._one_at_a_time:
            known = letter_count(self.database)
            self.worker = worker = start_worker(self.database, self.relay)
            if self.next is Moment.DERIVING:
                while letter_count(self.database) == known and worker.poll() is None:
                    time.sleep(0.001)
                self._strike()
        return worker

    def _is_it(self, moment: Moment, address: str) -> bool:
        """Whether this letter is the one to die over at that moment."""
        if self.next != moment or address in self.over:
            return False
        self.over.add(address)
        return True

    def _at_recipient(self, address: str) -> str:
        if self._is_it(Moment.AT_RECIPIENT, address):
            self._strike()
            return "451 too late"
        if self._timer is None and self._is_it(Moment.WHENEVER, address):
            self._timer = Timer(random.uniform(0, 0.05), self._strike)
            self._timer.start()
        return "250 known"

    def _at_letter(self, mail: EmailMessage) -> str:
        address = mail["To"].addresses[0].addr_spec
        if self._is_it(Moment.BEFORE_ANSWER, address):
            self._strike()
            return "451 too late"
        if self._is_it(Moment.BEFORE_COMMIT, address):
            self._doomed = mail["Message-ID"]
            db = self._lock.enter_context(self.database.writing())
            db.execute(text("SELECT 1" if self.database.is_sqlite else "LOCK TABLE job, letter IN EXCLUSIVE MODE"))
        return ACCEPTED

    def _after_answer(self, mail: EmailMessage) -> None:
        if mail["Message-ID"] == self._doomed:
            self.placed, self._doomed = self.placed + 1, ""
            self._strike()
            self._lock.close()

    def _strike(self) -> None:
        with self._one_at_a_time:
            self._kill_and_note()

    def _kill_and_note(self) -> None:
        """Kill -9, and note which letters the relay has although no commit says so."""
        assert self.worker is not None
        os.kill(self.worker.pid, signal.SIGKILL)
        self.worker.wait()
        time.sleep(0.1)  # what the dead one had written is still on its way to the relay
        self.plan.pop(0)
        self._timer = None
        with self.database.reading() as db:
            unsettled = set(db.exec(select(Letter.message_id).where(col(Letter.posted_at).is_(None))))
        taken = self.relay.message_ids
        self.left_unknown.update(unsettled & set(taken[self._taken_before :]))
        self._taken_before = len(taken)


def letter_count(database: Database) -> int:
    with database.reading() as db:
        return db.exec(select(func.count()).select_from(Letter)).one()


def owe_letters(database: Database, scene: Scene, number: int) -> None:
    """As many acts, each about somebody else."""
    with database.writing() as db:
        numbers = [next(_numbers) for _ in range(number)]
        people = [Person(name=f"Person {n}", email=f"p{n}@example.org", created_at=NOW) for n in numbers]
        db.add_all(people)
        db.flush()
        for person in people:
            record(
                db,
                new_act(),
                RegistrationFact.CONFIRMED,
                now(),
                actor_id=person.id,
                person_id=person.id,
                edition_id=scene.edition_id,
                track_id=scene.onyxia.id,
                day_id=scene.days[0],
                detail={"mode": "site"},
            )


def start_worker(database: Database, relay: Relay) -> subprocess.Popen[bytes]:
    settings = {
        "SPRINT_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "SPRINT_SECRET": "s" * 32,
        "SPRINT_SMTP_HOST": "127.0.0.1",
        "SPRINT_SMTP_PORT": str(relay.port),
        "SPRINT_SMTP_TLS": "none",
        "SPRINT_LETTER_DELAY_SECONDS": "0",
        "SPRINT_LEASE_SECONDS": str(LEASE_SECONDS),
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SPRINT_")} | settings
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", COMMAND], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )


def is_all_done(database: Database) -> bool:
    with database.reading() as db:
        return db.exec(select(Job.id).where(col(Job.done_at).is_(None)).limit(1)).first() is None


def unfinished(database: Database) -> list[str]:
    """The jobs that are not done, with what went wrong."""
    with database.reading() as db:
        return [f"{job.kind} {job.key}: {job.last_error}" for job in db.exec(select(Job)) if job.done_at is None]


@pytest.mark.parametrize(
    "plan", [pytest.param(SHORT, id="twice"), pytest.param(LONG, id="ten times", marks=pytest.mark.proof)]
)
def test_no_letter_is_lost_and_one_is_repeated_only_where_nobody_could_know(
    database: Database, plan: list[Moment]
) -> None:
    murders = Murders(database, list(plan))
    with murders.relay:
        owed, workers = work_through(murders, a_scene(database))
    with database.reading() as db:
        letters = db.exec(select(Letter)).all()
    received = Counter(murders.relay.message_ids)
    repeats = received - Counter(set(received))
    print(
        f"{database.url.get_backend_name()}: {len(plan)} kills of {workers} workers, {murders.placed} placed between the "
        f"250 and our commit; {owed} letters owed, {len(received)} received, {repeats.total()} of them twice"
    )
    assert len(letters) == owed
    assert all(letter.posted_at is not None for letter in letters)
    assert set(received) == {letter.message_id for letter in letters}
    assert repeats == murders.left_unknown
    assert (murders.placed, repeats.total() >= murders.placed) == (plan.count(Moment.BEFORE_COMMIT), True)
    assert len({(mail["To"], mail["Message-ID"]) for mail in murders.relay.received}) == owed


def work_through(murders: Murders, scene: Scene) -> tuple[int, int]:
    """Start one worker after the other until the plan is carried out and no job is left: letters owed, workers started."""
    database, deadline, owed, workers = murders.database, time.monotonic() + PATIENCE_SECONDS, 0, 0
    while murders.plan or not is_all_done(database):
        owe_letters(database, scene, ACTS_EACH_TIME)
        owed, workers = owed + ACTS_EACH_TIME, workers + 1
        worker = murders.start_worker()
        while worker.poll() is None and (murders.plan or not is_all_done(database)):
            if time.monotonic() > deadline:
                worker.kill()
                worker.wait()
                pytest.fail(f"still to come: {murders.plan}; {unfinished(database)}")
            time.sleep(0.02)
    worker.terminate()
    assert worker.wait(10) == 0
    return owed, workers
