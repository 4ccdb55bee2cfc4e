"""The same crowd in front of real servers: no answer is an error, ten seats are ten seats."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from sprint.clock import now
from sprint.commands.check import everything_wrong
from sprint.database import Database
from sprint.programme.queries import edition_with
from sprint.sessions import open_session
from tests.registrations.soundness import rows_of, unsound
from tests.registrations.stage import Stage, a_stage
from tests.servers import Answered, Server, serving

SEATS = 10
DATES = (date.today() + timedelta(days=60), date.today() + timedelta(days=61))  # noqa: DTZ011  servers live today


def a_crowd(database: Database, people: int, seats: int = SEATS) -> tuple[Stage, dict[str, str]]:
    """A track of ten seats, and people who are signed in: session by name."""
    stage = a_stage(database, {"keycloak": seats}, dates=DATES)
    stage.crowd(people)
    with database.writing() as db:
        sessions = {name: open_session(db, person, "demo", "tests", now()) for name, person in stage.people.items()}
    return stage, sessions


def address(stage: Stage) -> str:
    with stage.database.reading() as db:
        return f"/{edition_with(db, stage.edition_id).slug}/parcours/keycloak/inscription"


def register_form(once: str) -> dict[str, str | list[str]]:
    return {"jour": [DATES[0].isoformat()], "mode": "site", "once": once}


def send_all_at_once(server: Server, path: str, sessions: dict[str, str]) -> Counter[int]:
    """Everybody registers in the same instant, every second one twice with the same form; statuses counted."""
    senders = [*sessions, *list(sessions)[::2]]
    random.shuffle(senders)
    start = Barrier(len(senders))

    def send(name: str) -> Answered:
        start.wait()
        return server.post(path, register_form(f"form-of-{name}"), sessions[name])

    with ThreadPoolExecutor(len(senders)) as pool:
        return Counter(answer.status for answer in pool.map(send, senders))


def race(database: Database, folder: Path, people: int, workers: int) -> None:
    stage, sessions = a_crowd(database, people)
    with serving(database, folder, workers) as server:
        began = now()
        statuses = send_all_at_once(server, address(stage), sessions)
        took = (now() - began).total_seconds()
    print(f"{sum(statuses.values())} requests in {took:.1f} s, {workers} processes, {database.url.get_backend_name()}")
    assert statuses == {303: people + people // 2}
    states = [row.state.value for row in rows_of(database, stage.edition_id).live]
    assert states == ["confirmed"] * SEATS + ["waiting"] * (people - SEATS)
    assert unsound(database, stage.edition_id) == []
    with database.reading() as db:
        assert everything_wrong(db, now()) == []


def test_forty_people_at_once_get_ten_seats_from_a_real_server(sqlite: Database, tmp_path: Path) -> None:
    race(sqlite, tmp_path, people=40, workers=1)


@pytest.mark.proof
def test_two_hundred_people_at_once_get_ten_seats_on_sqlite(sqlite: Database, tmp_path: Path) -> None:
    race(sqlite, tmp_path, people=200, workers=1)


@pytest.mark.proof
def test_two_hundred_people_at_once_get_ten_seats_from_four_processes(postgres: Database, tmp_path: Path) -> None:
    race(postgres, tmp_path, people=200, workers=4)
