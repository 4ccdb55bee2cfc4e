"""Owed work, inserted in the transaction that owes it, done later by a worker that holds a lease.

A job is done when what its handler finished with was committed, in one transaction with the job itself. A worker that
dies keeps its lease until it lapses; then another takes the job. What fails is tried again, later and later, and is dead
after ATTEMPTS: visible, never dropped.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Index,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    text,
    update,
)
from sqlmodel import Field, Session, SQLModel, col, or_, select

from sprint.data_version import LOUDLY, QUIET
from sprint.database import UtcMoment
from sprint.prepared import PreparedChange

ATTEMPTS = 14
"""Failures before a job is dead: with the waits between them a little more than a day, longer than a relay's bad night."""
ABANDONED = 20
"""Attempts after which a job whose worker dies each time is taken for the cause of it."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)
NO_OPTIONS: Mapping[str, bool] = {}
OWED = text("done_at IS NULL AND dead_at IS NULL")


class Job(SQLModel, table=True):
    """One piece of owed work; `kind` and `key` say which, once and for all."""

    __table_args__ = (
        UniqueConstraint("kind", "key"),
        CheckConstraint("attempts >= 0", name="attempts"),
        CheckConstraint("done_at IS NULL OR dead_at IS NULL", name="one_end"),
        Index("ix_job_owed", "due_at", sqlite_where=OWED, postgresql_where=OWED),
        QUIET,
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=40)
    key: str = Field(max_length=80)
    due_at: datetime = Field(sa_type=UtcMoment)
    attempts: int = 0
    lease: str | None = Field(default=None, max_length=32)
    leased_until: datetime | None = Field(default=None, sa_type=UtcMoment)
    done_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    dead_at: datetime | None = Field(default=None, sa_type=UtcMoment)
    last_error: str | None = Field(default=None, max_length=300)


@dataclass(frozen=True)
class Claim:
    """A job a worker may do until `until`; `lease` proves that it is still the one who may say so."""

    job_id: int
    kind: str
    key: str
    lease: str
    until: datetime
    attempt: int


Finish = Callable[[Session, datetime], None]
"""What a job changes in the database: called in the very transaction that says that the job is done."""

Handler = Callable[[Claim], Finish]
"""Does what must happen outside (the network), with every door closed, and gives what is left to write.

