"""Positions rise, stay where they can, and are the same when asked again."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as some

from sprint.preparation.rules import in_order, known_track, positions

HELD = some.lists(some.none() | some.integers(-5, 60), max_size=12)


def test_first_positions_leave_room_between_them() -> None:
    assert positions([None, None, None]) == [10, 20, 30]


def test_one_put_between_two_moves_no_other() -> None:
    assert positions([10, None, 20, None]) == [10, 15, 20, 30]
    assert positions([None, 10, 20]) == [5, 10, 20]


def test_two_that_changed_places_move_only_one() -> None:
    assert positions([20, 10, 30]) == [20, 25, 30]


@given(HELD)
def test_positions_rise(held: list[int | None]) -> None:
    found = positions(held)
    assert found == sorted(set(found))
    assert len(found) == len(held)


@given(HELD)
def test_positions_asked_again_stay(held: list[int | None]) -> None:
    found = positions(held)
    assert positions(found) == found


def test_registration_opens_before_it_closes() -> None:
    early, late = datetime(2031, 1, 1, tzinfo=UTC), datetime(2031, 1, 2, tzinfo=UTC)
    assert in_order(early, late, "") == in_order(None, late, "") == in_order(early, None, "") == []
    assert [reason.code for reason in in_order(late, early, "")] == ["closes_before_opening"]
    assert [reason.code for reason in in_order(early, early, "")] == ["closes_before_opening"]


def test_a_slot_belongs_to_a_track_that_is_known() -> None:
    assert known_track("phare", {"phare"}, "slots[0].track") == []
    (reason,) = known_track("phare", {"carnet"}, "slots[0].track")
    assert (reason.code, reason.place) == ("unknown_track", "slots[0].track")
