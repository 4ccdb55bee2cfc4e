"""Figures of an edition, each drawn and as a table."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.contributions.queries import figures_of_edition
from sprint.contributions.rules import KINDS, STATES
from sprint.dashboards.rules import figures as rules
from sprint.dashboards.rules.figures import Figure
from sprint.languages import shown, speak
from sprint.programme.queries import EditionView, track_cards
from sprint.registrations.desk.editions import edition_for
from sprint.registrations.queries import offers
from sprint.registrations.queries.figures import figures_by_standing, figures_of_arrivals
from sprint.web.audience import ORGANISERS
from sprint.web.page import Plain, Show, page
from sprint.web.sheets import Cell, csv_sheet
from sprint.web.visit import Visit
from sprint.words import ShortDay


@dataclass(frozen=True)
class FiguresPage:
    """At most six drawings."""

    edition: EditionView
    figures: tuple[Figure, ...]

    @property
    def edition_name(self) -> str:
        return self.edition.name


@page(ORGANISERS, "GET /organisation/{edition:edition}/chiffres", "desk_figures", own=())
def desk_figures(visit: Visit, edition: str) -> Show:
    """What the numbers of an edition say today."""
    found = edition_for(visit, edition)
    return Show("dashboards/figures.html", FiguresPage(found, tuple(_figures(visit, found))))


def _figures(visit: Visit, edition: EditionView) -> list[Figure]:
    """The figures there is something to say of."""
    done = figures_of_edition(visit.db, edition.id)
    cards = track_cards(visit.db, edition.id)
    offered = offers(visit.db, [card.id for card in cards])
    drawn = [
        rules.of_days(offered),
        rules.of_arrivals(figures_of_arrivals(visit.db, edition.id), edition.calendar.zone, visit.now),
        rules.of_tracks(cards, offered),
        rules.of_standings(figures_by_standing(visit.db, edition.id)),
        rules.of_kinds({kind.value: n for kind, n in done.kinds.items()}, {kind.value: w for kind, w in KINDS.items()}),
        rules.of_states(
            {state.value: n for state, n in done.states.items()},
            {state.value: words for state, words in STATES.items()},
            done.accepted,
        ),
    ]
    return [figure for figure in drawn if figure is not None]


@page(ORGANISERS, "GET /organisation/{edition:edition}/chiffres/{figure:slug}.csv", "figure_sheet")
def figure_sheet(visit: Visit, edition: str, figure: str) -> Plain:
    """The table of one figure; it names nobody, so that taking it away is no fact."""
    found = edition_for(visit, edition)
    asked = next((one for one in _figures(visit, found) if one.key == figure), None)
    if asked is None:
        raise HTTPException(404)
    rows: list[list[Cell]] = [[shown(ShortDay(point.on)), point.value] for point in asked.points]
    for bar in asked.bars:
        rows.append([speak(bar.label), bar.value, *([bar.of] if len(asked.heads) > 2 else [])])  # noqa: PERF401
    return csv_sheet(f"{figure}-{found.slug}", [speak(head) for head in asked.heads], rows)
