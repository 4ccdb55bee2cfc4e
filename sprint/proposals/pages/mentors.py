"""The invitation to mentor a track: an address its team hands on, a page with one button."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.programme.queries import EditionView, edition_with
from sprint.proposals.actions import join
from sprint.proposals.forms import MentorForm
from sprint.proposals.pages.mine import MENTOR, ONE
from sprint.proposals.queries import invited_to
from sprint.proposals.tables import Proposal
from sprint.web.audience import SIGNED_IN
from sprint.web.forms import Posted
from sprint.web.page import Go, Show, page
from sprint.web.sealed import is_sealed, sealed_key
from sprint.web.visit import Visit
from sprint.words import Words, say


@dataclass(frozen=True)
class InvitationPage:
    """What one is invited to."""

    token: str
    edition: EditionView
    name: str
    proposer: str
    refusals: tuple[Words, ...]


@page(SIGNED_IN, "GET /mentorat/{token:key}", "invitation", is_discreet=True)
def invitation(visit: Visit, token: str) -> Show:
    """Say when one will be there; a link changes nothing by being opened."""
    found, proposer = _invited(visit, token)
    edition = edition_with(visit.db, found.edition_id)
    refusals = tuple(reason.words for reason in visit.refusals)
    return Show("proposals/invitation.html", InvitationPage(token, edition, found.name, proposer, refusals))


@page(SIGNED_IN, "POST /mentorat/{token:key}", "accept_invitation", shows="invitation", is_discreet=True)
def accept(visit: Visit, token: str) -> Go:
    """Mentor the track on these days."""
    found, _ = _invited(visit, token)
    days = MentorForm(Posted(visit.data)).days(edition_with(visit.db, found.edition_id).calendar.days)
    join(visit.db, found.id or 0, visit.me.id, days, visit.now)
    return Go(ONE, {"proposal": found.id}, says=say("Merci : vous accompagnez ce parcours."))


def _invited(visit: Visit, token: str) -> tuple[Proposal, str]:
    """The proposal of an address and who proposes it, else 404."""
    key = sealed_key(token)
    found = invited_to(visit.db, key) if key is not None and key < 2**31 else None
    if not is_sealed(visit.settings, MENTOR, key or 0, 0, token) or found is None:
        raise HTTPException(404)
    return found
