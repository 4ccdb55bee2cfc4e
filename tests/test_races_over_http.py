"""The same crowd in front of real servers: no answer is an error, ten seats are ten seats; without the guards more are sold."""

import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
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
from tests.servers import SPRINT, Answered, Server, serving

PEOPLE, SEATS = 200, 10
CARELESS = ("-m", "tests.careless")
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


def send_all_at_once(servers: list[Server], path: str, sessions: dict[str, str]) -> Counter[int]:
    """Everybody registers in the same instant, every second one twice with the same form; statuses counted.

    The servers take turns, and whoever is there twice is sent to two of them.
    """
    senders = [(name, servers[turn % len(servers)]) for turn, name in enumerate(sessions)]
    senders += [(name, servers[(2 * turn + 1) % len(servers)]) for turn, name in enumerate(list(sessions)[::2])]
    random.shuffle(senders)
    start = Barrier(len(senders))

    def send(sender: tuple[str, Server]) -> Answered:
        name, server = sender
        start.wait()
        return server.post(path, register_form(f"form-of-{name}"), sessions[name])

    with ThreadPoolExecutor(len(senders)) as pool:
        return Counter(answer.status for answer in pool.map(send, senders))


@dataclass(frozen=True)
class Run:
    """What a race left: the answers, and the registrations in the order of their ids, given under the edition's lock."""

    stage: Stage
    statuses: Counter[int]
    states: list[str]

    @property
    def sold(self) -> int:
        return self.states.count("confirmed")


def race(database: Database, folder: Path, people: int, processes: int, program: Sequence[str] = SPRINT) -> Run:
    stage, sessions = a_crowd(database, people)
    with serving(database, folder, processes, program) as servers:
        began = now()
        statuses = send_all_at_once(servers, address(stage), sessions)
        took = (now() - began).total_seconds()
    run = Run(stage, statuses, [row.state.value for row in rows_of(database, stage.edition_id).live])
    print(
        f"{database.url.get_backend_name()}, {processes} processes: {people} people, {statuses.total()} requests in "
        f"{took:.1f} s, answered {dict(statuses)}; {run.sold} of {SEATS} seats sold, {len(run.states) - run.sold} wait"
    )
    return run


def processes_on(database: Database) -> int:
    return 1 if database.is_sqlite else 4


def assert_sound(database: Database, run: Run, people: int) -> None:
    assert run.statuses == {303: people + people // 2}
    assert run.states == ["confirmed"] * SEATS + ["waiting"] * (people - SEATS)
    assert unsound(database, run.stage.edition_id) == []
    with database.reading() as db:
        assert everything_wrong(db, now()) == []


def test_forty_people_at_once_get_ten_seats_from_a_real_server(sqlite: Database, tmp_path: Path) -> None:
    assert_sound(sqlite, race(sqlite, tmp_path, people=40, processes=1), 40)


@pytest.mark.proof
def test_two_hundred_people_at_once_get_ten_seats(database: Database, tmp_path: Path) -> None:
    """One process on SQLite, four on PostgreSQL: as one would run them."""
    assert_sound(database, race(database, tmp_path, PEOPLE, processes_on(database)), PEOPLE)


@pytest.mark.proof
def test_the_same_crowd_oversells_where_the_guards_are_off(database: Database, tmp_path: Path) -> None:
    """Else the race would prove nothing."""
    run = race(database, tmp_path, PEOPLE, processes_on(database), CARELESS)
    assert run.sold > SEATS
    assert unsound(database, run.stage.edition_id) != []
