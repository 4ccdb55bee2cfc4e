"""Reading rooms and slots as the grid and its warnings need them."""

from sprint.board.queries.placed import HeldSlot, day_items, names_of_rooms, openings, slot_held, stays
from sprint.board.queries.proposed import EntryLine, entries, is_registered

__all__ = [
    "EntryLine",
    "HeldSlot",
    "day_items",
    "entries",
    "is_registered",
    "names_of_rooms",
    "openings",
    "slot_held",
    "stays",
]
