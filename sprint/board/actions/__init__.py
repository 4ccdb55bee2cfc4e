"""Placing slots, and the rooms they are placed in."""

from sprint.board.actions.placing import Wish, move_slot, place_slot
from sprint.board.actions.rooms import RoomWish, offer_room, remove_room

__all__ = ["RoomWish", "Wish", "move_slot", "offer_room", "place_slot", "remove_room"]
