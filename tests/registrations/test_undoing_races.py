"""Whatever was done before and happens meanwhile, what is taken back leaves all as it was, or all as it is."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from sprint.database import Database
from sprint.refusal import Refused
from sprint.registrations.tables import Mode, State
from tests.registrations.soundness import rows_of
from tests.registrations.stage import REMOTE, SITE, TUESDAY, WEDNESDAY, Stage, a_stage
from tests.registrations.undone import (
    accepting,
    cancelling,
    dump,
    id_of,
    last_row,
    live_after,
    moving,
    setting,
    undone,
    wrong,
)

TRACKS = ("keycloak", "onyxia", "eurydice")
PEOPLE = ("ada", "barbara", "claude", "denise", "eve")

# --- whatever was done before

people, tracks = some.sampled_from(PEOPLE), some.sampled_from(TRACKS)
days, modes = some.sampled_from((TUESDAY, WEDNESDAY)), some.sampled_from((SITE, SITE, REMOTE))
few = some.integers(min_value=0, max_value=2)
asking = some.lists(some.tuples(people, tracks, days, modes), min_size=3, max_size=10)
state = some.sampled_from(State)
doing = some.tuples(
    some.sampled_from(("cancel", "cancel", "move", "move", "accept", "seats", "limit")),
    some.integers(min_value=0, max_value=20),
    tracks,
    days,
    modes,
    some.none() | few,
    state,
)


def ids(stage: Stage) -> Sequence[int]:
    return [row.id or 0 for row in rows_of(stage.database, stage.edition_id).live]


def do(stage: Stage, what: Sequence[Any]) -> int:
    """One act of the team, if it can be done; its number, else 0."""
    kind, which, track, day, mode, number, state = what
    live = ids(stage)
    if kind == "seats":
        return setting(stage, track, number, day, mode)
    if kind == "limit":
        return setting(stage, None, number, day, mode)
    if not live:
        return 0
    chosen = live[which % len(live)]
    if kind == "cancel":
        return cancelling(stage, *{chosen, live[(which * 3) % len(live)]})
    return moving(stage, chosen, track, day, mode, state) if kind == "move" else accepting(stage, chosen)


def a_used_stage(database: Database, seats: Sequence[int], asked: Sequence[Any]) -> Stage:
    on_site, remote = dict(zip(TRACKS, seats[:3], strict=True)), dict(zip(TRACKS, seats[3:], strict=True))
    stage = a_stage(database, on_site, remote)
    for name in (*PEOPLE, "organiser"):
        stage.person(name)
    for wish in asked:
        try_to_register(stage, *wish)
    return stage


def try_to_register(stage: Stage, name: str, track: str, day: int, mode: Mode) -> None:
    try:
        stage.register(name, track, day, mode=mode, at=stage.now)
    except Refused:
        return


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    seats=some.lists(few, min_size=6, max_size=6),
    asked=asking,
    earlier=some.lists(doing, max_size=2),
    acts=some.lists(doing, min_size=1, max_size=3),
    is_paused=some.booleans(),
)
def test_whatever_the_team_does_and_takes_back_in_turn_leaves_all_as_it_was(
    database: Database, seats: list[int], asked: list[Any], earlier: list[Any], acts: list[Any], is_paused: bool
) -> None:
    stage = a_used_stage(database, seats, asked)
    if is_paused:
        stage.pause()
    for one in earlier:
        do(stage, one)
    before, last = dump(stage), last_row(stage)
    numbers = [number for one in acts if (number := do(stage, one))]
    for number in reversed(numbers):
        assert undone(stage, number)
    assert (dump(stage, last), live_after(stage, last)) == (before, 0)
    assert wrong(stage, is_paused=is_paused) == []
    assert all(not undone(stage, number) for number in numbers)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    seats=some.lists(few, min_size=6, max_size=6),
    asked=asking,
    act=doing,
    later=some.lists(some.tuples(people, tracks, days, modes), min_size=1, max_size=3),
)
def test_whatever_happens_since_it_is_taken_back_soundly_or_not_at_all(
    database: Database, seats: list[int], asked: list[Any], act: Any, later: list[Any]
) -> None:
    stage = a_used_stage(database, seats, asked)
    number = do(stage, act)
    for wish in later:
        try_to_register(stage, *wish)
    if not number:
        return
    before, told = dump(stage), len(stage.acts())
    try:
        undone(stage, number)
    except Refused:
        assert (dump(stage), len(stage.acts())) == (before, told)
    assert wrong(stage) == []


# --- at once


def both(*acts: Callable[[], object]) -> list[object]:
    """What each gave, begun at the same instant; the codes of a refusal in its place."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except Refused as refused:
            return str(refused)

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result() for one in [pool.submit(run, act) for act in acts]]


@pytest.mark.parametrize("_round", range(6))
def test_the_freed_seat_is_given_back_or_taken_by_who_registers_at_that_instant(
    database: Database, _round: int
) -> None:
    stage = a_stage(database, {"keycloak": 1})
    for name in ("organiser", "ada", "eve"):
        stage.person(name)
    stage.register("ada", "keycloak")
    number = cancelling(stage, id_of(stage, "ada", "keycloak"))
    now = stage.now
    given, _ = both(lambda: undone(stage, number), lambda: stage.register("eve", "keycloak", at=now))
    if given is True:
        assert (stage.seated("keycloak"), stage.queue("keycloak")) == (["ada"], ["eve"])
    else:
        assert given == "touched_since"
        assert (stage.seated("keycloak"), stage.queue("keycloak")) == (["eve"], [])
    assert wrong(stage) == []


def test_two_organisers_at_once_undo_it_once(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1})
    for name in ("organiser", "ada", "barbara"):
        stage.person(name)
    for name in ("ada", "barbara"):
        stage.register(name, "keycloak")
    number = cancelling(stage, id_of(stage, "ada", "keycloak"))
    gave = both(*[lambda: undone(stage, number)] * 4)
    assert sorted(gave, key=str) == [False, False, False, True]
    assert [kind for act in stage.acts() for kind, _ in act].count("registration.undone") == 1
    assert stage.seated("keycloak") == ["ada"]
