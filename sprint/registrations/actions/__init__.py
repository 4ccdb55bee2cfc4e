"""What people and organisers do with seats. `promote` follows each path that frees or adds one: a test lists them."""

from sprint.registrations.actions.capacity import Seats, set_seats
from sprint.registrations.actions.erasing import erase_registrations, lock_every_edition
from sprint.registrations.actions.promotion import promote
from sprint.registrations.actions.registering import Outcome, cancel, change, register

__all__ = [
    "Outcome",
    "Seats",
    "cancel",
    "change",
    "erase_registrations",
    "lock_every_edition",
    "promote",
    "register",
    "set_seats",
]
