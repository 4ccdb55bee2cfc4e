"""Whether people still come: asked in time, answered in time, released when silent; comparisons with now, worker or not."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from sprint.database import Database
from sprint.duties import do_due
from sprint.journal import Fact
from sprint.notices.tables import Letter
from sprint.people.tables import Person
from sprint.programme.queries import edition_with
from sprint.refusal import Refused
from sprint.registrations import actions
from sprint.registrations.actions import CallWish
from sprint.registrations.presence import Call, Seated, answering, settling
from sprint.registrations.queries.presence import Turnout, call_of, turnout
from sprint.worker import worker_of
from tests.browser import Browser
from tests.notices.scene import some_settings
from tests.registrations.stage import NOW, WEDNESDAY, Stage, a_stage

Opens = Callable[..., Browser]
ASKED_AT = datetime(2027, 3, 9, 8, tzinfo=UTC)
"""9 a.m. in Paris, seven days before the first day."""
DUE_AT = datetime(2027, 3, 13, 17, tzinfo=UTC)
"""6 p.m. in Paris, three days before."""
MINUTE = timedelta(minutes=1)
CALL = Call(1, "Europe/Paris", date(2027, 3, 16), 7, 3, True)


def asks(stage: Stage, *, releases: bool = True) -> None:
    with stage.database.writing() as db:
        actions.settle_presence(db, stage.edition_id, CallWish(7, 3, releases), NOW, stage_organiser(stage))


def stage_organiser(stage: Stage) -> int:
    return stage.people["organiser"]


def a_stage_that_asks(database: Database, *, releases: bool = True) -> Stage:
    """Ada sits on keycloak both days and Claude waits for the first one; Barbara sits on onyxia."""
    stage = a_stage(database, {"keycloak": 1, "onyxia": 2})
    stage.person("organiser")
    stage.register("ada", "keycloak", 0, WEDNESDAY)
    stage.register("claude", "keycloak")
    stage.register("barbara", "onyxia")
    asks(stage, releases=releases)
    return stage


def ask(stage: Stage, at: datetime = ASKED_AT) -> bool:
    with stage.database.writing() as db:
        return actions.ask_presence(db, stage.edition_id, at)


def confirm(stage: Stage, name: str, at: datetime) -> bool:
    with stage.database.writing() as db:
        return actions.confirm_presence(db, stage.people[name], stage.edition_id, at)


def release(stage: Stage, at: datetime = DUE_AT) -> int:
    with stage.database.writing() as db:
        return actions.release_unanswered(db, stage.edition_id, at)


def counted(stage: Stage) -> Turnout:
    with stage.database.reading() as db:
        call = call_of(db, edition_with(db, stage.edition_id))
        assert call is not None
        return turnout(db, call)


# --- rules


def test_the_moments_are_hours_of_where_the_edition_is() -> None:
    assert (CALL.asks_at, CALL.due_at) == (ASKED_AT, DUE_AT)


@pytest.mark.parametrize(
    ("at", "reasons"),
    [
        (ASKED_AT - MINUTE, ["too_early"]),
        (ASKED_AT, []),
        (DUE_AT - MINUTE, []),
        (DUE_AT, ["too_late"]),
    ],
)
def test_an_answer_is_in_time_or_refused_by_comparison_alone(at: datetime, reasons: list[str]) -> None:
    assert [one.code for one in answering(CALL, Seated(NOW, NOW, None), at)] == reasons


def test_who_got_a_seat_or_registered_since_is_not_awaited() -> None:
    assert Seated(NOW, NOW, None).is_awaited(CALL)
    assert not Seated(ASKED_AT, NOW, None).is_awaited(CALL)
    assert not Seated(NOW, ASKED_AT, None).is_awaited(CALL)
    assert not Seated(NOW, NOW, ASKED_AT).is_awaited(CALL)


@pytest.mark.parametrize(
    ("ask_days", "answer_days", "releases", "before", "after"),
    [
        (7, 3, True, [], []),
        (7, 2, True, [], []),
        (7, 3, False, [], []),
        (3, 3, True, ["no_time"], ["no_time", "asked"]),
        (8, 3, True, [], ["asked"]),
        (7, 4, True, [], ["sooner"]),
    ],
)
def test_what_people_were_told_is_not_made_harder(
    ask_days: int, answer_days: int, releases: bool, before: list[str], after: list[str]
) -> None:
    wanted = Call(1, CALL.zone, CALL.first_on, ask_days, answer_days, releases)
    assert [one.code for one in settling(CALL, wanted, NOW)] == before
    assert [one.code for one in settling(CALL, wanted, ASKED_AT)] == after


def test_seats_are_not_released_when_that_was_not_told() -> None:
    kept = Call(1, CALL.zone, CALL.first_on, 7, 3, False)
    assert [one.code for one in settling(kept, CALL, ASKED_AT)] == ["not_told"]
    assert settling(CALL, None, ASKED_AT) == []


# --- actions


def test_the_silent_lose_their_seat_to_whoever_waits_in_one_act(database: Database) -> None:
    stage = a_stage_that_asks(database)
    assert ask(stage)
    assert confirm(stage, "barbara", ASKED_AT + MINUTE)
    assert counted(stage) == Turnout(seated=2, confirmed=1, awaited=1, released=0)
    assert release(stage, DUE_AT - MINUTE) == 0
    assert release(stage) == 2
    assert (stage.seated("keycloak"), stage.queue("keycloak")) == (["claude"], [])
    assert stage.acts()[-1] == [
        ("registration.released", "ada"),
        ("registration.released", "ada"),
        ("registration.promoted", "claude"),
    ]
    assert counted(stage) == Turnout(seated=2, confirmed=1, awaited=0, released=1)
    letters, _ = stage.letters_since(0)
    last = stage_last_act(stage)
    assert sorted(name for act, name in letters if act == last) == ["ada", "claude"]
    assert release(stage) == 0


def stage_last_act(stage: Stage) -> str:
    with stage.database.reading() as db:
        return list(db.exec(select(Fact.act).where(Fact.edition_id == stage.edition_id).order_by(Fact.id)))[-1]  # type: ignore[arg-type]


def test_whoever_does_not_come_waits_for_nothing(database: Database) -> None:
    stage = a_stage_that_asks(database)
    stage.register("barbara", "keycloak")
    assert stage.queue("keycloak") == ["claude", "barbara"]
    ask(stage)
    confirm(stage, "ada", ASKED_AT)
    assert release(stage) == 2
    assert (stage.seated("onyxia"), stage.queue("keycloak")) == ([], ["claude"])


def test_a_pause_keeps_the_seats_that_are_released(database: Database) -> None:
    stage = a_stage_that_asks(database)
    ask(stage)
    stage.pause()
    assert release(stage) == 3
    assert (stage.seated("keycloak"), stage.queue("keycloak")) == ([], ["claude"])
    stage.now = DUE_AT
    assert stage.resume(1) == 1


def test_a_late_answer_is_refused_although_no_worker_ran(database: Database) -> None:
    stage = a_stage_that_asks(database)
    ask(stage)
    with pytest.raises(Refused, match="too_late"):
        confirm(stage, "ada", DUE_AT)
    assert stage.seated("keycloak") == ["ada"]


def test_an_organiser_may_answer_for_somebody_after_the_deadline(database: Database) -> None:
    stage = a_stage_that_asks(database)
    ask(stage)
    with stage.database.writing() as db:
        assert actions.vouch_presence(db, stage.people["ada"], stage.edition_id, DUE_AT, stage_organiser(stage))
    assert release(stage) == 1
    assert stage.seated("keycloak") == ["ada"]


def test_the_same_answer_twice_is_one_fact(database: Database) -> None:
    stage = a_stage_that_asks(database)
    assert (confirm(stage, "ada", ASKED_AT), confirm(stage, "ada", ASKED_AT)) == (True, False)
    told = [kind for act in stage.acts() for kind, _ in act]
    assert told.count("registration.presence_confirmed") == 1


def test_where_seats_are_kept_nobody_loses_one(database: Database) -> None:
    stage = a_stage_that_asks(database, releases=False)
    ask(stage)
    assert release(stage) == 0


def test_nobody_loses_a_seat_to_a_question_that_did_not_leave_in_time(database: Database) -> None:
    stage = a_stage_that_asks(database)
    assert not ask(stage, DUE_AT - timedelta(hours=23))
    assert release(stage) == 0
    assert stage.seated("keycloak") == ["ada"]


def test_nobody_loses_a_seat_who_could_not_be_written_to(database: Database) -> None:
    stage = a_stage_that_asks(database)
    with database.writing() as db:
        db.get_one(Person, stage.people["ada"]).email = None
    ask(stage)
    assert release(stage) == 1
    assert (stage.seated("keycloak"), stage.seated("onyxia")) == (["ada"], [])


def test_who_changed_their_seat_since_is_expected(database: Database) -> None:
    stage = a_stage_that_asks(database)
    ask(stage)
    stage.change("ada", "onyxia", at=ASKED_AT + MINUTE)
    assert release(stage) == 1
    assert stage.seated("onyxia") == ["ada"]


# --- with time


def letters_of(database: Database) -> list[tuple[str, str, bool]]:
    with database.reading() as db:
        rows = db.exec(select(Person.name, Letter.purpose, Letter.posted_at).join(Person).order_by(Letter.id))  # type: ignore[arg-type]
        return [(name, purpose, posted is not None) for name, purpose, posted in rows]


def work(database: Database, at: datetime, time: Callable[[datetime], None], minutes: int = 5) -> None:
    """Duties, then letters, as the worker does them some minutes later."""
    settings = some_settings(letter_delay_seconds=120)
    time(at)
    do_due(database, at)
    for later in range(minutes):
        time(at + timedelta(minutes=later))
        worker = worker_of(database, settings)
        while worker.do_one() is not None:
            pass


def test_the_question_and_the_release_are_letters_of_their_moments(
    database: Database, time: Callable[[datetime], None]
) -> None:
    stage = a_stage_that_asks(database)
    work(database, ASKED_AT, time)
    asked = [line for line in letters_of(database) if line[1] == "presence"]
    assert asked == [("ada", "presence", True), ("barbara", "presence", True)]
    work(database, DUE_AT, time)
    told = [line for line in letters_of(database) if line[1] in ("released", "promoted")]
    assert told == [("ada", "released", True), ("claude", "promoted", True), ("barbara", "released", True)]
    assert stage.seated("keycloak") == ["claude"]


def test_a_question_that_could_not_leave_before_the_deadline_does_not_leave(
    database: Database, time: Callable[[datetime], None]
) -> None:
    a_stage_that_asks(database)
    settings = some_settings(letter_delay_seconds=120)
    time(ASKED_AT)
    do_due(database, ASKED_AT)
    worker = worker_of(database, settings)
    while worker.do_one() is not None:
        pass
    time(DUE_AT + MINUTE)
    worker = worker_of(database, settings)
    while worker.do_one() is not None:
        pass
    assert [line for line in letters_of(database) if line[1] == "presence"] == [
        ("ada", "presence", False),
        ("barbara", "presence", False),
    ]


def test_a_site_without_worker_from_before_the_question_until_after_the_deadline_releases_nobody(
    database: Database, time: Callable[[datetime], None]
) -> None:
    stage = a_stage_that_asks(database)
    work(database, DUE_AT + timedelta(hours=1), time)
    assert stage.seated("keycloak") == ["ada"]
    assert [line for line in letters_of(database) if line[1] in ("presence", "released")] == []
