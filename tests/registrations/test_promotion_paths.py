"""Every path that frees or adds a seat promotes whoever waits; no function frees one without going through `promote_for`."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
from sqlmodel import Session, select

from sprint.database import Database
from sprint.preparation.actions import import_edition
from sprint.preparation.shape import DayPart, EditionFile, EditionPart, SeatsPart, TrackPart
from sprint.programme.holding import hold_every_edition
from sprint.programme.tables import Edition
from sprint.registrations.actions import Acceptance, Move, accept_by_team, cancel_by_team, move_by_team
from sprint.registrations.actions.erasing import erase_registrations
from sprint.registrations.rules import Why
from sprint.registrations.tables import Registration, State
from tests.registrations.stage import DATES, NOW, SITE, TUESDAY, Stage, a_stage

SPRINT = Path(__file__).parents[2] / "sprint"


def a_full_stage(database: Database) -> Stage:
    """Ada sits on keycloak, Barbara on onyxia; Claude waits for keycloak, Denise for onyxia. The day is full."""
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1, "eurydice": 1})
    stage.set_seats(None, 2)
    for name, track in (("ada", "keycloak"), ("barbara", "onyxia"), ("claude", "keycloak"), ("denise", "onyxia")):
        stage.register(name, track)
    assert (stage.queue("keycloak"), stage.queue("onyxia")) == (["claude"], ["denise"])
    return stage


def cancels(stage: Stage) -> None:
    stage.cancel("ada", "keycloak")


def changes(stage: Stage) -> None:
    stage.set_seats(None, 3)
    stage.change("ada", "eurydice")


def is_cancelled_by_the_team(stage: Stage) -> None:
    with stage.database.writing() as db:
        of_ada = select(Registration.id).where(Registration.person_id == stage.people["ada"])
        ids = [number or 0 for number in db.exec(of_ada)]
        cancel_by_team(db, stage.edition_id, ids, Why.TWICE, 1, NOW, stage.people["denise"])


def is_moved_by_the_team(stage: Stage) -> None:
    stage.set_seats(None, 3)
    key, to = stage.number_of("ada", "keycloak", TUESDAY), stage.tracks["eurydice"].id or 0
    move = Move(key, to, stage.days[TUESDAY], SITE, State.CONFIRMED, Why.SKILLS)
    with stage.database.writing() as db:
        assert move_by_team(db, stage.edition_id, move, 1, "formulaire-1", NOW, stage.people["denise"])


def is_accepted_elsewhere(stage: Stage) -> None:
    stage.set_seats(None, 3)
    stage.set_seats("eurydice", 0)
    stage.register("ada", "eurydice")
    told = Acceptance(Why.SKILLS, 0, 0, None, 1)
    with stage.database.writing() as db:
        key = stage.number_of("ada", "eurydice", TUESDAY)
        assert accept_by_team(db, stage.edition_id, key, told, NOW, stage.people["denise"])


def has_their_account_erased(stage: Stage) -> None:
    with stage.database.writing() as db:
        hold_every_edition(db)
        assert erase_registrations(db, stage.people["ada"], NOW) == 1


def is_released_without_an_answer(stage: Stage) -> None:
    stage.ask_presence()
    stage.answer("barbara")
    assert stage.release() == 1


def is_promoted_away(stage: Stage) -> None:
    """Ada waits for eurydice, whose seat is given to her: hers is free."""
    stage.set_seats("eurydice", 0)
    stage.register("ada", "eurydice")
    stage.set_seats(None, 3)
    assert stage.queue("keycloak") == ["claude"]
    stage.set_seats("eurydice", 1)


def gets_more_seats(stage: Stage) -> None:
    stage.set_seats(None, 3)
    assert stage.queue("keycloak") == ["claude"]
    stage.set_seats("keycloak", 2)


def gets_more_seats_in_the_day(stage: Stage) -> None:
    stage.set_seats("keycloak", 2)
    assert stage.queue("keycloak") == ["claude"]
    stage.set_seats(None, 3)


def loses_the_limit_of_the_day(stage: Stage) -> None:
    stage.set_seats("keycloak", 2)
    assert stage.queue("keycloak") == ["claude"]
    stage.set_seats(None, None)


def is_imported_with_more_seats(stage: Stage) -> None:
    with stage.database.writing() as db:
        report = import_edition(db, a_file_with_more_seats(db, stage), NOW)
    assert report.promoted == 1


def a_file_with_more_seats(db: Session, stage: Stage) -> EditionFile:
    edition = db.get_one(Edition, stage.edition_id)
    nothing_said = dict.fromkeys(field.name for field in fields(TrackPart))
    more = (SeatsPart(DATES[0], SITE, 2, "here"),)
    track = TrackPart(**nothing_said | {"slug": "keycloak", "name": "Keycloak", "capacities": more})
    return EditionFile(
        EditionPart(edition.slug, edition.name, edition.timezone, None, None, None, None),
        (DayPart(DATES[0], None, (SeatsPart(DATES[0], SITE, 3, "there"),)),),
        (track,),
        (),
    )


def goes_on_after_a_pause(stage: Stage) -> None:
    stage.pause()
    stage.cancel("ada", "keycloak")
    assert stage.queue("keycloak") == ["claude"]
    stage.resume(1)


PATHS = (
    goes_on_after_a_pause,
    cancels,
    is_cancelled_by_the_team,
    is_moved_by_the_team,
    is_accepted_elsewhere,
    has_their_account_erased,
    is_released_without_an_answer,
    changes,
    is_promoted_away,
    gets_more_seats,
    gets_more_seats_in_the_day,
    loses_the_limit_of_the_day,
    is_imported_with_more_seats,
)


@pytest.mark.parametrize("path", PATHS)
def test_a_seat_freed_or_added_goes_to_whoever_waits(path: Callable[[Stage], None], database: Database) -> None:
    stage = a_full_stage(database)
    path(stage)
    assert "claude" in stage.seated("keycloak")
    assert stage.queue("keycloak") == []
    assert stage.queue("onyxia") == ["denise"]
    assert ("registration.promoted", "claude") in stage.acts()[-1]


# --- no other path


@cache
def functions() -> tuple[tuple[str, ast.FunctionDef], ...]:
    """Every function under sprint/ with its module."""
    return tuple(_functions())


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(SPRINT.rglob("*.py")):
        module = ".".join(path.relative_to(SPRINT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield f"{module}.{node.name}", node


@cache
def called(function: ast.FunctionDef) -> set[str]:
    """The names of what a function calls."""
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}


def writes_a_counter(node: ast.AST) -> bool:
    """A statement that writes or removes rows of the capacity tables."""
    if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in ("update", "delete", "insert"):
        return False
    return bool({getattr(argument, "id", "") for argument in node.args} & {"TrackCapacity", "DayCapacity"})


@cache
def prepared() -> frozenset[str]:
    """The names of such statements that are built once."""
    names = set()
    for path in sorted(SPRINT.rglob("*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.Assign) and any(map(writes_a_counter, ast.walk(node.value))):
                names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return frozenset(names)


def moves_a_counter(function: ast.FunctionDef) -> bool:
    """Assigns `….seats` or `….taken`, or writes or removes rows of the capacity tables by a statement, prepared or not."""
    for node in ast.walk(function):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(one, ast.Attribute) and one.attr in ("seats", "taken") for one in targets):
            return True
        if writes_a_counter(node) or (isinstance(node, ast.Name) and node.id in prepared()):
            return True
    return False


def test_statements_built_once_are_seen() -> None:
    assert prepared() == {"_TAKE_TRACK", "_GIVE_TRACK_BACK", "_MOVE_DAY"}


def callers_of(*names: str) -> set[str]:
    return {where for where, function in functions() if called(function) & set(names)}


def ours(*names: str) -> set[str]:
    """Those of them in this room: others have functions of the same name."""
    return {where for where in callers_of(*names) if where.startswith("registrations.actions")}


def test_counters_are_moved_in_these_functions_alone() -> None:
    assert {where for where, function in functions() if moves_a_counter(function)} == {
        "registrations.actions.capacity.put_seats",
        "registrations.actions.moving._add_seat",
        "registrations.actions.seats.take_seat",
        "registrations.actions.seats.give_seat_back",
    }


def test_whatever_frees_or_adds_a_seat_ends_in_promotion() -> None:
    """From what moves a counter outwards, until functions that promote; each step is named, so that a new one is seen."""
    # What is taken back promotes nobody: where somebody would be, it is refused.
    taken_back = "registrations.actions.undoing._take_back"
    assert callers_of("give_seat_back") == {"registrations.actions.promotion.end", taken_back}
    assert callers_of("_take_back") == callers_of("_unsound") == {"registrations.actions.undoing.undo"}
    assert ours("end") == {
        "registrations.actions.promotion._move_up",
        "registrations.actions.registering._leave_seat",
        "registrations.actions.registering.cancel",
        "registrations.actions.cancelling.cancel_by_team",
        "registrations.actions.erasing._give_up",
        # What ends for a seat elsewhere; waiting frees none.
        "registrations.actions.moving._leave",
        "registrations.actions.moving._leave_other_seat",
        "registrations.actions.moving._stop_waiting",
        "registrations.actions.presence.release_unanswered",
        taken_back,
    }
    assert callers_of("_leave") == {"registrations.actions.moving.move_by_team"}
    assert callers_of("_leave_other_seat", "_add_seat") == {"registrations.actions.moving.accept_by_team"}
    assert callers_of("_stop_waiting") == {"registrations.actions.moving.move_by_team"}
    assert ours("_give_up") == {"registrations.actions.erasing.erase_registrations"}
    assert callers_of("_move_up") == {"registrations.actions.promotion.promote_for"}
    assert callers_of("_leave_seat") == {"registrations.actions.registering.change"}
    assert callers_of("put_seats") == {"registrations.actions.capacity._set", "registrations.actions.undoing._set_back"}
    assert callers_of("_set") == {"registrations.actions.capacity.set_seats"}
    assert callers_of("promote_for") == {
        "registrations.actions.cancelling.cancel_by_team",
        "registrations.actions.capacity.set_seats",
        "registrations.actions.erasing._give_up",
        "registrations.actions.moving.accept_by_team",
        "registrations.actions.moving.move_by_team",
        "registrations.actions.pausing.resume_queue",
        "registrations.actions.presence.release_unanswered",
        "registrations.actions.promotion.promote",
        "registrations.actions.registering.cancel",
        "registrations.actions.registering.change",
    }


@pytest.mark.parametrize(
    "planted",
    ["row.seats = 3", "row.taken -= 1", "db.exec(update(TrackCapacity).values(taken=0))", "delete(DayCapacity)"],
)
def test_a_planted_change_of_seats_would_be_seen(planted: str) -> None:
    (function,) = ast.parse(f"def sneak(db, row):\n    {planted}").body
    assert isinstance(function, ast.FunctionDef)
    assert moves_a_counter(function)
