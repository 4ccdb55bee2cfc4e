"""What must hold of an edition's seats at every moment, counted row by row: no statement of the application is used."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from sprint.database import Database
from sprint.programme.tables import Day, Track
from sprint.registrations.tables import DayCapacity, Mode, Registration, State, TrackCapacity


@dataclass(frozen=True)
class Rows:
    """Live registrations in the order of the queue, and the counters."""

    live: Sequence[Registration]
    tracks: Sequence[TrackCapacity]
    days: Sequence[DayCapacity]


def rows_of(database: Database, edition_id: int) -> Rows:
    with database.reading() as db:
        ours = select(Day.id).where(Day.edition_id == edition_id)
        live = select(Registration).where(Registration.edition_id == edition_id, col(Registration.ended_at).is_(None))
        return Rows(
            db.exec(live.order_by(col(Registration.id))).all(),
            db.exec(select(TrackCapacity).join(Track).where(Track.edition_id == edition_id)).all(),
            db.exec(select(DayCapacity).where(col(DayCapacity.day_id).in_(ours))).all(),
        )


def unsound(
    database: Database,
    edition_id: int,
    ever_limited: set[tuple[int, Mode]] | None = None,
    *,
    is_paused: bool = False,
    let_past: frozenset[int] = frozenset(),
) -> list[str]:
    """Everything that is wrong; empty when all is right. `ever_limited`: (day id, mode) that had a limit once.

    `let_past`: ids of the registrations that the team knowingly gave a seat before others who had asked earlier.

    While the queue is paused, people wait for seats that are free.
    """
    rows = rows_of(database, edition_id)
    left_out = [] if is_paused else forgotten(rows)
    return [*miscounted(rows), *seated_twice(rows), *left_out, *overtaken(rows, ever_limited or set(), let_past)]


def miscounted(rows: Rows) -> Iterator[str]:
    """Counters are counts, and within their seats."""
    sitting = [row for row in rows.live if row.state == State.CONFIRMED]
    on_track = Counter((row.track_id, row.day_id, row.mode) for row in sitting)
    on_day = Counter((row.day_id, row.mode) for row in sitting)
    for one in rows.tracks:
        if not one.taken == on_track[one.track_id, one.day_id, one.mode] <= one.seats:
            yield f"track counter {one!r}"
    for limit in rows.days:
        if not limit.taken == on_day[limit.day_id, limit.mode] <= limit.seats:
            yield f"day counter {limit!r}"
    if sum(on_track.values()) != sum(one.taken for one in rows.tracks):
        yield "somebody sits where nothing is offered"


def seated_twice(rows: Rows) -> Iterator[str]:
    """A person has one seat a day, and one place on a track a day."""
    seats = Counter((row.person_id, row.day_id) for row in rows.live if row.state == State.CONFIRMED)
    places = Counter((row.person_id, row.track_id, row.day_id) for row in rows.live)
    yield from (f"several seats {key}" for key, number in seats.items() if number > 1)
    yield from (f"several places {key}" for key, number in places.items() if number > 1)


def forgotten(rows: Rows) -> Iterator[str]:
    """Nobody waits for a seat that they could have now."""
    free = {(one.track_id, one.day_id, one.mode): one.seats - one.taken for one in rows.tracks}
    full = {(one.day_id, one.mode) for one in rows.days if one.taken >= one.seats}
    brought = {(row.person_id, row.day_id, row.mode) for row in rows.live if row.state == State.CONFIRMED}
    for row in rows.live:
        day_seat = (row.day_id, row.mode) not in full or (row.person_id, row.day_id, row.mode) in brought
        if row.state == State.WAITING and free[row.track_id, row.day_id, row.mode] > 0 and day_seat:
            yield f"forgotten {row!r}"


def overtaken(rows: Rows, ever_limited: set[tuple[int, Mode]], let_past: frozenset[int]) -> Iterator[str]:
    """Where no day limit explains it, nobody sits who asked after somebody who still waits for the same."""
    waiting: set[tuple[int, int, Mode]] = set()
    for row in rows.live:
        where = (row.track_id, row.day_id, row.mode)
        if row.state == State.WAITING and where[1:] not in ever_limited:
            waiting.add(where)
        elif row.state == State.CONFIRMED and where in waiting and row.id not in let_past:
            yield f"overtook {row!r}"
