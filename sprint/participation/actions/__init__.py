"""What people say about their coming, what they take back, and what organisers read of it."""

from sprint.participation.actions.answering import answer
from sprint.participation.actions.asking import (
    Wording,
    add_question,
    close_question,
    forget_answers,
    note_answers_taken,
    purge_answers,
    revise_question,
)
from sprint.participation.actions.caring import declare_purpose, forget_care, tell_care, withdraw_care
from sprint.participation.actions.choosing import accept_conduct, choose
from sprint.participation.actions.joining import register_anew
from sprint.participation.actions.teaming import forget_teams, join_team, leave_team, make_team

__all__ = [
    "Wording",
    "accept_conduct",
    "add_question",
    "answer",
    "choose",
    "close_question",
    "declare_purpose",
    "forget_answers",
    "forget_care",
    "forget_teams",
    "join_team",
    "leave_team",
    "make_team",
    "note_answers_taken",
    "purge_answers",
    "register_anew",
    "revise_question",
    "tell_care",
    "withdraw_care",
]
