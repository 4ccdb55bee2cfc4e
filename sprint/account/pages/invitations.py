"""What the letter to somebody added by hand opens: who invites them, and the ways to sign in that attach an account to them."""

from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException

from sprint.account.actions import join
from sprint.account.letters import INVITED, ZONE
from sprint.account.pages.offers import Choice, choices_of
from sprint.account.providers.proconnect import ABOUT
from sprint.account.providers.provider import Claims
from sprint.account.queries.invitations import Invited, invitation_called
from sprint.account.rules import device_of
from sprint.account.rules.email_links import EMAIL_ISSUER, EMAIL_PROVIDER, subject_of
from sprint.account.rules.invitations import OVER, InvitationState
from sprint.web.audience import ANYONE
from sprint.web.cookies import SESSION
from sprint.web.page import Go, SetCookie, Show, page
from sprint.web.sealed import is_sealed, sealed_key
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say


@dataclass(frozen=True)
class InvitationPage:
    """One invitation, the ways to accept it, or why it opens nothing any more (`over`).

    `failure` says what went wrong with a sign-in just now, and `reference` under which id the log knows it.
    """

    invited: Invited
    token: str
    until: Moment
    over: Words | None
    choices: tuple[Choice, ...]
    administration: tuple[Choice, ...]
    about_proconnect: str
    has_email_links: bool
    failure: Words | None
    reference: str


@page(ANYONE, "POST /invitation/{invitation:key}", "accept_by_email", shows="account_invitation", is_discreet=True)
def accept_by_email(visit: Visit, invitation: str) -> Go:
    """Sign in with the address the link went to, from now on: whoever opened the link reads what is sent there."""
    found = invitation_of(visit, invitation)
    if found is None or not visit.settings.email_links:
        raise HTTPException(404)
    subject = subject_of(found.email)
    claims = Claims(EMAIL_PROVIDER, EMAIL_ISSUER, subject, found.name, email=found.email, email_verified=True)
    device = device_of(visit.request.headers.get("user-agent", ""))
    token = join(
        visit.db, claims, found.id, visit.now, device, leaving=visit.session_token, lasts=visit.settings.session_lasts
    )
    says = say("Bienvenue : vous vous connecterez désormais par un lien envoyé à cette adresse.")
    return Go("mine", says=says, cookies=(SetCookie(SESSION, token, visit.settings.session_seconds),))


@page(ANYONE, "GET /invitation/{invitation:key}", "account_invitation", is_discreet=True)
def account_invitation(visit: Visit, invitation: str) -> Show:
    """What an invitation is. It changes nothing: programs that look at mail open links too."""
    return shown_invitation(visit, invitation)


def shown_invitation(visit: Visit, token: str, failure: Words | None = None, reference: str = "") -> Show:
    """The page of an invitation, after a sign-in that failed too; 404 for one that is not ours."""
    found = invitation_of(visit, token)
    if found is None:
        raise HTTPException(404)
    state = found.times.state(visit.now)
    over = None if state is InvitationState.OPEN else OVER[state]
    by_place = choices_of(visit.settings)
    administration, *others = by_place.values()
    shown = InvitationPage(
        found,
        token,
        Moment(found.times.expires_at, ZONE),
        over,
        tuple(choice for choices in others for choice in choices),
        administration,
        ABOUT,
        visit.settings.email_links,
        failure,
        reference,
    )
    return Show("account/invitation.html", shown, HTTPStatus.BAD_REQUEST if failure else HTTPStatus.OK)


def invitation_of(visit: Visit, token: str) -> Invited | None:
    """The invitation of a token that this site sealed."""
    key = sealed_key(token)
    is_ours = key is not None and is_sealed(visit.settings, INVITED, key, 0, token)
    return invitation_called(visit.db, key) if key is not None and is_ours else None
