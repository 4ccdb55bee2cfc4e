"""A contribution on its page: everything for its authors and those who review it, what its authors chose for everybody else."""

from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException

from sprint.contributions import rules
from sprint.contributions.actions import hide_name, show_name, withdraw
from sprint.contributions.forms import ReasonForm
from sprint.contributions.pages.correcting import own_contribution
from sprint.contributions.pages.noting import BADGES
from sprint.contributions.queries import Author, Sight, contribution_for
from sprint.contributions.rules import KINDS, STATES
from sprint.contributions.tables import State
from sprint.web.audience import ANYONE, SIGNED_IN
from sprint.web.page import Go, Show, page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say


@dataclass(frozen=True)
class Whole:
    """What authors and reviewers read besides."""

    done_on: date
    description: str
    logged_at: Moment
    is_late: bool
    reason: str
    answer: str
    hours: str
    sha256: str | None


@dataclass(frozen=True)
class Own:
    """What one may do with one's own."""

    may_correct: bool
    may_answer: bool
    may_withdraw: bool
    is_named: bool


@dataclass(frozen=True)
class Decision:
    """What a mentor or organiser may do: decide, or read why not."""

    reasons: tuple[Words, ...]
    edition: str
    motif: str
    errors: tuple[str, ...]


@dataclass(frozen=True)
class ContributionPage:
    """A contribution as this person may read it. Names and links are those its authors chose to show, or all of them."""

    id: int
    title: str
    kind: Words
    state: Words
    badge: str
    edition: str
    edition_name: str
    track_slug: str | None
    track: str | None
    project: str | None
    month: date
    credits: tuple[str | Words, ...]
    names: tuple[str, ...]
    links: tuple[str, ...]
    whole: Whole | None
    own: Own | None
    decision: Decision | None
    refusals: tuple[Words, ...]


@page(ANYONE, "GET /contributions/{contribution:int}", "contribution")
def contribution(visit: Visit, contribution: int) -> Show:
    """One contribution, for those who may see it."""
    found = contribution_for(visit.db, visit.member, contribution)
    if found is None:
        raise HTTPException(404)
    return Show("contributions/contribution.html", _page(visit, found))


def _page(visit: Visit, found: Sight) -> ContributionPage:
    case = found.case
    is_own = visit.member is not None and visit.member.id in case.author_ids
    reviews = visit.member is not None and rules.reviews(visit.member, case)
    sees_all = is_own or reviews
    return ContributionPage(
        id=case.id,
        title=case.title,
        kind=KINDS[found.kind],
        state=STATES[case.state],
        badge=BADGES[case.state],
        edition=found.edition.slug,
        edition_name=found.edition.name,
        track_slug=found.track_slug,
        track=found.track,
        project=found.project,
        month=found.done_on.replace(day=1),
        credits=tuple(name or OWN_TIME for name in dict.fromkeys(one.organisation for one in found.authors)),
        names=tuple(one.name for one in found.authors if sees_all or one.is_named),
        # A link is often a login: it is public when everybody it could name chose to be named.
        links=found.links if sees_all or found.everyone_is_named else (),
        whole=_whole(found) if sees_all else None,
        own=_own(visit, found) if is_own else None,
        decision=_decision(visit, found) if reviews and not is_own and case.state == State.PROPOSED else None,
        refusals=tuple(reason.words for reason in visit.refusals),
    )


OWN_TIME = say("temps personnel")


def _whole(found: Sight) -> Whole:
    minutes = sum(one.minutes or 0 for one in found.authors)
    return Whole(
        found.done_on,
        found.description,
        Moment(found.logged_at, found.edition.calendar.zone),
        found.case.is_late,
        found.reason,
        found.answer,
        f"{minutes / 60:g}" if minutes else "",
        found.sha256,
    )


def _own(visit: Visit, found: Sight) -> Own:
    case = found.case
    me: Author = next(one for one in found.authors if one.person_id == visit.me.id)
    return Own(
        not rules.correcting(case),
        not rules.answering(case),
        not rules.withdrawing(case),
        me.is_named,
    )


def _decision(visit: Visit, found: Sight) -> Decision:
    form = visit.form if isinstance(visit.form, ReasonForm) else ReasonForm()
    return Decision(
        tuple(reason.words for reason in rules.deciding(found.case, visit.me)),
        found.edition.slug,
        form.motif.data or "",
        tuple(str(error) for error in form.motif.errors),
    )


# --- what stays an author's own


@page(SIGNED_IN, "POST /contributions/{contribution:int}/retrait", "withdraw_contribution", shows="contribution")
def take_back(visit: Visit, contribution: int) -> Go:
    """Withdraw one's contribution."""
    found = own_contribution(visit, contribution)
    withdraw(visit.db, visit.me.id, found.case.id, visit.now)
    return Go("my_contributions", says=say("La contribution est retirée."))


@page(SIGNED_IN, "POST /contributions/{contribution:int}/nom", "name_author", shows="contribution")
def be_named(visit: Visit, contribution: int) -> Go:
    """Show one's name in public results."""
    found = own_contribution(visit, contribution)
    show_name(visit.db, visit.me.id, found.case.id, visit.now)
    return Go(
        "contribution", {"contribution": contribution}, says=say("Votre nom est affiché dans les résultats publics.")
    )


@page(SIGNED_IN, "POST /contributions/{contribution:int}/anonymat", "unname_author", shows="contribution")
def be_named_no_more(visit: Visit, contribution: int) -> Go:
    """Take one's name off public results."""
    found = own_contribution(visit, contribution)
    hide_name(visit.db, visit.me.id, found.case.id, visit.now)
    return Go("contribution", {"contribution": contribution}, says=say("Votre nom n’est plus affiché."))
