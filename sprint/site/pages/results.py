"""The results of an edition: what was accepted, by track, kind and administration; nobody is ranked."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.contributions.queries import Figures, ResultLine, figures_of_edition, results
from sprint.contributions.rules import FEW, KINDS, closes_at, takes_contributions
from sprint.contributions.tables import Kind
from sprint.programme.queries import EditionView, edition_seen
from sprint.web.audience import ANYONE
from sprint.web.page import Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Words


@dataclass(frozen=True)
class ResultsPage:
    """What an edition achieved: figures, then the contributions of a track or kind, or all, by title."""

    edition: EditionView
    figures: Figures
    lines: tuple[ResultLine, ...]
    pages: Pagination
    track: str
    kind: Kind | None
    kinds: dict[Kind, Words]
    few: int
    takes_contributions: bool

    @property
    def track_name(self) -> str:
        return next((one.name for one in self.figures.tracks if one.slug == self.track), "")

    @property
    def people_shown(self) -> bool:
        """Whether any number of people can be told."""
        return any(one.people is not None for one in self.figures.credits)


@page(ANYONE, "GET /{edition:edition}/resultats", "results", kept=True)
def edition_results(visit: Visit, edition: str) -> Show:
    """What was done."""
    found = edition_seen(visit.db, edition, visit.member, visit.now)
    if found is None:
        raise HTTPException(404)
    figures, asked = figures_of_edition(visit.db, found.id), visit.request.query_params
    track = next((one.slug for one in figures.tracks if one.slug == asked.get("parcours")), "")
    kind = next((kind for kind in Kind if kind.value == asked.get("genre")), None)
    number = asked_page(asked.get("page"))
    chosen = (("parcours", track), ("genre", kind.value if kind else ""))
    question = tuple((name, value) for name, value in chosen if value)
    shown = ResultsPage(
        found,
        figures,
        tuple(results(visit.db, found.id, track, kind, number)),
        Pagination(number, figures.number(track, kind), question),
        track,
        kind,
        KINDS,
        FEW,
        takes_contributions(found.calendar, visit.now),
    )
    turns = (found.calendar.opens_at, closes_at(found.calendar))
    ends = min((moment for moment in turns if moment and moment > visit.now), default=None)
    return Show("site/results.html", shown, good_until=ends)
