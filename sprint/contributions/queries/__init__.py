"""Reading contributions: one's own, those one reviews, those of an edition, and what is counted of them."""

from sprint.contributions.queries.figures import Figures, figures_in_short, figures_of_edition
from sprint.contributions.queries.lists import (
    Line,
    ReviewLine,
    contributions_for,
    contributions_of,
    editions_reviewed,
    states_for,
    tracks_reviewed,
)
from sprint.contributions.queries.one import Author, Sight, case_of, contribution_for, contribution_of, is_visible_to
from sprint.contributions.queries.results import Accepted, ResultLine, accepted_by, results
from sprint.contributions.queries.writing import (
    employers_of,
    ground_of,
    replayed,
    sent_back_to,
    taken,
    to_complete,
    waiting_of,
)

__all__ = [
    "Accepted",
    "Author",
    "Figures",
    "Line",
    "ResultLine",
    "ReviewLine",
    "Sight",
    "accepted_by",
    "case_of",
    "contribution_for",
    "contribution_of",
    "contributions_for",
    "contributions_of",
    "editions_reviewed",
    "employers_of",
    "figures_in_short",
    "figures_of_edition",
    "ground_of",
    "is_visible_to",
    "replayed",
    "results",
    "sent_back_to",
    "states_for",
    "taken",
    "to_complete",
    "tracks_reviewed",
    "waiting_of",
]
