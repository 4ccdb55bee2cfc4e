"""What authors and those who review do: each locks, asks the rule, changes, records a Fact."""

from sprint.contributions.actions.deciding import accept, send_back
from sprint.contributions.actions.erasing import erase_contributions
from sprint.contributions.actions.noting import Noted, answer, correct, log
from sprint.contributions.actions.owning import hide_name, show_name, withdraw

__all__ = [
    "Noted",
    "accept",
    "answer",
    "correct",
    "erase_contributions",
    "hide_name",
    "log",
    "send_back",
    "show_name",
    "withdraw",
]
