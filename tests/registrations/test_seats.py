"""The limit of a whole day, and numbers of seats that organisers set."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import update

from sprint.database import Database
from sprint.journal import new_act
from sprint.refusal import Refused
from sprint.registrations.actions import Outcome, Seats, set_seats
from sprint.registrations.tables import State, TrackCapacity
from tests.registrations.stage import NOW, REMOTE, SITE, TUESDAY, WEDNESDAY, a_stage
from tests.registrations.test_actions import AFTER_TUESDAY, codes


def test_a_full_day_lets_nobody_in_on_any_track(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 5, "onyxia": 5}, remote={"onyxia": 5})
    stage.set_seats(None, 1)
    stage.register("ada", "keycloak")
    assert stage.register("barbara", "onyxia") == Outcome(waiting=1)
    assert stage.register("claude", "onyxia", mode=REMOTE) == Outcome(confirmed=1)
    assert stage.register("barbara", "onyxia", WEDNESDAY) == Outcome(confirmed=1)
    assert (stage.taken("onyxia"), stage.taken(None)) == (0, 1)


def test_a_day_seat_goes_to_whoever_waits_longest_on_any_track(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 5, "onyxia": 5})
    stage.set_seats(None, 1)
    for name, track in (("ada", "keycloak"), ("barbara", "onyxia"), ("claude", "keycloak")):
        stage.register(name, track)
    stage.cancel("ada", "keycloak")
    assert (stage.seated("onyxia"), stage.queue("keycloak")) == (["barbara"], ["claude"])


def test_who_waits_for_a_full_track_is_passed_over_and_keeps_the_place(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 5})
    stage.set_seats(None, 2)
    stage.register("ada", "keycloak")
    stage.register("barbara", "onyxia")
    stage.register("claude", "keycloak")
    stage.register("denise", "onyxia")
    stage.register("eve", "keycloak")
    stage.cancel("barbara", "onyxia")
    assert (stage.seated("onyxia"), stage.queue("keycloak")) == (["denise"], ["claude", "eve"])
    stage.cancel("ada", "keycloak")
    assert (stage.seated("keycloak"), stage.queue("keycloak")) == (["claude"], ["eve"])


def test_who_moves_within_a_full_day_brings_the_day_seat_along(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    stage.set_seats(None, 2)
    stage.register("ada", "keycloak")
    stage.register("barbara", "onyxia")
    stage.register("barbara", "keycloak")
    stage.register("claude", "keycloak")
    stage.cancel("ada", "keycloak")
    assert (stage.seated("keycloak"), stage.seated("onyxia")) == (["barbara"], [])
    assert stage.queue("keycloak") == ["claude"]
    assert stage.change("barbara", "onyxia") == Outcome(confirmed=1)
    assert (stage.seated("keycloak"), stage.taken(None)) == (["claude"], 2)


def test_a_day_seat_in_one_mode_is_none_in_the_other(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 2}, remote={"keycloak": 2})
    stage.set_seats(None, 1)
    stage.register("ada", "keycloak")
    stage.register("barbara", "keycloak", mode=REMOTE)
    with pytest.raises(Refused) as refused:
        stage.change("barbara", "keycloak")
    assert codes(refused) == [("full", "2027-03-16")]


def test_a_limit_set_afterwards_counts_those_who_sit_already(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 2, "onyxia": 2})
    stage.register("ada", "keycloak")
    stage.register("barbara", "onyxia")
    with pytest.raises(Refused) as refused:
        stage.set_seats(None, 1)
    assert codes(refused) == [("seats_below_taken", "")]
    stage.set_seats(None, 2)
    assert stage.taken(None) == 2
    assert stage.register("claude", "keycloak") == Outcome(waiting=1)


def test_seats_are_never_fewer_than_those_taken(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 3})
    stage.register("ada", "keycloak")
    stage.register("barbara", "keycloak")
    with pytest.raises(Refused) as refused:
        stage.set_seats("keycloak", 1)
    assert codes(refused) == [("seats_below_taken", "")]
    assert stage.set_seats("keycloak", 2) == 0
    assert stage.register("claude", "keycloak") == Outcome(waiting=1)


def test_the_database_itself_refuses_one_seat_too_many(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1})
    for taken in (2, -1):
        with pytest.raises(IntegrityError, match="ck_trackcapacity_seats"), database.writing() as db:
            db.exec(
                update(TrackCapacity).where(TrackCapacity.track_id == stage.tracks["keycloak"].id).values(taken=taken)
            )


def test_one_refused_number_refuses_all_with_each_reason(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 2, "onyxia": 2})
    stage.register("ada", "keycloak")
    stage.register("barbara", "onyxia")
    tuesday, keycloak, onyxia = stage.days[TUESDAY], stage.tracks["keycloak"].id, stage.tracks["onyxia"].id
    wanted = [
        Seats(keycloak, tuesday, SITE, 9, "a"),
        Seats(onyxia, tuesday, SITE, 0, "b"),
        Seats(keycloak, tuesday, REMOTE, 3, "c"),
        Seats(onyxia, tuesday, SITE, None, "d"),
    ]
    with pytest.raises(Refused) as refused, database.writing() as db:
        set_seats(db, stage.edition_id, wanted, NOW, act=new_act())
    assert codes(refused) == [("seats_below_taken", "b"), ("offer_in_use", "d")]
    assert stage.register("claude", "keycloak") == Outcome(confirmed=1)
    assert stage.register("denise", "keycloak") == Outcome(waiting=1)


def test_an_offer_nobody_holds_or_waits_for_can_go_and_come_back(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 0})
    stage.register("ada", "keycloak")
    with pytest.raises(Refused) as refused:
        stage.set_seats("keycloak", None)
    assert codes(refused) == [("offer_in_use", "")]
    stage.cancel("ada", "keycloak")
    stage.set_seats("keycloak", None)
    with pytest.raises(Refused):
        stage.register("ada", "keycloak")
    stage.set_seats("keycloak", 1)
    assert stage.register("ada", "keycloak") == Outcome(confirmed=1)


def test_a_number_that_was_so_already_tells_nothing(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1})
    stage.set_seats("keycloak", 1)
    stage.set_seats(None, None)
    assert stage.acts() == []
    stage.set_seats("keycloak", 2)
    assert stage.acts() == [[("registration.seats", None)]]


def test_seats_added_to_a_day_that_passed_promote_nobody(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1})
    stage.register("ada", "keycloak", TUESDAY, WEDNESDAY)
    stage.register("barbara", "keycloak", TUESDAY, WEDNESDAY)
    assert stage.set_seats("keycloak", 2, TUESDAY, at=AFTER_TUESDAY) == 0
    assert stage.set_seats("keycloak", 2, WEDNESDAY, at=AFTER_TUESDAY) == 1
    assert ("barbara", "keycloak", WEDNESDAY, SITE, State.CONFIRMED) in stage.lines()
