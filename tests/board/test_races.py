"""The shape of the garagethon of 2024: three half-days of half hours in six rooms, nineteen sessions, everybody at once.

The same run without our guards uses a room twice: else the test would prove nothing.
"""

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, time, timedelta
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from sprint.board.actions import Wish, place_slot, placing
from sprint.board.rules import Spot, ends_of
from sprint.clock import now
from sprint.database import Database
from sprint.journal import Fact
from sprint.programme import actions
from sprint.programme.rules import minutes_held
from sprint.programme.tables import Room, RoomTime, Slot, SlotKind
from sprint.refusal import Refused
from tests.careless import careless
from tests.makers import FIRST_DAY, a_person, an_edition, days_of

HALF_DAYS = ((0, time(14), time(18)), (1, time(9), time(12, 30)), (1, time(14), time(17, 30)))
"""Day, first and last hour."""
ROOMS, SESSIONS, RIVALS = 6, 19, 8
THREADS = 16


@pytest.fixture
def wide(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The same database with a connection for each thread, and the patience of a busy machine."""
    monkeypatch.setattr("sprint.database.BUSY_SECONDS", 60)
    wide = Database(database.url.render_as_string(hide_password=False), threads=THREADS)
    yield wide
    wide.close()


def a_garagethon(database: Database) -> int:
    """Two days, six rooms on each, from morning to evening."""
    with database.writing() as db:
        edition = an_edition(db)
        a_person(db)
        for day in days_of(db, edition):
            for number in range(ROOMS):
                name = f"Salle {number}"
                db.add(Room(day_id=day.id, name=name, key=name.casefold(), opens=time(9), closes=time(18)))
        return edition.id or 0


def sessions() -> list[Spot]:
    """Nineteen sessions, none of which is in the way of another: two half hours each, room by room."""
    free = [
        Spot(_on(day), starts, ends, f"Salle {room}")
        for day, first, last in HALF_DAYS
        for starts, ends in _hours(first, last)
        for room in range(ROOMS)
    ]
    return random.sample(free, SESSIONS)


def _on(day: int) -> date:
    return FIRST_DAY + timedelta(days=day)


def _hours(first: time, last: time) -> list[tuple[time, time]]:
    found, starts = [], first
    while (ends := ends_of(starts, 60)) is not None and ends <= last:
        found.append((starts, ends))
        starts = ends
    return found


def half_an_hour_later(spot: Spot) -> Spot:
    """In the way of the session, and of nothing before it."""
    return Spot(spot.on, ends_of(spot.starts, 30) or spot.starts, spot.ends, spot.room)


def rivalry(wanted: list[Spot]) -> list[tuple[int, Spot]]:
    """Each session wanted by eight at once, some of them for its second half hour only, in no order."""
    asked = [
        (number, spot if rival % 2 else half_an_hour_later(spot))
        for number, spot in enumerate(wanted)
        for rival in range(RIVALS)
    ]
    random.shuffle(asked)
    return asked


def placed_at_once(database: Database, edition_id: int, asked: list[tuple[int, Spot]]) -> list[tuple[int, str]]:
    """(session, what became of it) of each that asked: "placed", or the codes of its reasons."""
    start = Barrier(THREADS)

    def ask(order: int, number: int, spot: Spot) -> tuple[int, str]:
        if order < THREADS:
            start.wait()
        try:
            with database.writing() as db:
                wish = Wish(f"Session {number}", SlotKind.WORKSHOP, spot)
                place_slot(db, edition_id, wish, f"formulaire-{order}", now(), 1)
        except Refused as refused:
            return number, ",".join(reason.code for reason in refused.reasons)
        except SQLAlchemyError as error:
            return number, type(error).__name__
        return number, "placed"

    with ThreadPoolExecutor(THREADS) as pool:
        running = [pool.submit(ask, order, number, spot) for order, (number, spot) in enumerate(asked)]
        return [one.result() for one in running]


def used_twice(database: Database) -> int:
    """How many fives of minutes of a room are used by several slots, counted from the slots themselves."""
    with database.reading() as db:
        slots = db.exec(select(Slot).where(col(Slot.cancelled_at).is_(None))).all()
    times = Counter(
        (slot.day_id, slot.room, minute)
        for slot in slots
        if slot.starts is not None
        for minute in minutes_held(slot.starts, slot.ends)
    )
    return sum(uses > 1 for uses in times.values())


def test_nineteen_sessions_wanted_by_many_at_once_take_nineteen_places(wide: Database) -> None:
    edition_id = a_garagethon(wide)
    outcomes = placed_at_once(wide, edition_id, rivalry(sessions()))
    assert Counter(outcomes) == Counter({(number, "placed"): 1 for number in range(SESSIONS)}) + Counter(
        {(number, "room_taken"): RIVALS - 1 for number in range(SESSIONS)}
    )
    assert used_twice(wide) == 0
    with wide.reading() as db:
        assert list(db.exec(select(Fact.kind))) == ["slot.placed"] * SESSIONS


@pytest.mark.parametrize("keeps_constraint", [True, False], ids=["key kept", "key gone"])
def test_without_the_lock_and_the_question_only_the_key_is_left(
    database: Database, monkeypatch: pytest.MonkeyPatch, keeps_constraint: bool
) -> None:
    edition_id = a_garagethon(database)
    for module in (placing, actions):
        monkeypatch.setattr(module, "hold_edition", lambda db, edition_id: None)
        monkeypatch.setattr(module, "occupants", lambda *asked: [])
    with closing(careless(database, keeps_constraint=True, threads=THREADS)) as bare:
        if not keeps_constraint:
            without_key(bare)
        outcomes = placed_at_once(bare, edition_id, rivalry(sessions()))
    assert any(outcome == "placed" for _, outcome in outcomes)
    assert (used_twice(database) == 0) is keeps_constraint


def without_key(database: Database) -> None:
    """The same table as one would make it without thought."""
    table = RoomTime.__tablename__
    with database.writing() as db:
        db.connection().execute(text(f"DROP TABLE {table}"))
        db.connection().execute(
            text(f"CREATE TABLE {table} (day_id INTEGER, room VARCHAR(120), minute INTEGER, slot_id INTEGER)")
        )
