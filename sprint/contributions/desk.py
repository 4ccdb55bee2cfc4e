"""The side of mentors and organisers: what waits for them, accepting several at once, sending one back."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.contributions.actions import accept, send_back
from sprint.contributions.forms import ReasonForm
from sprint.contributions.pages.noting import BADGES
from sprint.contributions.queries import (
    ReviewLine,
    contribution_for,
    contributions_for,
    editions_reviewed,
    states_for,
    tracks_reviewed,
)
from sprint.contributions.rules import KINDS, STATES, organises, reviews, takes_contributions
from sprint.contributions.tables import Kind, State
from sprint.programme.queries import EditionView, edition_seen, seen_by
from sprint.web.audience import REVIEWERS
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Words, say, say_count

SHOWN: dict[str, State | None] = {
    "": State.PROPOSED,
    "acceptees": State.ACCEPTED,
    "renvoyees": State.SENT_BACK,
    "toutes": None,
}
"""What the address names; without a name, what waits."""
LABELS: dict[str, Words] = {
    "": say("À relire"),
    "acceptees": say("Acceptées"),
    "renvoyees": say("Renvoyées"),
    "toutes": say("Toutes"),
}


@dataclass(frozen=True)
class Filter:
    """A state one may list, with how many there are."""

    name: str
    words: Words
    number: int
    is_here: bool


@dataclass(frozen=True)
class ReviewPage:
    """The contributions one reviews in an edition; `organises` has the desk's menu, a mentor has their tracks alone."""

    edition: EditionView
    organises: bool
    lines: tuple[ReviewLine, ...]
    pages: Pagination
    filters: tuple[Filter, ...]
    shown: str
    track: str
    tracks: tuple[tuple[str, str], ...]
    refusals: tuple[Words, ...]
    ticked: frozenset[str]
    kinds: dict[Kind, Words]
    states: dict[State, Words]
    badges: dict[State, str]

    @property
    def edition_name(self) -> str:
        return self.edition.name

    @property
    def question(self) -> dict[str, str]:
        return {"parcours": self.track} if self.track else {}


@page(REVIEWERS, "GET /organisation/relectures", "reviews")
def reviews_of_mine(visit: Visit) -> Go:
    """To the edition in which one reviews: the one that takes contributions, else the latest."""
    mine = seen_by(editions_reviewed(visit.db, visit.me), visit.me, visit.now)
    if not mine:
        raise HTTPException(404)
    taking = [view for view in mine if takes_contributions(view.calendar, visit.now)]
    return Go("review", {"edition": (taking or mine)[0].slug})


@page(REVIEWERS, "GET /organisation/{edition:edition}/contributions", "review")
def review(visit: Visit, edition: str) -> Show:
    """What waits to be reviewed, by order of arrival; and what was decided."""
    found, tracks = _reviewed(visit, edition)
    asked = visit.request.query_params
    shown = asked.get("etat", "") if asked.get("etat", "") in SHOWN else ""
    track = next((slug for slug, _ in tracks if slug == asked.get("parcours")), "")
    number = asked_page(asked.get("page"))
    total, lines = contributions_for(visit.db, visit.me, found, track, SHOWN[shown], number)
    question = tuple((name, value) for name, value in (("etat", shown), ("parcours", track)) if value)
    page = ReviewPage(
        edition=found,
        organises=organises(visit.me, found.id),
        lines=tuple(lines),
        pages=Pagination(number, total, question),
        filters=_filters(states_for(visit.db, visit.me, found.id), shown),
        shown=shown,
        track=track,
        tracks=tuple(tracks),
        refusals=tuple(reason.words for reason in visit.refusals),
        ticked=frozenset(Posted(visit.data).getlist("contribution")),
        kinds=KINDS,
        states=STATES,
        badges=BADGES,
    )
    return Show("contributions/review.html", page)


def _reviewed(visit: Visit, slug: str) -> tuple[EditionView, list[tuple[str, str]]]:
    """An edition in which the person reviews something, with the tracks; else 404."""
    found = edition_seen(visit.db, slug, visit.member, visit.now)
    tracks = tracks_reviewed(visit.db, visit.me, found.id) if found else []
    if found is None or not (tracks or organises(visit.me, found.id)):
        raise HTTPException(404)
    return found, tracks


def _filters(numbers: dict[State, int], shown: str) -> tuple[Filter, ...]:
    every = sum(numbers.values())
    counted = {name: every if state is None else numbers.get(state, 0) for name, state in SHOWN.items()}
    return tuple(Filter(name, LABELS[name], counted[name], name == shown) for name in SHOWN)


@page(REVIEWERS, "POST /organisation/{edition:edition}/contributions/acceptation", "accept_several", shows="review")
def accept_several(visit: Visit, edition: str) -> Go:
    """Accept those that are ticked, all or none."""
    found, _ = _reviewed(visit, edition)
    ids = [int(text) for text in Posted(visit.data).getlist("contribution") if text.isascii() and text.isdigit()]
    number = _accept(visit, found, ids)
    says = say_count(
        "%(number)s contribution est acceptée ; son auteur ou autrice en est prévenu·e.",
        "%(number)s contributions sont acceptées ; leurs auteurs et autrices en sont prévenus.",
        number,
    )
    return Go("review", {"edition": edition}, says=says if number else say("Cochez au moins une contribution."))


def _accept(visit: Visit, edition: EditionView, ids: list[int]) -> int:
    if any(one >= 2**31 for one in ids) or len(ids) > Pagination(1, 0).per_page:
        raise HTTPException(404)
    try:
        return accept(visit.db, visit.me, edition, ids, visit.now) if ids else 0
    except LookupError as error:
        raise HTTPException(404) from error


@page(REVIEWERS, "POST /contributions/{contribution:int}/acceptation", "accept", shows="contribution")
def accept_one(visit: Visit, contribution: int) -> Go:
    """Accept one, from its page."""
    edition = _edition_of(visit, contribution)
    _accept(visit, edition, [contribution])
    says = say("La contribution est acceptée ; son auteur ou autrice en est prévenu·e.")
    return Go("contribution", {"contribution": contribution}, says=says)


@page(REVIEWERS, "POST /contributions/{contribution:int}/renvoi", "send_back", shows="contribution")
def send_one_back(visit: Visit, contribution: int) -> Go:
    """Send one back with a reason."""
    edition = _edition_of(visit, contribution)
    form = valid(ReasonForm(Posted(visit.data)))
    send_back(visit.db, visit.me, edition, contribution, form.motif.data or "", visit.now)
    says = say("La contribution est renvoyée avec votre motif.")
    return Go("review", {"edition": edition.slug}, says=says)


def _edition_of(visit: Visit, contribution: int) -> EditionView:
    """The edition of a contribution that the person may review, else 404."""
    found = contribution_for(visit.db, visit.me, contribution)
    if found is None or not reviews(visit.me, found.case):
        raise HTTPException(404)
    return found.edition
