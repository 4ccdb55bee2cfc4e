"""Signing people in, entrusting them with rights, and what the demonstration's provider keeps."""

from sprint.account.actions.addresses import ask_address, confirm_address
from sprint.account.actions.closing import close_account
from sprint.account.actions.email_links import ask_link, use_link
from sprint.account.actions.employers import declare_employer, decline_employer, vouch_for_employer
from sprint.account.actions.granting import confirm_grant, entrust, grant_right, relieve, revoke_right
from sprint.account.actions.inviting import Newcomer, invite, invite_again, join, withdraw_invitation
from sprint.account.actions.linking import link_identity, unlink_identity
from sprint.account.actions.signing_in import confirm_identity, sign_in

__all__ = [
    "Newcomer",
    "ask_address",
    "ask_link",
    "close_account",
    "confirm_address",
    "confirm_grant",
    "confirm_identity",
    "declare_employer",
    "decline_employer",
    "entrust",
    "grant_right",
    "invite",
    "invite_again",
    "join",
    "link_identity",
    "relieve",
    "revoke_right",
    "sign_in",
    "unlink_identity",
    "use_link",
    "vouch_for_employer",
    "withdraw_invitation",
]
