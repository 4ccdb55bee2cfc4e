"""Registering, cancelling and changing: who sits, who waits, and who comes next."""

import pytest
from sqlmodel import col, func, select

from sprint.database import Database
from sprint.jobs import Job
from sprint.journal import FOLLOW_UP, Fact
from sprint.programme.tables import Audience
from sprint.refusal import Refused
from sprint.registrations.actions import Outcome
from sprint.registrations.tables import End, Registration, State
from tests.registrations.stage import NOW, REMOTE, SITE, TUESDAY, WEDNESDAY, Stage, a_stage

AFTER_TUESDAY = NOW.replace(month=3, day=16, hour=23, minute=30)
"""Half past midnight on Wednesday in Paris, still Tuesday in UTC."""


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(reason.code, reason.place) for reason in refused.value.reasons]


def test_the_last_seat_is_confirmed_and_the_next_person_waits(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1})
    assert stage.register("ada", "keycloak") == Outcome(confirmed=1)
    assert stage.register("barbara", "keycloak") == Outcome(waiting=1)
    assert (stage.seated("keycloak"), stage.queue("keycloak")) == (["ada"], ["barbara"])
    assert stage.taken("keycloak") == 1


def test_each_day_is_confirmed_or_waits_on_its_own(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1})
    stage.register("ada", "keycloak", WEDNESDAY)
    assert stage.register("barbara", "keycloak", TUESDAY, WEDNESDAY) == Outcome(confirmed=1, waiting=1)
    assert stage.seated("keycloak", TUESDAY) == ["barbara"]
    assert stage.queue("keycloak", WEDNESDAY) == ["barbara"]


def test_cancelling_gives_the_seat_to_whoever_waits_longest(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1})
    for name in ("ada", "barbara", "claude"):
        stage.register(name, "keycloak")
    assert stage.cancel("ada", "keycloak") == 1
    assert (stage.seated("keycloak"), stage.queue("keycloak")) == (["barbara"], ["claude"])
    stage.cancel("barbara", "keycloak")
    assert (stage.seated("keycloak"), stage.queue("keycloak")) == (["claude"], [])


def test_of_two_who_asked_at_the_same_moment_the_first_written_comes_first(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1})
    for name in ("ada", "claude", "barbara"):
        stage.register(name, "keycloak", at=NOW)
    stage.cancel("ada", "keycloak")
    assert (stage.seated("keycloak"), stage.queue("keycloak")) == (["claude"], ["barbara"])


def test_whoever_is_served_first_comes_first_whatever_moment_their_request_came_in(database: Database) -> None:
    """Moments are read before the wait for the lock, by several processes: they do not follow the order of the queue."""
    stage = a_stage(database, {"keycloak": 1})
    for name, second in (("ada", 3), ("claude", 2), ("barbara", 1)):
        stage.register(name, "keycloak", at=NOW.replace(second=second))
    stage.cancel("ada", "keycloak")
    assert (stage.seated("keycloak"), stage.queue("keycloak")) == (["claude"], ["barbara"])


def test_whoever_leaves_the_queue_and_comes_back_is_last(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1})
    for name in ("ada", "barbara", "claude"):
        stage.register(name, "keycloak")
    stage.cancel("barbara", "keycloak")
    stage.register("barbara", "keycloak")
    assert stage.queue("keycloak") == ["claude", "barbara"]


def test_cancelling_several_days_frees_each(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1})
    stage.register("ada", "keycloak", TUESDAY, WEDNESDAY)
    stage.register("barbara", "keycloak", WEDNESDAY)
    assert stage.cancel("ada", "keycloak", TUESDAY, WEDNESDAY) == 2
    assert stage.lines() == {("barbara", "keycloak", WEDNESDAY, SITE, State.CONFIRMED)}
    assert (stage.taken("keycloak", TUESDAY), stage.taken("keycloak", WEDNESDAY)) == (0, 1)


