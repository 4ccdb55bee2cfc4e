"""What falls due with time alone: done once for each subject and day, caught up after a downtime, dropped when too late."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import structlog
from sqlalchemy import UniqueConstraint, tuple_
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, select

from sprint.alerts.actions import forget_alerts
from sprint.data_version import QUIET
from sprint.database import Database, UtcMoment
from sprint.journal import Fact, new_act, record
from sprint.notices.actions import forget_words
from sprint.participation.actions import forget_answers, forget_care, forget_teams
from sprint.privacy.actions import erase, purge
from sprint.programme.facts import EditionFact
from sprint.programme.queries import editions
from sprint.programme.rules import Calendar, Deed, Phase
from sprint.registrations.actions import ask_presence, release_unanswered, send_practical
from sprint.registrations.actions import remind as remind_of_edition
from sprint.registrations.letters.practical import Information
from sprint.registrations.practical import good_until, reminded_at, told_at
from sprint.registrations.presence import Call
from sprint.registrations.queries.invitations import never_came
from sprint.registrations.queries.practical import informations_of
from sprint.registrations.queries.presence import calls_of
from sprint.sessions import purge_sessions
from sprint.talents.actions import forget_old_traces, purge_profile, remind
from sprint.talents.queries.due import ending_consents, forsaken_profiles

DAY, MONTH = timedelta(days=1), timedelta(days=30)
log = structlog.get_logger("sprint.duties")


class DutyDone(SQLModel, table=True):
    """A duty done; its uniqueness keeps several workers apart."""

    __table_args__ = (UniqueConstraint("kind", "subject", "due_on"), QUIET)

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=40)
    subject: str = Field(max_length=40)
    due_on: date
    done_at: datetime = Field(sa_type=UtcMoment)


@dataclass(frozen=True)
class Due:
    """One thing a duty asks for: about what, since when."""

    subject: str
    at: datetime

    @property
    def on(self) -> date:
        return self.at.astimezone(UTC).date()


@dataclass(frozen=True)
class Duty:
    """`due` gives what has fallen due up to now; after `too_late` it makes no sense any more and is dropped."""

    kind: str
    due: Callable[[Session, datetime], Iterable[Due]]
    act: Callable[[Session, Due, datetime], object]
    too_late: timedelta


def do_due(database: Database, now: datetime) -> list[tuple[str, Due]]:
    """Do what is due and gives what was done. One duty that fails does not stop the others; it is tried next time."""
    with database.reading() as db:
        owed = all_due(db, now)
    return [(duty.kind, due) for duty, due in owed if _done(database, duty, due, now)]


def all_due(db: Session, now: datetime) -> list[tuple[Duty, Due]]:
    """Every duty that is due and not done yet, in the order of their moments; those of one moment, in that of DUTIES."""
    owed = [(duty, due) for duty in DUTIES for due in duty.due(db, now) if now - duty.too_late < due.at <= now]
    owed.sort(key=lambda one: one[1].at)
    keys = tuple_(col(DutyDone.kind), col(DutyDone.subject), col(DutyDone.due_on))
    wanted = [(duty.kind, due.subject, due.on) for duty, due in owed]
    known = set(db.exec(select(DutyDone.kind, DutyDone.subject, DutyDone.due_on).where(keys.in_(wanted))))
    return [(duty, due) for duty, due in owed if (duty.kind, due.subject, due.on) not in known]


def _done(database: Database, duty: Duty, due: Due, now: datetime) -> bool:
    """Do one duty, in one transaction with the row that says so. False when another worker did, or when it failed."""
    try:
        with database.writing() as db:
            db.add(DutyDone(kind=duty.kind, subject=due.subject, due_on=due.on, done_at=now))
            db.flush()
            duty.act(db, due, now)
    except IntegrityError:
        log.info("duty done by another", duty=duty.kind, subject=due.subject)
        return False
    except Exception as error:  # noqa: BLE001  the other duties are owed all the same
        log.error("duty failed", duty=duty.kind, subject=due.subject, error=type(error).__name__)
        return False
    log.info("duty done", duty=duty.kind, subject=due.subject)
    return True


# --- the duties


def _today(_db: Session, now: datetime) -> list[Due]:
    """Once a day, at midnight UTC: yesterday's is not caught up, today's does its work."""
    return [Due("", now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0))]


def _at(moment: Callable[[Calendar], datetime | None]) -> Callable[[Session, datetime], list[Due]]:
    """A moment of each edition that is no draft. An edition closed again may open at another hour of the same day."""

    def due(db: Session, now: datetime) -> list[Due]:
        known = [(edition.id, edition.calendar) for edition in editions(db)]
        announced = [one for one in known if one[1].phase(now) != Phase.DRAFT]
        known_moments = [(key, at) for key, calendar in announced if (at := moment(calendar)) is not None]
        return [Due(f"{key} {at.astimezone(UTC):%H:%M:%S}", at) for key, at in known_moments]

    return due


def _tell(kind: EditionFact) -> Callable[[Session, Due, datetime], None]:
    """Record what time did, at the moment it did it. What somebody did by hand is recorded already."""

    def act(db: Session, due: Due, _now: datetime) -> None:
        edition_id = int(due.subject.partition(" ")[0])
        same = (Fact.kind == kind.value, Fact.edition_id == edition_id, Fact.at == due.at)
        if db.exec(select(Fact.id).where(*same)).first() is None:
            record(db, new_act(), kind, due.at, edition_id=edition_id)

    return act


def _calls(moment: Callable[[Call], datetime]) -> Callable[[Session, datetime], list[Due]]:
    """A moment of what each edition asks of those who hold a seat, until it is over."""

    def due(db: Session, now: datetime) -> list[Due]:
        views = [view for view in editions(db) if view.calendar.allows(Deed.READ, now) and now < view.calendar.ends_at]
        return [Due(str(key), moment(call)) for key, call in calls_of(db, views).items()]

    return due


def _information(
    moment: Callable[[Information, date, str], datetime | None],
) -> Callable[[Session, datetime], list[Due]]:
    """When something is told to those who come to each edition, until its first morning is over."""

    def due(db: Session, now: datetime) -> list[Due]:
        views = {view.id: view.calendar for view in editions(db) if view.calendar.allows(Deed.READ, now)}
        coming = {key: one for key, one in views.items() if one.days and now < good_until(one.days[0], one.zone)}
        told = informations_of(db, coming)
        moments = [(key, moment(one, coming[key].days[0], coming[key].zone)) for key, one in told.items()]
        return [Due(str(key), at) for key, at in moments if at is not None]

    return due


def _reminders(days: int) -> Callable[[Session, datetime], list[Due]]:
    """Consents of the pool that end so many days later."""
    return lambda db, now: [Due(str(key), ends - timedelta(days=days)) for key, ends in ending_consents(db, now)]


def _forsaken(db: Session, now: datetime) -> list[Due]:
    """Profiles whose owner stays away: due each day until it is done."""
    (today,) = _today(db, now)
    return [Due(str(key), today.at) for key in forsaken_profiles(db, now)]


def _never_came(db: Session, now: datetime) -> list[Due]:
    """Who was added by hand and never came to open their account: due each day until it is done."""
    (today,) = _today(db, now)
    return [Due(str(key), today.at) for key in never_came(db, now)]


DUTIES = (
    Duty("purge.sessions", _today, lambda db, due, now: purge_sessions(db, now), DAY),
    # Before the register forgets them: what goes is counted by month first.
    Duty("purge.pool", _today, lambda db, due, now: forget_old_traces(db, now), DAY),
    Duty("purge.answers", _today, lambda db, due, now: forget_answers(db, now), DAY),
    Duty("purge.teams", _today, lambda db, due, now: forget_teams(db), DAY),
    Duty("purge.care", _today, lambda db, due, now: forget_care(db), DAY),
    Duty("purge.alerts", _today, lambda db, due, now: forget_alerts(db, now), DAY),
    Duty("purge.register", _today, lambda db, due, now: purge(db, now), DAY),
    Duty("purge.letters", _today, lambda db, due, now: forget_words(db, now), DAY),
    Duty("purge.invited", _never_came, lambda db, due, now: erase(db, int(due.subject), "fr", now), DAY),
    Duty("edition.announced", _at(lambda edition: edition.announced_at), _tell(EditionFact.ANNOUNCED), MONTH),
    Duty("edition.opened", _at(lambda edition: edition.opens_at), _tell(EditionFact.OPENED), MONTH),
    Duty("edition.closed", _at(lambda edition: edition.closes_at), _tell(EditionFact.CLOSED), MONTH),
    Duty("edition.started", _at(lambda edition: edition.starts_at), _tell(EditionFact.STARTED), MONTH),
    Duty(
        "edition.ended", _at(lambda edition: edition.ends_at if edition.days else None), _tell(EditionFact.ENDED), MONTH
    ),
    Duty("edition.archived", _at(lambda edition: edition.archived_at), _tell(EditionFact.ARCHIVED), MONTH),
    # In this order: nobody loses a seat to a question that was not asked in time.
    Duty(
        "presence.asked",
        _calls(lambda call: call.asks_at),
        lambda db, due, now: ask_presence(db, int(due.subject), now),
        MONTH,
    ),
    Duty(
        "presence.released",
        _calls(lambda call: call.due_at),
        lambda db, due, now: release_unanswered(db, int(due.subject), now),
        MONTH,
    ),
    Duty(
        "practical.sent",
        _information(told_at),
        lambda db, due, now: send_practical(db, int(due.subject), now),
        MONTH,
    ),
    Duty(
        "edition.reminded",
        _information(reminded_at),
        lambda db, due, now: remind_of_edition(db, int(due.subject), now),
        DAY,
    ),
    Duty("talents.reminder30", _reminders(30), lambda db, due, now: remind(db, int(due.subject), 30, now), 20 * DAY),
    Duty("talents.reminder7", _reminders(7), lambda db, due, now: remind(db, int(due.subject), 7, now), 6 * DAY),
    Duty("purge.talents", _forsaken, lambda db, due, now: purge_profile(db, int(due.subject), now), DAY),
)
