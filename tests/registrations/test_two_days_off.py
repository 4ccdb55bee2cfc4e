"""After 48 hours without a worker every duty is caught up in order, and nothing that is out of date is sent."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlmodel import col, select

from sprint.database import Database
from sprint.duties import do_due
from sprint.journal import Fact
from sprint.notices.tables import Letter
from sprint.people.tables import Person
from sprint.programme.tables import Edition, Practical
from sprint.registrations.tables import PresenceAnswer, PresenceCall
from sprint.worker import worker_of
from tests.notices.scene import some_settings
from tests.registrations.stage import Stage, a_stage

OFF = timedelta(hours=48)
ASKED = datetime(2027, 3, 9, 8, tzinfo=UTC)
RELEASED = datetime(2027, 3, 13, 17, tzinfo=UTC)
CLOSED = datetime(2027, 3, 10, 8, tzinfo=UTC)
EVE = datetime(2027, 3, 15, 15, tzinfo=UTC)
Time = Callable[[datetime], None]


def a_stage_with_duties(database: Database) -> Stage:
    """Asked seven days before, told five days before, released three days before, reminded on the eve. Claude waits for Ada's seat."""
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1}, closes_at=CLOSED)
    for name, track in (("ada", "keycloak"), ("claude", "keycloak"), ("barbara", "onyxia")):
        stage.register(name, track)
    with database.writing() as db:
        db.add(PresenceCall(edition_id=stage.edition_id, ask_days=7, answer_days=3, releases=True))
        db.add(Practical(edition_id=stage.edition_id, contact="Solène", letter_days=5, reminds=True))
        db.get_one(Edition, stage.edition_id).announced_at = stage.now
    return stage


def works(database: Database, time: Time, at: datetime) -> None:
    """The worker is there for a while: what is due, then every letter, two minutes later."""
    settings = some_settings(letter_delay_seconds=120)
    time(at)
    do_due(database, at)
    for minutes in range(0, 6, 2):
        time(at + timedelta(minutes=minutes))
        worker = worker_of(database, settings)
        while worker.do_one() is not None:
            pass


def told(database: Database, since: datetime) -> list[str]:
    """What time did to the edition since then, in the order in which it was written down."""
    kinds = ("edition.closed", "registration.presence_asked", "registration.practical_sent", "registration.released")
    known = (*kinds, "registration.promoted", "registration.reminded", "edition.started")
    with database.reading() as db:
        of_these = select(Fact.kind).where(col(Fact.kind).in_(known), Fact.at >= since)
        return list(db.exec(of_these.order_by(col(Fact.id))))


def sent(database: Database, since: datetime) -> list[tuple[str, str]]:
    with database.reading() as db:
        rows = select(Person.name, Letter.purpose).join(Letter).where(col(Letter.posted_at) >= since)
        return [(name, purpose) for name, purpose in db.exec(rows.order_by(col(Letter.id)))]


def test_what_fell_due_meanwhile_is_done_in_the_order_of_its_moments(database: Database, time: Time) -> None:
    a_stage_with_duties(database)
    works(database, time, ASKED - timedelta(minutes=5))
    back = ASKED - timedelta(minutes=5) + OFF + timedelta(minutes=10)
    works(database, time, back)
    assert told(database, ASKED) == ["registration.presence_asked", "edition.closed", "registration.practical_sent"]
    asked = [("ada", "presence"), ("barbara", "presence")]
    assert sent(database, back) == [*asked, ("ada", "practical"), ("barbara", "practical")]


def test_seats_are_released_before_anybody_is_reminded(database: Database, time: Time) -> None:
    stage = a_stage_with_duties(database)
    works(database, time, ASKED)
    works(database, time, ASKED + OFF)
    with database.writing() as db:
        db.add(_answer(stage, "barbara"))
    works(database, time, RELEASED - timedelta(minutes=5))
    back = RELEASED - timedelta(minutes=5) + OFF
    works(database, time, back)
    assert told(database, RELEASED) == ["registration.released", "registration.promoted", "registration.reminded"]
    about_seats = [("ada", "released"), ("claude", "promoted")]
    assert sent(database, back) == [*about_seats, ("claude", "reminder"), ("barbara", "reminder")]


def _answer(stage: Stage, name: str) -> PresenceAnswer:
    return PresenceAnswer(person_id=stage.people[name], edition_id=stage.edition_id, answered_at=ASKED)


def test_nothing_out_of_date_is_sent(database: Database, time: Time) -> None:
    """Off from before the deadline until the afternoon of the first day: nobody is reminded of yesterday, or loses today's seat."""
    stage = a_stage_with_duties(database)
    works(database, time, EVE - timedelta(minutes=5))
    back = datetime(2027, 3, 16, 14, tzinfo=UTC)
    works(database, time, back)
    assert told(database, EVE) == ["edition.started"]
    assert sent(database, back) == []
    assert stage.seated("keycloak") == ["ada"]