Raises when it could not: the job is tried again. What it finishes with must be everything it writes."""


class Hopeless(Exception):
    """Raised by a handler when trying again would change nothing: the job is dead at once."""


def nothing(db: Session, now: datetime) -> None:
    """The Finish of a job that had nothing left to do."""


_KNOWN = select(Job.id).where(Job.kind == bindparam("kind"), Job.key == bindparam("key")).exists()
_OWE = PreparedChange(
    insert(Job).from_select(
        ["kind", "key", "due_at", "attempts"],
        select(
            bindparam("kind", type_=String),
            bindparam("key", type_=String),
            bindparam("due_at", type_=UtcMoment),
            literal(0),
        ).where(~_KNOWN),
    )
)


def owe(db: Session, kind: str, key: str, due_at: datetime) -> None:
    """Owe the work `kind` of `key`, unless it is owed or done already."""
    _OWE.run(db, kind=kind, key=key, due_at=due_at)


def owe_new(db: Session, kind: str, keys: Iterable[str], due_at: datetime) -> None:
    """Owe work that was never owed before, much of it at once."""
    rows = [{"kind": kind, "key": key, "due_at": due_at, "attempts": 0} for key in keys]
    if rows:
        db.exec(insert(Job), params=rows)


def ripe(kinds: Iterable[str], now: datetime) -> ColumnElement[bool]:
    """The condition under which a worker may take a job."""
    is_free = or_(col(Job.leased_until).is_(None), col(Job.leased_until) <= now)
    return and_(OWED, col(Job.due_at) <= now, col(Job.kind).in_(list(kinds)), is_free)


def is_any_ripe(db: Session, kinds: Iterable[str], now: datetime) -> bool:
    """Whether there is something to claim; asked through the reading door, so that an idle worker takes no lock."""
    return db.exec(select(Job.id).where(ripe(kinds, now)).limit(1)).first() is not None


def ripe_jobs(db: Session, kinds: Iterable[str], now: datetime) -> Sequence[Job]:
    """Every job a worker could take now, longest due first."""
    return db.exec(select(Job).where(ripe(kinds, now)).order_by(col(Job.due_at), col(Job.id))).all()


@dataclass(frozen=True)
class Backlog:
    """How much work is owed, how much is dead, and since when the oldest is due (None: nothing is)."""

    owed: int
    dead: int
    oldest_due_at: datetime | None


def backlog(db: Session, now: datetime) -> Backlog:
    """The work that is not done, for whoever watches the service. One query."""
    owed, dead = and_(OWED, col(Job.due_at) <= now), col(Job.dead_at).is_not(None)
    counts = select(func.count(case((OWED, 1))), func.count(case((dead, 1))), func.min(case((owed, Job.due_at))))
    return Backlog(*db.exec(counts.where(col(Job.done_at).is_(None))).one())


def claim(db: Session, kinds: Iterable[str], now: datetime, lease_for: timedelta) -> Claim | None:
    """Take the job longest due, skipping those other workers hold (locked on PostgreSQL, leased on both)."""
    longest_due = select(Job).where(ripe(kinds, now)).order_by(col(Job.due_at), col(Job.id)).limit(1)
    job = db.exec(longest_due.with_for_update(skip_locked=True)).first()
    if job is None or job.id is None:
        return None
    if job.attempts >= ABANDONED:
        values = _ending("its worker died each time") | {"dead_at": now}
        db.exec(update(Job).where(col(Job.id) == job.id).values(**values), execution_options=LOUDLY)
        return claim(db, kinds, now, lease_for)
    job.lease, job.leased_until, job.attempts = secrets.token_hex(8), now + lease_for, job.attempts + 1
    db.flush()
    return Claim(job.id, job.kind, job.key, job.lease, job.leased_until, job.attempts)


def settle(db: Session, claim: Claim, now: datetime) -> bool:
    """Say that the claimed job is done. False when the lease was lost meanwhile to another worker."""
    return _end(db, claim, _ending(None) | {"done_at": now})


def fail(db: Session, claim: Claim, error: str, now: datetime) -> bool:
    """Note the failure: again after a doubling wait, dead after ATTEMPTS."""
    if claim.attempt >= ATTEMPTS:
        return bury(db, claim, error, now)
    return _end(db, claim, _ending(error) | {"due_at": now + wait_after(claim.attempt)})


def bury(db: Session, claim: Claim, error: str, now: datetime) -> bool:
    """Note that trying again would change nothing."""
    return _end(db, claim, _ending(error) | {"dead_at": now}, LOUDLY)


def wait_after(attempt: int) -> timedelta:
    """30 s after the first failure, then twice as long each time, six hours at most."""
    return min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT)


def revive(db: Session, kind: str, key: str, now: datetime) -> bool:
    """Try a dead job again, from its first attempt. False when there is no such dead job."""
    statement = (
        update(Job)
        .where(col(Job.kind) == kind, col(Job.key) == key, col(Job.dead_at).is_not(None))
        .values(dead_at=None, attempts=0, due_at=now, last_error=None)
    )
    return db.exec(statement, execution_options=LOUDLY).rowcount == 1


def forget_ended(db: Session, before: datetime) -> int:
    """Delete jobs done, or given up, before a moment; gives how many."""
    ended = or_(col(Job.done_at) < before, col(Job.dead_at) < before)
    return db.exec(delete(Job).where(ended), execution_options=LOUDLY).rowcount


def _ending(error: str | None) -> dict[str, object]:
    return {"last_error": error and error[:300], "lease": None, "leased_until": None}


def _end(db: Session, claim: Claim, values: Mapping[str, object], options: Mapping[str, bool] = NO_OPTIONS) -> bool:
    statement = update(Job).where(col(Job.id) == claim.job_id, col(Job.lease) == claim.lease).values(**values)
    return db.exec(statement, execution_options=options).rowcount == 1
