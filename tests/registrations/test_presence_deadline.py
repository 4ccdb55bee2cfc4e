"""The deadline of a confirmation of presence holds by itself, before any worker has released a seat."""

import pytest

from sprint.database import Database
from sprint.refusal import Refused
from tests.registrations.test_presence import ASKED_AT, DUE_AT, MINUTE, a_stage_that_asks, ask, release


def test_past_the_deadline_a_silent_seat_is_neither_exchanged_nor_kept_by_a_new_wish_although_no_worker_ran(
    database: Database,
) -> None:
    stage = a_stage_that_asks(database)
    ask(stage)
    with pytest.raises(Refused) as caught:
        stage.change("ada", "onyxia", at=DUE_AT)
    assert [reason.code for reason in caught.value.reasons] == ["lapsed"]
    stage.register("dora", "onyxia", at=ASKED_AT)
    stage.register("ada", "onyxia", at=DUE_AT + MINUTE)
    assert stage.queue("onyxia") == ["ada"]
    assert release(stage, DUE_AT + 2 * MINUTE) == 4
    assert (stage.seated("keycloak"), stage.seated("onyxia"), stage.queue("onyxia")) == (["claude"], ["dora"], [])


def test_before_the_deadline_or_where_seats_are_kept_a_seat_is_exchanged(database: Database) -> None:
    stage = a_stage_that_asks(database)
    ask(stage)
    assert stage.change("ada", "onyxia", at=DUE_AT - MINUTE).confirmed == 1
    kept = a_stage_that_asks(database, releases=False)
    ask(kept)
    assert kept.change("ada", "onyxia", at=DUE_AT).confirmed == 1
