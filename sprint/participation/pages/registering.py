"""Registering: what the registration block posts. The track's page shows what was refused."""

from sprint.participation.actions import register_anew
from sprint.participation.actions.joining import Arrival
from sprint.participation.forms import typed_answers
from sprint.registrations.actions import Outcome, joined_called
from sprint.registrations.forms import RegistrationForm
from sprint.registrations.pages.taking_part import back, day_ids, track_in
from sprint.registrations.tables import Mode
from sprint.web.audience import SIGNED_IN
from sprint.web.forms import clean
from sprint.web.page import Go, page
from sprint.web.visit import Visit
from sprint.words import Words, say


@page(
    SIGNED_IN,
    "POST /{edition:edition}/parcours/{track:slug}/inscription",
    "register",
    shows="track",
    form=RegistrationForm,
)
def take_part(visit: Visit, edition: str, track: str) -> Go:
    """Register for days of a track: a seat or a place in the queue for each."""
    form = visit.sent(RegistrationForm)
    held = joined_called(visit.db, edition, visit.me, visit.now)
    found, offered = track_in(visit, held, track)
    conduct = clean(str(visit.data.get("charte", "")))
    answers = typed_answers(visit.data)
    wish = Arrival(day_ids(found, form.jour.data), Mode(form.mode.data), form.once.data, conduct, answers)
    outcome = register_anew(visit.db, visit.me.id, found, offered, wish, visit.now)
    return back(visit, edition, track, _said(outcome))


def _said(outcome: Outcome) -> Words | None:
    if outcome.replayed:
        return None
    if not outcome.waiting:
        return say("Votre inscription est confirmée. Un courriel vous le rappelle.")
    if not outcome.confirmed:
        return say("Vous êtes sur la liste d’attente. Un courriel vous préviendra dès qu’une place se libère.")
    return say("C’est noté : une partie des jours est confirmée, l’autre en liste d’attente.")
