"""Does owed work and duties as they fall due: a thread of each web process, or a process of its own.

Nothing stops it but `stop`: what fails is noted with its job, and a database that does not answer is asked again.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from sprint import duties, jobs
from sprint.clock import now
from sprint.database import Database
from sprint.jobs import Claim, Handler, Hopeless
from sprint.notices import work
from sprint.settings import Settings

PAUSE_SECONDS = 1.0
"""Between two looks for something due."""
LONGEST_PAUSE_SECONDS = 30.0
"""Between two looks while the database does not answer."""
DUTIES_EVERY_SECONDS = 60.0
PATIENCE_SECONDS = 25.0
"""How long a stop waits for the job in hand: a little more than one answer of a mail relay."""
log = structlog.get_logger("sprint.worker")


class LeaseLost(Exception):
    """The job took longer than its lease, and somebody else took it."""


@dataclass(frozen=True)
class Done:
    """What became of one claimed job; `error` is empty when it is done."""

    kind: str
    key: str
    attempt: int
    error: str = ""


class Worker:
    """Claims one job after the other and settles it. `look_after` is called now and then for what time alone brings."""

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, Handler],
        lease_for: timedelta,
        look_after: Callable[[], object] = lambda: None,
    ) -> None:
        self.database, self.handlers, self.lease_for, self.look_after = database, handlers, lease_for, look_after
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    # --- a thread of its own

    def start(self) -> None:
        """Work in a thread that does not keep the process alive."""
        self._thread = threading.Thread(target=self.run, name="worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the job in hand and work no more. A job that takes too long is left to its lease."""
        self.ask_to_stop()
        if self._thread is not None:
            self._thread.join(PATIENCE_SECONDS)

    def ask_to_stop(self) -> None:
        """As `stop`, without waiting: for signal handlers."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped."""
        pause, duties_at = PAUSE_SECONDS, 0.0
        while not self._stopping.is_set():
            try:
                if time.monotonic() >= duties_at:
                    self.look_after()
                    duties_at = time.monotonic() + DUTIES_EVERY_SECONDS
                busy, pause = self.do_one() is not None, PAUSE_SECONDS
            except Exception as error:  # noqa: BLE001  whatever it is, the letters of tomorrow are still owed
                busy, pause = False, min(pause * 2, LONGEST_PAUSE_SECONDS)
                log.error("no work done", error=described(error), again_in=pause)
            if not busy:
                self._stopping.wait(pause)

    # --- one job

    def do_one(self) -> Done | None:
        """Do the job longest due; None when nothing is."""
        claim = self._claim()
        if claim is None:
            return None
        try:
            finish = self.handlers[claim.kind](claim)
            self._settle_in_time(claim, finish)
        except Hopeless as hopeless:
            return self._failed(claim, str(hopeless), is_hopeless=True)
        except LeaseLost:
            log.warning("lease lost", kind=claim.kind, key=claim.key, attempt=claim.attempt)
            return Done(claim.kind, claim.key, claim.attempt, "lease lost")
        except Exception as error:  # noqa: BLE001  it is noted with the job and tried again
            return self._failed(claim, described(error), is_hopeless=False)
        log.debug("done", kind=claim.kind, key=claim.key, attempt=claim.attempt)
        return Done(claim.kind, claim.key, claim.attempt)

    def _claim(self) -> Claim | None:
        with self.database.reading() as db:
            if not jobs.is_any_ripe(db, self.handlers, now()):
                return None
        with self.database.writing() as db:
            return jobs.claim(db, self.handlers, now(), self.lease_for)

    def _settle_in_time(self, claim: Claim, finish: jobs.Finish) -> None:
        """Settle, again and again while the lease lasts: what was done outside cannot be undone, only done twice."""
        deadline = time.monotonic() + self.lease_for.total_seconds()
        while True:
            try:
                return self._settle(claim, finish)
            except (OperationalError, PoolTimeout):
                if time.monotonic() >= deadline or self._stopping.wait(PAUSE_SECONDS / 2):
                    raise

    def _settle(self, claim: Claim, finish: jobs.Finish) -> None:
        with self.database.writing() as db:
            if not jobs.settle(db, claim, now()):
                raise LeaseLost
            finish(db, now())

    def _failed(self, claim: Claim, error: str, *, is_hopeless: bool) -> Done:
        log.warning("failed", kind=claim.kind, key=claim.key, attempt=claim.attempt, error=error)
        with self.database.writing() as db:
            (jobs.bury if is_hopeless else jobs.fail)(db, claim, error, now())
        return Done(claim.kind, claim.key, claim.attempt, error)


def described(error: Exception) -> str:
    """An error on one line, without the values of a statement: they may be personal."""
    if isinstance(error, DBAPIError):
        return f"{type(error).__name__}: {type(error.orig).__name__}"
    told = "" if isinstance(error, SQLAlchemyError) else str(error).partition("\n")[0]
    return f"{type(error).__name__}: {told}"[:300] if told else type(error).__name__


def worker_of(database: Database, settings: Settings) -> Worker:
    """The worker of this site, with everything it can do."""
    return Worker(
        database,
        work.handlers(database, settings),
        timedelta(seconds=settings.lease_seconds),
        lambda: duties.do_due(database, now()),
    )