def test_cancelling_what_one_does_not_hold_changes_nothing(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1})
    stage.register("ada", "keycloak")
    assert stage.cancel("barbara", "keycloak") == 0
    assert stage.seated("keycloak") == ["ada"]


def test_promotion_moves_the_person_and_frees_the_other_seat(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    stage.register("ada", "keycloak")
    stage.register("barbara", "onyxia")
    assert stage.register("barbara", "keycloak") == Outcome(waiting=1)
    stage.cancel("ada", "keycloak")
    assert stage.lines() == {("barbara", "keycloak", TUESDAY, SITE, State.CONFIRMED)}
    assert (stage.taken("keycloak"), stage.taken("onyxia")) == (1, 0)
    assert ended(stage) == [("ada", "keycloak", End.CANCELLED), ("barbara", "onyxia", End.MOVED)]


def ended(stage: Stage) -> list[tuple[str, str, End | None]]:
    names = {person: name for name, person in stage.people.items()}
    slugs = {track.id: slug for slug, track in stage.tracks.items()}
    with stage.database.reading() as db:
        gone = select(Registration).where(col(Registration.ended_at).is_not(None)).order_by(col(Registration.id))
        return [(names[row.person_id], slugs[row.track_id], row.ended) for row in db.exec(gone)]


def test_the_seat_left_by_a_promotion_promotes_the_next_until_nobody_moves(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1}, remote={"eurydice": 1})
    stage.register("ada", "keycloak")
    stage.register("barbara", "onyxia")
    stage.register("claude", "eurydice", mode=REMOTE)
    stage.register("barbara", "keycloak")
    stage.register("claude", "onyxia")
    stage.register("denise", "eurydice", mode=REMOTE)
    stage.cancel("ada", "keycloak")
    assert stage.lines() == {
        ("barbara", "keycloak", TUESDAY, SITE, State.CONFIRMED),
        ("claude", "onyxia", TUESDAY, SITE, State.CONFIRMED),
        ("denise", "eurydice", TUESDAY, REMOTE, State.CONFIRMED),
    }


def test_a_seat_elsewhere_on_another_day_or_waiting_elsewhere_keeps_nobody_from_sitting(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    stage.register("ada", "keycloak")
    stage.register("barbara", "onyxia", WEDNESDAY)
    stage.register("barbara", "keycloak")
    assert stage.register("barbara", "onyxia") == Outcome(confirmed=1)
    assert stage.queue("keycloak") == ["barbara"]


def test_who_holds_a_seat_is_refused_another_that_is_free_and_may_wait_for_one_that_is_not(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    stage.register("ada", "onyxia")
    with pytest.raises(Refused) as refused:
        stage.register("ada", "keycloak")
    assert codes(refused) == [("other_seat", "2027-03-16")]
    stage.register("barbara", "keycloak")
    assert stage.register("ada", "keycloak") == Outcome(waiting=1)
    assert stage.seated("onyxia") == ["ada"]


def test_one_refused_day_refuses_all(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    stage.register("ada", "onyxia", WEDNESDAY)
    with pytest.raises(Refused) as refused:
        stage.register("ada", "keycloak", TUESDAY, WEDNESDAY)
    assert codes(refused) == [("other_seat", "2027-03-17")]
    assert stage.lines() == {("ada", "onyxia", WEDNESDAY, SITE, State.CONFIRMED)}
    assert (stage.taken("keycloak", TUESDAY), stage.taken("keycloak", WEDNESDAY)) == (0, 0)


def test_every_reason_of_every_day_is_given(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1}, audience=Audience.AGENTS)
    stage.public_agent("ada")
    stage.register("ada", "keycloak")
    with pytest.raises(Refused) as refused:
        stage.register("ada", "keycloak", TUESDAY, WEDNESDAY, mode=REMOTE)
    assert codes(refused) == [("not_offered", "2027-03-16"), ("not_offered", "2027-03-17")]
    with pytest.raises(Refused) as refused:
        stage.register("eve", "keycloak", mode=REMOTE)
    assert codes(refused) == [("not_public", ""), ("not_offered", "2027-03-16")]


def test_the_same_form_received_twice_counts_once(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 5})
    stage.register("ada", "keycloak", TUESDAY, WEDNESDAY, once="one-form")
    assert stage.register("ada", "keycloak", TUESDAY, WEDNESDAY, once="one-form") == Outcome(replayed=True)
    assert (stage.taken("keycloak"), len(stage.acts())) == (1, 1)


def test_a_form_received_again_after_cancelling_does_not_register_again(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 5})
    stage.register("ada", "keycloak", once="one-form")
    stage.cancel("ada", "keycloak")
    assert stage.register("ada", "keycloak", once="one-form") == Outcome(replayed=True)
    assert stage.lines() == set()


