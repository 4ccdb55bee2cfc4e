"""Correcting a contribution, or answering why it was sent back."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.contributions import rules
from sprint.contributions.actions import answer, correct
from sprint.contributions.drafting import OFF_TRACK, OWN_TIME
from sprint.contributions.forms import AnswerForm, ContentForm
from sprint.contributions.pages.sheet import Sheet, sheet_of
from sprint.contributions.pages.wishing import ground, wish_of
from sprint.contributions.queries import Sight, contribution_of
from sprint.contributions.tables import State
from sprint.web.audience import SIGNED_IN
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Words, say


@dataclass(frozen=True)
class CorrectionPage:
    """The form with what is noted; an answer goes with it when `reason` says why it was sent back.

    `closed` says why nothing can be changed any more.
    """

    id: int
    title: str
    sheet: Sheet
    reason: str
    answer: str
    closed: tuple[Words, ...]


@page(SIGNED_IN, "GET /contributions/{contribution:int}/correction", "correction")
def correction(visit: Visit, contribution: int) -> Show:
    """Correct one's contribution, or answer why it was sent back."""
    found = own_contribution(visit, contribution)
    form = _shown(visit, found)
    sheet = sheet_of(form, ground(visit, form, found.edition), visit.now, visit.refusals)
    shown = CorrectionPage(
        contribution,
        found.case.title,
        sheet,
        found.reason if _is_answer(found) else "",
        form.reponse.data or "" if isinstance(form, AnswerForm) else "",
        tuple(reason.words for reason in _closed(found)),
    )
    return Show("contributions/correction.html", shown)


def own_contribution(visit: Visit, contribution: int) -> Sight:
    """A contribution of the person at hand, else 404."""
    found = contribution_of(visit.db, visit.me, contribution)
    if found is None:
        raise HTTPException(404)
    return found


def _is_answer(found: Sight) -> bool:
    return found.case.state == State.SENT_BACK


def _closed(found: Sight) -> list:  # type: ignore[type-arg]
    return rules.answering(found.case) if _is_answer(found) else rules.correcting(found.case)


def _form_for(found: Sight) -> type[ContentForm]:
    return AnswerForm if _is_answer(found) else ContentForm


def _shown(visit: Visit, found: Sight) -> ContentForm:
    """What was typed when it was refused, else what is noted."""
    if isinstance(visit.form, ContentForm):
        return visit.form
    return _form_for(found)(Posted(visit.data)) if visit.refusals else _filled(visit, found)


def _filled(visit: Visit, found: Sight) -> ContentForm:
    own = next(one for one in found.authors if one.person_id == visit.me.id)
    noted = {
        "url": found.links[0] if found.links else "",
        "titre": found.case.title,
        "genre": found.kind.value,
        "description": found.description,
        "parcours": found.track_slug or OFF_TRACK,
        "date": found.done_on.isoformat(),
        "au_titre_de": str(own.organisation_id or OWN_TIME),
        "duree": f"{own.minutes / 60:g}".replace(".", ",") if own.minutes else "",
        "autres": "\n".join(found.links[1:]),
    }
    return _form_for(found)(data=noted)


@page(SIGNED_IN, "POST /contributions/{contribution:int}/correction", "correct_contribution", shows="correction")
def put_right(visit: Visit, contribution: int) -> Go:
    """Put it right, with an answer when it was sent back."""
    found = own_contribution(visit, contribution)
    form = valid(_form_for(found)(Posted(visit.data)))
    wish, here = wish_of(visit, form, found.edition), {"contribution": contribution}
    if isinstance(form, AnswerForm):
        words = form.reponse.data or ""
        answer(visit.db, visit.me.id, contribution, found.edition.id, wish, words, visit.now)
        return Go("contribution", here, says=say("Votre réponse est partie en relecture."))
    correct(visit.db, visit.me.id, contribution, found.edition.id, wish, visit.now)
    return Go("contribution", here, says=say("C’est corrigé."))
