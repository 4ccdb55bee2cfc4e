"""What people and organisers do with seats. `promote` follows each path that frees or adds one: a test lists them."""

from sprint.registrations.actions.cancelling import cancel_by_team
from sprint.registrations.actions.capacity import Addition, Seats, open_seats, set_seats
from sprint.registrations.actions.erasing import erase_registrations
from sprint.registrations.actions.exporting import note_access, note_export
from sprint.registrations.actions.inviting import Wish, add_by_hand, withdraw_from
from sprint.registrations.actions.moving import Acceptance, Move, accept_by_team, move_by_team
from sprint.registrations.actions.pausing import pause_queue, resume_queue
from sprint.registrations.actions.practical import remind, send_practical, send_practical_again, write_practical
from sprint.registrations.actions.presence import (
    CallWish,
    ask_presence,
    confirm_presence,
    release_unanswered,
    remind_presence,
    settle_presence,
    vouch_presence,
)
from sprint.registrations.actions.promotion import HeldEdition, joined_called, locked_called, promote
from sprint.registrations.actions.registering import Outcome, cancel, change, register
from sprint.registrations.actions.undoing import undo

__all__ = [
    "Acceptance",
    "Addition",
    "CallWish",
    "HeldEdition",
    "Move",
    "Outcome",
    "Seats",
    "Wish",
    "accept_by_team",
    "add_by_hand",
    "ask_presence",
    "cancel",
    "cancel_by_team",
    "change",
    "confirm_presence",
    "erase_registrations",
    "joined_called",
    "locked_called",
    "move_by_team",
    "note_access",
    "note_export",
    "open_seats",
    "pause_queue",
    "promote",
    "register",
    "release_unanswered",
    "remind",
    "remind_presence",
    "resume_queue",
    "send_practical",
    "send_practical_again",
    "set_seats",
    "settle_presence",
    "undo",
    "vouch_presence",
    "withdraw_from",
    "write_practical",
]