def test_two_people_may_send_the_same_token(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 5})
    stage.register("ada", "keycloak", once="one-form")
    assert stage.register("barbara", "keycloak", once="one-form") == Outcome(confirmed=1)


def test_a_day_that_passed_can_neither_be_taken_nor_given_back(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 5})
    stage.register("ada", "keycloak", TUESDAY, WEDNESDAY)
    with pytest.raises(Refused) as refused:
        stage.register("barbara", "keycloak", TUESDAY, WEDNESDAY, at=AFTER_TUESDAY)
    assert codes(refused) == [("day_over", "2027-03-16")]
    with pytest.raises(Refused) as refused:
        stage.cancel("ada", "keycloak", TUESDAY, WEDNESDAY, at=AFTER_TUESDAY)
    assert codes(refused) == [("day_over", "2027-03-16")]
    assert stage.cancel("ada", "keycloak", WEDNESDAY, at=AFTER_TUESDAY) == 1


def test_outside_its_window_nobody_registers_or_changes_but_everybody_may_cancel(database: Database) -> None:
    opens, closes = NOW.replace(day=10), NOW.replace(day=20)
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1}, opens_at=opens, closes_at=closes)
    with pytest.raises(Refused) as refused:
        stage.register("ada", "keycloak", at=NOW.replace(day=9))
    assert codes(refused) == [("not_yet_open", "")]
    stage.register("ada", "keycloak")
    stage.register("barbara", "keycloak")
    with pytest.raises(Refused) as refused:
        stage.register("claude", "keycloak", at=closes)
    assert codes(refused) == [("closed", "")]
    with pytest.raises(Refused) as refused:
        stage.change("ada", "onyxia", at=closes)
    assert codes(refused) == [("closed", "")]
    stage.cancel("ada", "keycloak", at=closes)
    assert stage.seated("keycloak") == ["barbara"]


def test_each_act_tells_its_facts_and_owes_one_job(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    stage.register("ada", "keycloak", TUESDAY, WEDNESDAY)
    stage.register("barbara", "onyxia")
    stage.register("barbara", "keycloak")
    stage.cancel("ada", "keycloak", TUESDAY, WEDNESDAY)
    assert stage.acts() == [
        [("registration.confirmed", "ada"), ("registration.confirmed", "ada")],
        [("registration.confirmed", "barbara")],
        [("registration.waiting", "barbara")],
        [
            ("registration.cancelled", "ada"),
            ("registration.cancelled", "ada"),
            ("registration.moved", "barbara"),
            ("registration.promoted", "barbara"),
        ],
    ]
    with database.reading() as db:
        acts = set(db.exec(select(Fact.act)).all())
        jobs = db.exec(select(Job.kind, Job.key)).all()
    assert sorted(jobs) == sorted((FOLLOW_UP, act) for act in acts)


def test_what_is_refused_tells_nothing_and_owes_nothing(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1})
    with pytest.raises(Refused):
        stage.register("ada", "keycloak", TUESDAY, WEDNESDAY, mode=REMOTE)
    with database.reading() as db:
        rows = [db.exec(select(func.count()).select_from(table)).one() for table in (Registration, Fact, Job)]
    assert rows == [0, 0, 0]
