"""What the team did is taken back: exactly what was before, or nothing, with every reason."""

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlmodel import select

from sprint.agenda.queries.rows import editions_with, own_days
from sprint.agenda.rules import own_event
from sprint.database import Database
from sprint.journal import Fact
from sprint.privacy.actions import erase
from sprint.registrations.queries.undoing import act_numbered, undoable
from sprint.registrations.undoing import LASTS
from tests.registrations.stage import REMOTE, TUESDAY, WEDNESDAY, Stage, a_stage
from tests.registrations.undone import (
    SECOND,
    accepting,
    against,
    cancelling,
    dump,
    id_of,
    last_fact,
    last_row,
    live_after,
    moving,
    setting,
    undone,
)


@pytest.fixture
def stage(database: Database) -> Stage:
    """Ada has the one seat of keycloak, for which Barbara then Denise wait; onyxia has one free seat each day."""
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    for name in ("organiser", "ada", "barbara", "denise"):
        stage.person(name)
    for name in ("ada", "barbara", "denise"):
        stage.register(name, "keycloak", TUESDAY)
    return stage


def test_a_cancelled_seat_is_given_back_and_whoever_got_it_waits_again_at_the_old_place(stage: Stage) -> None:
    before = dump(stage)
    number = cancelling(stage, id_of(stage, "ada", "keycloak"))
    assert (stage.seated("keycloak"), stage.queue("keycloak")) == (["barbara"], ["denise"])
    assert undone(stage, number)
    assert dump(stage) == before
    assert (stage.seated("keycloak"), stage.queue("keycloak")) == (["ada"], ["barbara", "denise"])
    assert stage.acts()[-1] == [("registration.undone", None)]
    with stage.database.reading() as db:
        (detail,) = db.exec(select(Fact.detail).where(Fact.kind == "registration.undone"))
    assert detail == {"undone": number, "did": "cancelled"}


def test_somebody_cancelled_from_the_queue_waits_again_before_those_who_came_later(stage: Stage) -> None:
    number = cancelling(stage, id_of(stage, "barbara", "keycloak"))
    assert undone(stage, number)
    assert stage.queue("keycloak") == ["barbara", "denise"]


def test_whoever_was_moved_is_back_and_the_new_place_ends(stage: Stage) -> None:
    before, last = dump(stage), last_row(stage)
    number = moving(stage, id_of(stage, "ada", "keycloak"), "onyxia")
    assert stage.seated("onyxia") == ["ada"]
    assert undone(stage, number)
    assert (dump(stage, last), live_after(stage, last)) == (before, 0)
    assert stage.seated("onyxia") == []


def test_whoever_waited_there_before_being_moved_waits_there_again(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1}, remote={"onyxia": 0})
    stage.person("organiser")
    stage.register("ada", "keycloak")
    stage.register("ada", "onyxia", mode=REMOTE)
    before, last = dump(stage), last_row(stage)
    number = moving(stage, id_of(stage, "ada", "keycloak"), "onyxia")
    assert (stage.seated("onyxia"), stage.queue("onyxia", mode=REMOTE)) == (["ada"], [])
    assert undone(stage, number)
    assert (dump(stage, last), live_after(stage, last)) == (before, 0)
    assert (stage.seated("keycloak"), stage.queue("onyxia", mode=REMOTE)) == (["ada"], ["ada"])


def test_a_seat_given_out_of_order_and_the_seat_added_for_it_are_taken_back(stage: Stage) -> None:
    before = dump(stage)
    number = accepting(stage, id_of(stage, "denise", "keycloak"))
    assert (stage.seated("keycloak"), stage.queue("keycloak")) == (["ada", "denise"], ["barbara"])
    assert undone(stage, number)
    assert dump(stage) == before


@pytest.mark.parametrize(
    ("track", "seats"), [("keycloak", 3), ("onyxia", 0), ("onyxia", None), (None, 5), ("keycloak", 2)]
)
def test_a_number_of_seats_is_as_before(stage: Stage, track: str | None, seats: int | None) -> None:
    before = dump(stage)
    number = setting(stage, track, seats)
    assert dump(stage) != before
    assert undone(stage, number)
    assert dump(stage) == before


def test_a_limit_that_was_lifted_counts_again_whoever_sits_there(stage: Stage) -> None:
    setting(stage, None, 1)
    stage.now += LASTS
    before = dump(stage)
    assert undone(stage, setting(stage, None, None))
    assert dump(stage) == before


def test_the_last_of_several_acts_is_taken_back_first(stage: Stage) -> None:
    before = dump(stage)
    first = cancelling(stage, id_of(stage, "ada", "keycloak"))
    second = setting(stage, "keycloak", 2)
    # Denise got the seat that was added: her place in the queue is what the first act touched too.
    assert set(against(stage, first)) == {"touched_since"}
    assert undone(stage, second)
    assert undone(stage, first)
    assert dump(stage) == before


def test_a_second_click_undoes_nothing_more(stage: Stage) -> None:
    number = cancelling(stage, id_of(stage, "ada", "keycloak"))
    assert undone(stage, number)
    before = stage.acts()
    assert not undone(stage, number)
    assert stage.acts() == before


