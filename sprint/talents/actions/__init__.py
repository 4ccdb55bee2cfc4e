"""What people do with the pool: join, change, renew, leave; recruiters look and ask; time reminds and forgets."""

from sprint.talents.actions.contacting import Proposal, accept_contact, decline_contact, request_contact
from sprint.talents.actions.forgetting import forget_old_traces, forget_person, purge_profile, remind
from sprint.talents.actions.joining import (
    change_profile,
    exclude_organisation,
    hide_contributions,
    join_pool,
    renew_consent,
    show_contributions,
)
from sprint.talents.actions.leaving import leave_pool
from sprint.talents.actions.viewing import Opened, note_view, state_reason

__all__ = [
    "Opened",
    "Proposal",
    "accept_contact",
    "change_profile",
    "decline_contact",
    "exclude_organisation",
    "forget_old_traces",
    "forget_person",
    "hide_contributions",
    "join_pool",
    "leave_pool",
    "note_view",
    "purge_profile",
    "remind",
    "renew_consent",
    "request_contact",
    "show_contributions",
    "state_reason",
]
