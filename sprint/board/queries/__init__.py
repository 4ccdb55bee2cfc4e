"""Reading rooms and slots as the grid and its warnings need them."""

from sprint.board.queries.placed import day_items, names_of_rooms, openings, stays
from sprint.board.queries.proposed import EntryLine, entries, is_registered
from sprint.board.queries.talks import sessions_of, speakers, talks_in_order

__all__ = [
    "EntryLine",
    "day_items",
    "entries",
    "is_registered",
    "names_of_rooms",
    "openings",
    "sessions_of",
    "speakers",
    "stays",
    "talks_in_order",
]