def test_two_minutes_are_the_last_moment(stage: Stage) -> None:
    number = cancelling(stage, id_of(stage, "ada", "keycloak"))
    assert against(stage, number, LASTS) == ["too_late"]
    assert undone(stage, number, LASTS - SECOND)


def test_every_reason_against_it_is_given(stage: Stage) -> None:
    number = cancelling(stage, id_of(stage, "ada", "keycloak"))
    stage.register("ada", "onyxia", WEDNESDAY)
    stage.cancel("barbara", "keycloak")
    assert against(stage, number, LASTS) == [
        "not_as_left",
        "too_late",
        "touched_since",
        "touched_since",
        "touched_since",
    ]


def test_what_happens_elsewhere_is_no_reason(stage: Stage) -> None:
    number = cancelling(stage, id_of(stage, "ada", "keycloak"))
    stage.register("eve", "onyxia", at=stage.now)
    stage.register("eve", "keycloak", WEDNESDAY, at=stage.now)
    assert undone(stage, number)


def test_the_pause_of_the_list_since_is_a_reason(stage: Stage) -> None:
    number = cancelling(stage, id_of(stage, "ada", "keycloak"))
    now = stage.now
    stage.pause()
    stage.now = now
    assert against(stage, number) == ["touched_since"]


def test_a_day_seat_that_somebody_else_took_is_not_given_back(stage: Stage) -> None:
    setting(stage, None, 1)
    stage.now += LASTS
    for name in ("barbara", "denise"):
        stage.cancel(name, "keycloak")
    number = cancelling(stage, id_of(stage, "ada", "keycloak"))
    stage.register("eve", "onyxia", at=stage.now)
    assert stage.seated("onyxia") == ["eve"]
    assert against(stage, number) == ["seat_taken"]


def test_nobody_is_left_waiting_for_a_seat_that_undoing_would_free(stage: Stage) -> None:
    """The act takes the day's last seat; who asks for it on another track since would sit once it is taken back."""
    setting(stage, None, 2)
    stage.now += LASTS
    number = accepting(stage, id_of(stage, "denise", "keycloak"))
    stage.register("eve", "onyxia", at=stage.now)
    assert stage.queue("onyxia") == ["eve"]
    assert against(stage, number) == ["somebody_waits"]


def test_whoever_erased_their_account_meanwhile_is_not_brought_back(stage: Stage) -> None:
    number = cancelling(stage, id_of(stage, "ada", "keycloak"))
    with stage.database.writing() as db:
        erase(db, stage.people["ada"], "fr", stage.now)
    assert "erased" in against(stage, number)


def test_what_people_did_themselves_is_no_act_of_the_team(stage: Stage) -> None:
    stage.cancel("ada", "keycloak")
    number = last_fact(stage) - 1
    with stage.database.reading() as db:
        assert act_numbered(db, stage.edition_id, number) is None
        assert undoable(db, stage.edition_id, LASTS, stage.now) == []


def test_an_act_of_another_edition_is_not_found(stage: Stage, database: Database) -> None:
    number = cancelling(stage, id_of(stage, "ada", "keycloak"))
    other = a_stage(database, {"keycloak": 1})
    with database.reading() as db:
        assert act_numbered(db, other.edition_id, number) is None


def test_pages_offer_it_as_long_as_it_holds(stage: Stage) -> None:
    number = cancelling(stage, id_of(stage, "ada", "keycloak"))

    def offered(after: timedelta) -> list[int]:
        with stage.database.reading() as db:
            return [one.act.number for one in undoable(db, stage.edition_id, LASTS, stage.now + after)]

    assert (offered(SECOND), offered(LASTS)) == ([number], [])
    assert undone(stage, number)
    assert offered(SECOND) == []
    again = cancelling(stage, id_of(stage, "ada", "keycloak"))
    assert offered(SECOND) == [again]
    stage.register("eve", "keycloak", at=stage.now)
    assert offered(SECOND) == []


def test_calendars_see_the_sequence_grow_with_every_step_back(stage: Stage) -> None:
    def sequences() -> dict[str, int]:
        found = {}
        with stage.database.reading() as db:
            for person in stage.people.values():
                for day in own_days(db, person):
                    event = own_event(editions_with(db, [day.edition_id])[day.edition_id], day, [])
                    found[event.uid] = event.sequence
        return found

    seen = [sequences()]
    for number in (
        lambda: moving(stage, id_of(stage, "ada", "keycloak"), "onyxia"),
        lambda: cancelling(stage, id_of(stage, "ada", "keycloak")),
    ):
        done = number()
        seen.append(sequences())
        assert undone(stage, done)
        seen.append(sequences())
    for before, after in pairwise(seen):
        assert all(after[uid] >= sequence for uid, sequence in before.items())
    barbara = [one for one in seen[0] if seen[1][one] != seen[0][one]]
    assert all(seen[0][uid] < seen[1][uid] < seen[2][uid] for uid in barbara)
