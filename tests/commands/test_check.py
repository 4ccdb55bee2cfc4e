"""`check` is silent about a sound base, and names each thing that is wrong."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlmodel import select
from typer import Typer
from typer.testing import CliRunner

from sprint import clock
from sprint.commands.check import check, everything_wrong
from sprint.database import Database
from sprint.programme.tables import Day, Track
from tests.preparation.files import sample
from tests.preparation.test_actions import NOW, read_into, registered


@pytest.fixture
def busy(database: Database) -> Database:
    """Carnet is full on the 4th and two people wait."""
    read_into(database, sample())
    registered(database, "carnet", 5)
    return database


def wrong(database: Database) -> list[tuple[str, str]]:
    with database.reading() as db:
        return [(found.code, found.place) for found in everything_wrong(db, NOW)]


def break_it(database: Database, statement: str) -> None:
    with database.writing() as db:
        assert db.connection().execute(text(statement)).rowcount > 0


def test_a_sound_base_is_sound(busy: Database) -> None:
    assert wrong(busy) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE trackcapacity SET taken = 2 WHERE taken = 3",
            [("track_counter", "carnet, 2031-03-04, site"), ("forgotten", "registration 4")],
        ),
        ("UPDATE daycapacity SET taken = 4", [("day_counter", "2031-03-04, site")]),
        (
            "DELETE FROM trackcapacity WHERE taken = 3",
            [("not_offered", f"registration {number}") for number in range(1, 6)],
        ),
        ("UPDATE trackcapacity SET seats = 4 WHERE taken = 3", [("forgotten", "registration 4")]),
    ],
)
def test_each_wrong_thing_is_named(busy: Database, statement: str, found: list[tuple[str, str]]) -> None:
    break_it(busy, statement)
    assert wrong(busy) == found


def test_rows_of_two_editions_that_were_mixed_are_named(busy: Database) -> None:
    other = sample()
    other["edition"]["slug"] = "sprint-2032"
    read_into(busy, other)
    with busy.reading() as db:
        track, day = db.exec(select(Track.id).order_by(Track.id.desc())).first(), date(2031, 3, 4)  # type: ignore[union-attr]
        first_day = db.exec(select(Day.id).where(Day.on == day).order_by(Day.id)).first()
    break_it(busy, f"UPDATE slot SET track_id = {track} WHERE title = 'Accueil' AND day_id = {first_day}")
    assert wrong(busy) == [("other_edition", "slot 1")]


def test_a_day_that_is_over_is_nobody_s_to_wait_for(busy: Database) -> None:
    break_it(busy, "UPDATE trackcapacity SET seats = 4 WHERE taken = 3")
    with busy.reading() as db:
        assert everything_wrong(db, datetime(2031, 3, 5, tzinfo=UTC)) == []


def test_the_command_says_it_and_its_status_too(busy: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRINT_DATABASE_URL", busy.url.render_as_string(hide_password=False))
    monkeypatch.setenv("SPRINT_SECRET", "s" * 32)
    monkeypatch.setenv("SPRINT_DEMO", "1")
    app = Typer()
    app.command()(check)
    with clock.at(NOW):
        sound = CliRunner().invoke(app, [])
        break_it(busy, "UPDATE daycapacity SET taken = 4")
        unsound, as_json = CliRunner().invoke(app, []), CliRunner().invoke(app, ["--json"])
    assert (sound.exit_code, sound.output) == (0, "Tout est juste.\n")
    assert (unsound.exit_code, unsound.output.replace("\u00a0", " ")) == (
        1,
        "2031-03-04, site: le compteur dit 4, les inscriptions confirmées sont 3\n",
    )
    assert (as_json.exit_code, json.loads(as_json.output)["wrong"][0]["code"]) == (1, "day_counter")
