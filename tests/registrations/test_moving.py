"""The team moves somebody, or gives a seat to somebody who waits: read first, told with its reason, and nothing lost on the way."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from sprint.database import Database
from sprint.journal import Fact
from sprint.refusal import Refused
from sprint.registrations.actions import Acceptance, Move, accept_by_team, move_by_team, pause_queue
from sprint.registrations.owed import owed_letters
from sprint.registrations.rules import Why
from sprint.registrations.tables import Mode, Registration, State
from tests.browser import Browser
from tests.registrations.soundness import unsound
from tests.registrations.stage import NOW, REMOTE, SITE, TUESDAY, WEDNESDAY, Stage, a_stage

Opens = Callable[..., Browser]
DESK = "/organisation/sprint-2027"


def id_of(stage: Stage, name: str) -> int:
    """The last live registration of somebody."""
    with stage.database.reading() as db:
        mine = select(Registration.id).where(Registration.person_id == stage.people[name])
        live = mine.where(col(Registration.ended_at).is_(None)).order_by(col(Registration.id).desc())
        return db.exec(live).first() or 0


def moved(
    stage: Stage,
    name: str,
    track: str,
    day: int = TUESDAY,
    mode: Mode = SITE,
    state: State = State.CONFIRMED,
    foreseen: int = 0,
    once: str = "formulaire-1",
) -> bool:
    key = stage.tracks[track].id or 0
    move = Move(id_of(stage, name), key, stage.days[day], mode, state, Why.TOGETHER)
    with stage.database.writing() as db:
        return move_by_team(db, stage.edition_id, move, foreseen, once, NOW, stage.person("claude"))


def accepted(stage: Stage, name: str, seats: int, ahead: int = 0, passed: int | None = None, foreseen: int = 0) -> bool:
    told = Acceptance(Why.SKILLS, seats, ahead, passed, foreseen)
    claude, key = stage.person("claude"), id_of(stage, name)
    with stage.database.writing() as db:
        return accept_by_team(db, stage.edition_id, key, told, NOW, claude)


def refused(stage: Stage, *args: object, **named: object) -> list[str]:
    before = stage.acts()
    with pytest.raises(Refused) as caught:
        moved(stage, *args, **named)  # type: ignore[arg-type]
    assert stage.acts() == before
    return sorted(reason.code for reason in caught.value.reasons)


def letters(stage: Stage) -> list[tuple[int, str, list[str]]]:
    with stage.database.reading() as db:
        act = db.exec(select(Fact.act).order_by(col(Fact.id).desc())).first() or ""
        return [
            (one.person_id, one.text.purpose, [item.message for item in one.text.items])
            for one in owed_letters(db, act)
        ]


@pytest.fixture
def stage(database: Database) -> Stage:
    """Ada has the one seat of keycloak, for which Barbara waits; onyxia has one free seat each day."""
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    stage.person("claude")
    stage.register("ada", "keycloak", TUESDAY)
    stage.register("barbara", "keycloak", TUESDAY)
    return stage


def test_the_new_seat_is_taken_the_old_one_passes_on_and_both_people_are_told(stage: Stage) -> None:
    assert moved(stage, "ada", "onyxia", foreseen=1)
    assert (stage.seated("onyxia"), stage.seated("keycloak")) == (["ada"], ["barbara"])
    assert stage.acts()[-1] == [
        ("registration.moved", "ada"),
        ("registration.confirmed", "ada"),
        ("registration.promoted", "barbara"),
    ]
    assert [(person, purpose) for person, purpose, _ in letters(stage)] == [
        (stage.people["ada"], "registered"),
        (stage.people["barbara"], "promoted"),
    ]
    assert unsound(stage.database, stage.edition_id) == []


def test_another_day_is_told_with_the_one_that_was_left(stage: Stage) -> None:
    assert moved(stage, "ada", "onyxia", WEDNESDAY, foreseen=1)
    items = next(items for person, _, items in letters(stage) if person == stage.people["ada"])
    assert items == [
        "%(day)s, %(where)s : place rendue dans %(track)s",
        "%(day)s, %(where)s : place confirmée dans %(track)s",
    ]


def test_the_same_form_received_again_moves_nobody(stage: Stage) -> None:
    key = id_of(stage, "ada")
    moved(stage, "ada", "onyxia", foreseen=1)
    move = Move(key, stage.tracks["onyxia"].id or 0, stage.days[TUESDAY], SITE, State.CONFIRMED, Why.TOGETHER)
    before = stage.acts()
    with stage.database.writing() as db:
        assert not move_by_team(db, stage.edition_id, move, 1, "formulaire-1", NOW, stage.people["claude"])
    assert stage.acts() == before


def test_another_number_of_people_than_was_read_moves_nobody(stage: Stage) -> None:
    assert refused(stage, "ada", "onyxia", foreseen=0) == ["changed_meanwhile"]
    assert stage.seated("keycloak") == ["ada"]


def test_where_it_is_full_every_reason_is_given_and_the_old_seat_stays(stage: Stage) -> None:
    stage.register("eve", "onyxia", TUESDAY, WEDNESDAY)
    assert refused(stage, "ada", "onyxia") == ["full"]
    assert refused(stage, "eve", "keycloak") == ["full", "other_seat"]
    assert refused(stage, "ada", "keycloak") == ["same_place"]
    assert refused(stage, "ada", "onyxia", mode=REMOTE) == ["not_offered"]
    assert stage.seated("keycloak") == ["ada"]


def test_where_it_is_full_one_may_wait_and_keep_the_old_seat_until_the_new_one_is_sure(stage: Stage) -> None:
    stage.register("eve", "onyxia", TUESDAY)
    assert moved(stage, "ada", "onyxia", state=State.WAITING)
    assert (stage.seated("keycloak"), stage.seated("onyxia")) == (["ada"], ["eve"])
    stage.cancel("eve", "onyxia", TUESDAY)
    assert (stage.seated("keycloak"), stage.seated("onyxia")) == (["barbara"], ["ada"])
    assert unsound(stage.database, stage.edition_id) == []


def test_nobody_waits_on_another_day_for_the_seat_they_keep(stage: Stage) -> None:
    stage.register("eve", "onyxia", WEDNESDAY)
    assert refused(stage, "ada", "onyxia", WEDNESDAY, state=State.WAITING) == ["other_day"]


def test_whoever_was_announced_as_waiting_is_not_seated_unread(stage: Stage) -> None:
    assert refused(stage, "ada", "onyxia", state=State.WAITING) == ["changed_meanwhile"]


def test_a_seat_out_of_order_is_given_only_when_that_is_said_and_is_written_down(stage: Stage) -> None:
    stage.register("eve", "keycloak", TUESDAY)
    with pytest.raises(Refused) as caught:
        accepted(stage, "eve", seats=1, ahead=1)
    assert [reason.code for reason in caught.value.reasons] == ["out_of_order"]
    assert accepted(stage, "eve", seats=1, ahead=1, passed=1)
    assert stage.seated("keycloak") == ["ada", "eve"]
    with stage.database.reading() as db:
        facts = db.exec(select(Fact.kind, Fact.detail).order_by(col(Fact.id).desc()).limit(2)).all()
    assert [tuple(fact) for fact in facts] == [
        ("registration.promoted", {"mode": "site", "registration": 3, "reason": "skills", "ahead": 1, "added": 1}),
        ("registration.seats", {"mode": "site", "before": 1, "seats": 2}),
    ]
    assert [purpose for _, purpose, _ in letters(stage)] == ["promoted"]


def test_a_seat_kept_in_a_pause_is_given_without_adding_one(stage: Stage) -> None:
    with stage.database.writing() as db:
        pause_queue(db, stage.edition_id, NOW, stage.people["claude"])
    stage.cancel("ada", "keycloak", TUESDAY)
    assert accepted(stage, "barbara", seats=1)
    assert stage.seated("keycloak") == ["barbara"]
    assert not accepted(stage, "barbara", seats=1)
    assert unsound(stage.database, stage.edition_id, is_paused=True) == []


def test_who_holds_a_seat_elsewhere_leaves_it_to_whoever_waits_there(stage: Stage) -> None:
    stage.register("eve", "onyxia", TUESDAY)
    stage.register("eve", "keycloak", TUESDAY)
    stage.register("frank", "onyxia", TUESDAY)
    assert accepted(stage, "eve", seats=1, ahead=1, passed=1, foreseen=1)
    assert (stage.seated("keycloak"), stage.seated("onyxia")) == (["ada", "eve"], ["frank"])
