"""Logging a contribution, and the list of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.contributions import rules
from sprint.contributions.actions import log
from sprint.contributions.forms import ContributionForm
from sprint.contributions.pages.sheet import Sheet, sheet_of
from sprint.contributions.pages.wishing import ground, wish_of
from sprint.contributions.queries import Line, contributions_of
from sprint.contributions.rules import KINDS, STATES, takes_contributions
from sprint.contributions.tables import Kind, State
from sprint.participation.queries import wishes_to_be_named
from sprint.programme.queries import EditionView, current_edition, editions, seen_by
from sprint.registrations.queries import held_by
from sprint.web.audience import SIGNED_IN
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Words, say

BADGES: dict[State, str] = {
    State.PROPOSED: "info",
    State.ACCEPTED: "success",
    State.SENT_BACK: "warning",
    State.WITHDRAWN: "",
}


@dataclass(frozen=True)
class MinePage:
    """The form, when an edition takes contributions, and one's own contributions. `others` are the other editions that do."""

    edition: EditionView | None
    others: tuple[EditionView, ...]
    sheet: Sheet | None
    is_late: bool
    lines: tuple[Line, ...]
    pages: Pagination
    once: str
    kinds: dict[Kind, Words]
    states: dict[State, Words]
    badges: dict[State, str]


@page(SIGNED_IN, "GET /moi/contributions", "my_contributions")
def my_contributions(visit: Visit) -> Show:
    """Log one; read the others again."""
    asked = visit.request.query_params
    form = _shown(visit) or ContributionForm(Posted(asked)).untouched
    every = seen_by(editions(visit.db), visit.member, visit.now)
    edition = _edition(visit, every, form.edition.data or "")
    if edition and not visit.data and "url" not in asked:
        form.nommer.data = wishes_to_be_named(visit.db, visit.me.id, edition.id)
    number = asked_page(asked.get("page"))
    total, lines = contributions_of(visit.db, visit.me.id, number)
    taking = tuple(view for view in every if takes_contributions(view.calendar, visit.now))
    shown = MinePage(
        edition,
        tuple(view for view in taking if edition and view.id != edition.id),
        sheet_of(form, ground(visit, form, edition), visit.now, visit.refusals) if edition else None,
        bool(edition and rules.is_late(visit.now, edition.calendar)),
        tuple(lines),
        Pagination(number, total),
        visit.once(),
        KINDS,
        STATES,
        BADGES,
    )
    return Show("contributions/mine.html", shown)


def _shown(visit: Visit) -> ContributionForm | None:
    """The form of a refused POST, with everything that was typed."""
    if isinstance(visit.form, ContributionForm):
        return visit.form
    return ContributionForm(Posted(visit.data)) if visit.refusals else None


def _edition(visit: Visit, every: Sequence[EditionView], slug: str) -> EditionView | None:
    """The edition asked for, else the one a contribution is most likely for; None when no edition takes any."""
    if slug:
        return next((view for view in every if view.slug == slug), None)
    taking = [view for view in every if takes_contributions(view.calendar, visit.now)]
    mine = {held.edition_id for held in held_by(visit.db, visit.me.id)} if len(taking) > 1 else set()
    begun = {view.id for view in taking if view.calendar.days[0] <= view.calendar.today(visit.now)}
    # One's own editions first, then those that have begun, then the nearest to come.
    ranked = sorted(taking, key=lambda view: (view.id not in mine, view.id not in begun, view.calendar.days))
    return ranked[0] if ranked else None


@page(SIGNED_IN, "POST /moi/contributions", "log_contribution", shows="my_contributions")
def log_contribution(visit: Visit) -> Go:
    """Note what one did."""
    form = valid(ContributionForm(Posted(visit.data)))
    every = seen_by(editions(visit.db), visit.member, visit.now)
    edition = _edition(visit, every, form.edition.data or "") or current_edition(every, visit.now)
    if edition is None:
        raise HTTPException(404)
    wish = wish_of(visit, form, edition)
    noted = log(visit.db, visit.me.id, edition.id, wish, form.once.data or "", visit.now)
    late = say("C’est noté, en retard : l’équipe du sprint en décide.")
    says = late if noted.is_late else say("C’est noté : la contribution attend d’être relue.")
    return Go("my_contributions", says=None if noted.replayed else says)
