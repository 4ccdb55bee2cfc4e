"""Reading rooms and slots as the grid and its warnings need them."""

from sprint.board.queries.placed import HeldSlot, day_items, names_of_rooms, openings, slot_held, stays

__all__ = ["HeldSlot", "day_items", "names_of_rooms", "openings", "slot_held", "stays"]
