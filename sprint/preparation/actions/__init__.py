"""What organisers do to prepare an edition."""

from sprint.preparation.actions.cloning import CloneWish, clone_edition
from sprint.preparation.actions.importing import import_edition
from sprint.preparation.actions.life import add_day, move_day, remove_day, revise_edition, take_step

__all__ = [
    "CloneWish",
    "add_day",
    "clone_edition",
    "import_edition",
    "move_day",
    "remove_day",
    "revise_edition",
    "take_step",
]
