"""A day as a grid: a column for each room, a row for each half hour; a slot fills the rows it lasts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from sprint.board.rules import Opening, half_hours
from sprint.programme.rules import HALF_HOUR, minute_of, minutes_held, room_key


@dataclass(frozen=True)
class Item:
    """A slot in the grid."""

    id: int
    title: str
    kind: str
    starts: time
    ends: time | None
    room: str
    track: str


@dataclass(frozen=True)
class Cell:
    """A room for `rows` half hours: what takes place there, or nothing; `is_free` when something may be placed there."""

    room: str
    rows: int
    items: tuple[Item, ...]
    is_free: bool
    starts: time


@dataclass(frozen=True)
class Row:
    """A half hour and the cells that begin in it, from left to right."""

    starts: time
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """A room; without opening it is only named by slots."""

    name: str
    opening: Opening | None


@dataclass(frozen=True)
class Grid:
    """A day. Without rooms or hours there are no rows."""

    on: date
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def free(self) -> int:
        """How many half hours of a room something may be placed in."""
        return sum(cell.is_free for row in self.rows for cell in row.cells)


def grid_of(on: date, openings: Sequence[Opening], items: Sequence[Item], begun: time = time(0)) -> Grid:
    """The grid of a day; half hours before `begun` are not free any more."""
    columns = _columns([one for one in openings if one.on == on], items)
    steps = _steps(columns, items)
    cells = [_cells_of(column, steps, items, begun) for column in columns]
    rows = (Row(step, tuple(of_column[step] for of_column in cells if step in of_column)) for step in steps)
    return Grid(on, tuple(columns), tuple(rows))


def _columns(openings: Iterable[Opening], items: Iterable[Item]) -> list[Column]:
    found = {one.key: Column(one.name, one) for one in openings}
    for item in items:
        found.setdefault(room_key(item.room), Column(item.room, None))
    return [found[key] for key in sorted(found)]


def _steps(columns: Iterable[Column], items: Iterable[Item]) -> list[time]:
    hours = [(one.opening.opens, one.opening.closes) for one in columns if one.opening]
    hours += [(item.starts, item.ends or item.starts) for item in items]
    if not hours:
        return []
    return half_hours(min(opens for opens, _ in hours), max(max(hour) for hour in hours))


def _cells_of(column: Column, steps: Sequence[time], items: Sequence[Item], begun: time) -> dict[time, Cell]:
    """The cells of a room by the half hour in which they begin."""
    held: list[tuple[Item, ...]] = [
        tuple(item for item in items if room_key(item.room) == room_key(column.name) and _meets(item, step))
        for step in steps
    ]
    found: dict[time, Cell] = {}
    index = 0
    while index < len(steps):
        last = index
        # What goes on from one half hour into the next is one cell.
        while held[last] and last + 1 < len(steps) and set(held[last]) & set(held[last + 1]):
            last += 1
        here = tuple(dict.fromkeys(item for step in held[index : last + 1] for item in step))
        is_free = not here and _is_open(column.opening, steps[index]) and steps[index] >= begun
        found[steps[index]] = Cell(column.name, last - index + 1, here, is_free, steps[index])
        index = last + 1
    return found


def _meets(item: Item, step: time) -> bool:
    held = minutes_held(item.starts, item.ends)
    first = minute_of(step)
    return held.start < first + HALF_HOUR and first < held.stop


def _is_open(opening: Opening | None, step: time) -> bool:
    """Whether the whole half hour lies within the hours of the room."""
    if opening is None:
        return False
    return opening.opens <= step and minute_of(step) + HALF_HOUR <= minute_of(opening.closes)
