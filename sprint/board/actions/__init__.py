"""Placing slots, and the rooms they are placed in."""

from sprint.board.actions.placing import Wish, move_slot, place_slot
from sprint.board.actions.proposing import (
    advance_talk,
    propose_talk,
    propose_workshop,
    remove_entry,
    withdraw_entry,
)
from sprint.board.actions.rooms import RoomWish, offer_room, remove_room

__all__ = [
    "RoomWish",
    "Wish",
    "advance_talk",
    "move_slot",
    "offer_room",
    "place_slot",
    "propose_talk",
    "propose_workshop",
    "remove_entry",
    "remove_room",
    "withdraw_entry",
]
