"""Exchanging a seat for another: of track, of mode, on the same day."""

import pytest

from sprint.database import Database
from sprint.refusal import Refused
from sprint.registrations.actions import Outcome
from sprint.registrations.tables import State
from tests.registrations.stage import REMOTE, SITE, TUESDAY, WEDNESDAY, a_stage
from tests.registrations.test_actions import codes

CONFIRMED = State.CONFIRMED


def test_a_seat_is_exchanged_for_one_on_another_track(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    stage.register("ada", "onyxia", TUESDAY, WEDNESDAY)
    assert stage.change("ada", "keycloak") == Outcome(confirmed=1)
    assert stage.lines() == {
        ("ada", "keycloak", TUESDAY, SITE, CONFIRMED),
        ("ada", "onyxia", WEDNESDAY, SITE, CONFIRMED),
    }
    assert (stage.taken("keycloak"), stage.taken("onyxia"), stage.taken("onyxia", WEDNESDAY)) == (1, 0, 1)


def test_a_seat_is_exchanged_for_one_in_the_other_mode(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1}, remote={"keycloak": 1})
    stage.register("ada", "keycloak")
    stage.change("ada", "keycloak", mode=REMOTE)
    assert stage.lines() == {("ada", "keycloak", TUESDAY, REMOTE, CONFIRMED)}
    assert (stage.taken("keycloak"), stage.taken("keycloak", mode=REMOTE)) == (0, 1)


def test_the_seat_left_goes_to_whoever_waits_for_it(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    stage.register("ada", "onyxia")
    stage.register("barbara", "onyxia")
    stage.change("ada", "keycloak")
    assert (stage.seated("keycloak"), stage.seated("onyxia")) == (["ada"], ["barbara"])


def test_waiting_in_one_mode_ends_when_one_sits_in_the_other(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1}, remote={"keycloak": 1})
    stage.register("ada", "keycloak")
    stage.register("barbara", "onyxia")
    stage.register("barbara", "keycloak")
    stage.change("barbara", "keycloak", mode=REMOTE)
    assert stage.queue("keycloak") == []
    assert stage.lines() == {
        ("ada", "keycloak", TUESDAY, SITE, CONFIRMED),
        ("barbara", "keycloak", TUESDAY, REMOTE, CONFIRMED),
    }


def test_without_a_seat_there_is_nothing_to_change(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1})
    with pytest.raises(Refused) as refused:
        stage.change("ada", "keycloak")
    assert codes(refused) == [("no_seat", "2027-03-16")]


def test_a_full_track_is_not_changed_to(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    stage.register("ada", "keycloak")
    stage.register("barbara", "onyxia")
    with pytest.raises(Refused) as refused:
        stage.change("barbara", "keycloak")
    assert codes(refused) == [("full", "2027-03-16")]
    assert stage.seated("onyxia") == ["barbara"]


def test_the_seat_one_has_is_not_changed_for_itself(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 2})
    stage.register("ada", "keycloak")
    with pytest.raises(Refused) as refused:
        stage.change("ada", "keycloak")
    assert codes(refused) == [("already_registered", "2027-03-16")]


def test_the_same_change_received_twice_counts_once(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    stage.register("ada", "onyxia")
    stage.change("ada", "keycloak", once="one-form")
    assert stage.change("ada", "keycloak", once="one-form") == Outcome(replayed=True)
    assert len(stage.acts()) == 2


def test_a_change_is_one_act_that_tells_what_was_left_and_what_was_taken(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    stage.register("ada", "onyxia")
    stage.register("barbara", "onyxia")
    stage.change("ada", "keycloak")
    assert stage.acts()[-1] == [
        ("registration.moved", "ada"),
        ("registration.confirmed", "ada"),
        ("registration.promoted", "barbara"),
    ]
