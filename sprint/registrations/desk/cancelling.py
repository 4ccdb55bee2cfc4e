"""Cancelling registrations for somebody: first what it will do to whom, then a reason and one button."""

from collections.abc import Sequence
from dataclasses import dataclass

from sprint.programme.queries import EditionView
from sprint.programme.rules import is_over
from sprint.registrations.actions import cancel_by_team
from sprint.registrations.desk.editions import edition_for
from sprint.registrations.foresight import GivenUp, Queued, without
from sprint.registrations.forms import CancellingForm
from sprint.registrations.queries.people import Chosen, chosen_places
from sprint.registrations.queries.waiting import waiting_room
from sprint.registrations.rules import CANCELS, WHY, Why
from sprint.registrations.tables import State
from sprint.web.audience import ORGANISERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Words, say, say_count

MOST = 100
"""Registrations one page cancels at once."""


@dataclass(frozen=True)
class CancellingPage:
    """The registrations that would end, and who would get the seats."""

    edition: EditionView
    chosen: tuple[Chosen, ...]
    gets: tuple[Queued, ...]
    why: str
    error: str
    refusals: tuple[Words, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def people(self) -> list[str]:
        """Whose registrations they are, once each."""
        return list({one.person_id: one.name for one in self.chosen}.values())

    @property
    def next_people(self) -> list[str]:
        return list({one.person_id: one.name for one in self.gets}.values())

    @property
    def reasons(self) -> dict[Why, Words]:
        return {why: WHY[why] for why in CANCELS}

    @property
    def question(self) -> list[tuple[str, str]]:
        """What shows this page again."""
        return [("inscription", str(one.place.registration_id)) for one in self.chosen]


@page(ORGANISERS, "GET /organisation/{edition:edition}/annulation", "desk_cancelling")
def desk_cancelling(visit: Visit, edition: str) -> Show:
    """What cancelling would do: all that these people (`personne`) hold from today on, or these registrations (`inscription`)."""
    found = edition_for(visit, edition)
    asked = visit.request.query_params
    people, registrations = _numbers(asked.getlist("personne")), _numbers(asked.getlist("inscription"))
    every = chosen_places(visit.db, found.id, people, registrations)
    chosen = [one for one in every if not is_over(one.place.on, found.calendar, visit.now)][:MOST]
    gets = without(waiting_room(visit.db, found.id), [_given_up(one) for one in chosen])
    form = visit.form if isinstance(visit.form, CancellingForm) else None
    errors = form.errors.get("motif", ()) if form else ()
    shown = CancellingPage(
        found,
        tuple(chosen),
        tuple(gets),
        (form.motif.data or "") if form else "",
        " ".join(errors),
        tuple(reason.words for reason in visit.refusals),
    )
    return Show("registrations/desk_cancelling.html", shown)


def _numbers(texts: Sequence[str]) -> list[int]:
    return [int(text) for text in texts[:MOST] if text.isascii() and text.isdigit() and int(text[:11]) < 2**31]


def _given_up(one: Chosen) -> GivenUp:
    place = one.place
    key = (place.track_id, place.day_id, place.mode)
    return GivenUp(place.registration_id, one.person_id, key, place.state == State.CONFIRMED)


@page(ORGANISERS, "POST /organisation/{edition:edition}/annulation", "cancel_by_team", shows="desk_cancelling")
def cancel_registrations(visit: Visit, edition: str) -> Go:
    """Cancel the registrations that were announced; their people are told, and whoever gets a seat."""
    found = edition_for(visit, edition)
    form = valid(CancellingForm(Posted(visit.data)))
    ended = cancel_by_team(
        visit.db,
        found.id,
        form.inscription.data,
        Why(form.motif.data),
        form.prevu.data or 0,
        visit.now,
        visit.me.id,
    )
    says = say_count(
        "%(number)s inscription annulée ; un courriel le dit à chaque personne.",
        "%(number)s inscriptions annulées ; un courriel le dit à chaque personne.",
        ended,
    )
    return Go("desk_people", {"edition": edition}, says=says if ended else say("C’était déjà fait."))
