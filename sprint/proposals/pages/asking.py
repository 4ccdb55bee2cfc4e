"""Asking a track a question, from its page."""

from sprint.proposals.actions.asking import ask
from sprint.proposals.forms import AskingForm
from sprint.registrations.pages.taking_part import track_of
from sprint.web.audience import SIGNED_IN
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, page
from sprint.web.visit import Visit
from sprint.words import say


@page(SIGNED_IN, "POST /{edition:edition}/parcours/{track:slug}/questions", "ask_question", shows="track")
def put(visit: Visit, edition: str, track: str) -> Go:
    """Ask; the answer stands on the page for everybody."""
    found, offered = track_of(visit, edition, track)
    form = valid(AskingForm(Posted(visit.data)))
    ask(visit.db, found, offered.id or 0, visit.me.id, form.question.data or "", form.once.data or "", visit.now)
    says = say("Votre question est posée : la réponse se lira ici, sans votre nom.")
    return Go("track", {"edition": edition, "track": track}, says=says, anchor="inscription")
