"""The recruiters' side: say why one searches, search, open a profile (which is written down first), propose a post."""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException

from sprint.talents.actions import Opened, Proposal, note_view, request_contact, state_reason
from sprint.talents.forms import ProposalForm, ReasonForm
from sprint.talents.letters import ZONE
from sprint.talents.queries.cards import Card, card_for, is_withdrawn
from sprint.talents.queries.pool import counts, found_cards
from sprint.talents.queries.recruiters import reason_of, recruiter_for
from sprint.talents.queries.sent import SentLine, last_request, requests_sent, sent_count
from sprint.talents.queries.works import Work, works_shown
from sprint.talents.rules.facets import COUNTED_TO, GROUPS, Facet, Wish, facets, wish_of
from sprint.talents.rules.recruiting import REASON_HOLDS, Recruiter, requesting
from sprint.talents.tables import SearchReason
from sprint.web import traces
from sprint.web.audience import RECRUITERS
from sprint.web.forms import Posted, clean, valid
from sprint.web.page import Go, Plain, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say


@dataclass(frozen=True)
class ReasonPage:
    """Before any profile: why one searches. Without `recruiter` one has no public employer, and sees nobody."""

    recruiter: Recruiter | None
    form: ReasonForm
    once: str
    errors: tuple[tuple[str, str], ...]
    has_one: bool


@dataclass(frozen=True)
class Found:
    """A card in the list, with its contributions."""

    card: Card
    works: tuple[Work, ...]


@dataclass(frozen=True)
class PoolPage:
    """What the recruiter finds."""

    reason: str
    wish: Wish
    facets: tuple[Facet, ...]
    chosen: tuple[tuple[str, str, Words], ...]
    total: int
    counted_to: int
    found: tuple[Found, ...]
    pages: Pagination
    requests: int
    filters_open: bool
    """Whether the filters are unfolded on a phone; it stands in the address, so it needs no script."""

    @property
    def toggled(self) -> str:
        """The question that folds or unfolds the filters."""
        return "?" + urlencode(self.wish.question + (() if self.filters_open else (("filtres", "1"),)))


@page(RECRUITERS, "GET /vivier", "pool", is_discreet=True)
def pool(visit: Visit) -> Show:
    """Search the pool; first of all, say why."""
    recruiter = recruiter_for(visit.db, visit.me.id, visit.now)
    reason = _reason(visit, recruiter)
    asked = visit.request.query_params
    if recruiter is None or reason is None or asked.get("motif") == "changer" or isinstance(visit.form, ReasonForm):
        return _ask_reason(visit, recruiter, reason)
    wish = wish_of(clean(asked.get("mot", "")), [(name, clean(value)) for name, value in asked.multi_items()])
    today = visit.now.astimezone(ZoneInfo(ZONE)).date()
    total, numbers = counts(visit.db, recruiter, wish, visit.now, today)
    pages = Pagination(asked_page(asked.get("page")), total, wish.question)
    cards = found_cards(visit.db, recruiter, wish, visit.now, today, pages.offset, pages.per_page)
    works = works_shown(visit.db, [card.key for card in cards], recruiter.id, visit.now)
    shown = PoolPage(
        reason.words,
        wish,
        facets(wish, numbers),
        tuple((group, value, GROUPS[group][1][value]) for group, value in wish.chosen),
        total,
        COUNTED_TO,
        tuple(Found(card, works.get(card.key, ())) for card in cards),
        pages,
        sent_count(visit.db, recruiter, visit.now),
        "filtres" in asked,
    )
    return Show("talents/pool.html", shown)


def _reason(visit: Visit, recruiter: Recruiter | None) -> SearchReason | None:
    return reason_of(visit.db, recruiter.id, visit.now - REASON_HOLDS) if recruiter else None


def _ask_reason(visit: Visit, recruiter: Recruiter | None, reason: SearchReason | None) -> Show:
    form = (
        visit.form if isinstance(visit.form, ReasonForm) else ReasonForm(data={"motif": reason.words if reason else ""})
    )
    errors = tuple((field.id, str(error)) for field in form for error in field.errors)
    return Show("talents/reason.html", ReasonPage(recruiter, form, visit.once(), errors, reason is not None))


@page(RECRUITERS, "POST /vivier", "state_reason", shows="pool", is_discreet=True)
def say_why(visit: Visit) -> Go:
    """Say why one searches, from now on."""
    recruiter = _recruiter(visit)
    form = valid(ReasonForm(Posted(visit.data)))
    state_reason(visit.db, recruiter, " ".join((form.motif.data or "").split()), form.once.data or "", visit.now)
    return Go("pool")


def _recruiter(visit: Visit) -> Recruiter:
    found = recruiter_for(visit.db, visit.me.id, visit.now)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found


# --- what one sent


@dataclass(frozen=True)
class SentPage:
    """The requests one sent."""

    lines: tuple["Sent", ...]
    pages: Pagination


@dataclass(frozen=True)
class Sent:
    """A request one sent, with its moments."""

    line: SentLine
    on: Moment
    until: Moment


@page(RECRUITERS, "GET /vivier/demandes", "sent_requests", is_discreet=True)
def sent_requests(visit: Visit) -> Show:
    """What one proposed in the last twelve months, and what became of it."""
    recruiter = recruiter_for(visit.db, visit.me.id, visit.now)
    number = sent_count(visit.db, recruiter, visit.now) if recruiter else 0
    pages = Pagination(asked_page(visit.request.query_params.get("page")), number)
    lines = requests_sent(visit.db, recruiter, visit.now, pages.offset, pages.per_page) if recruiter else []
    shown = tuple(Sent(line, Moment(line.sent_at, ZONE), Moment(line.expires_at, ZONE)) for line in lines)
    return Show("talents/sent.html", SentPage(shown, pages))


# --- one profile


@dataclass(frozen=True)
class TalentPage:
    """One profile, what was proposed to it, and the form that proposes."""

    card: Card
    works: tuple[Work, ...]
    reason: str
    sent: SentLine | None
    until: Moment | None
    may_ask: bool
    form: ProposalForm
    once: str
    errors: tuple[tuple[str, str], ...]
    reasons: tuple[Words, ...]


@page(RECRUITERS, "GET /vivier/{profile:key}", "talent", is_discreet=True)
def talent(visit: Visit, profile: str) -> Show | Go | Plain:
    """Open a profile. That it was opened is written first; who only peeps (HEAD, prefetch) is shown nothing."""
    if _only_peeps(visit):
        return Plain("", "text/plain", HTTPStatus.SERVICE_UNAVAILABLE)
    recruiter = recruiter_for(visit.db, visit.me.id, visit.now)
    reason = _reason(visit, recruiter)
    if recruiter is None or reason is None:
        return Go(
            "pool",
            says=say("Dites d’abord pourquoi vous cherchez : les personnes dont vous ouvrez le profil le lisent."),
        )
    opened = traces.leave(visit.database, lambda db: note_view(db, recruiter, profile, reason.id or 0, visit.now))
    if opened != Opened.SEEN:
        raise HTTPException(_REFUSED[opened])
    return Show("talents/talent.html", _talent(visit, recruiter, profile, reason))


def _only_peeps(visit: Visit) -> bool:
    """Whether nobody reads the answer, for now: a browser that fetches ahead, or asks for the headers alone."""
    ahead = "".join(visit.request.headers.get(name, "") for name in ("sec-purpose", "purpose", "x-moz"))
    return visit.request.method == "HEAD" or "prefetch" in ahead


_REFUSED = {
    Opened.UNKNOWN: HTTPStatus.NOT_FOUND,
    Opened.GONE: HTTPStatus.GONE,
    Opened.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
}


def _talent(visit: Visit, recruiter: Recruiter, key: str, reason: SearchReason) -> TalentPage:
    card = card_for(visit.db, recruiter, key, visit.now)
    if card is None:
        # It was opened a moment ago and withdrawn since.
        raise HTTPException(HTTPStatus.GONE)
    sent = last_request(visit.db, recruiter, key, visit.now)
    form = visit.form if isinstance(visit.form, ProposalForm) else ProposalForm(data={"poste": reason.words})
    return TalentPage(
        card,
        works_shown(visit.db, [key], recruiter.id, visit.now).get(key, ()),
        reason.words,
        sent,
        Moment(sent.expires_at, ZONE) if sent else None,
        not requesting(sent.state if sent else None),
        form,
        visit.once(),
        tuple((field.id, str(error)) for field in form for error in field.errors),
        tuple(refusal.words for refusal in visit.refusals),
    )


@page(RECRUITERS, "POST /vivier/{profile:key}/demande", "request_contact", shows="talent", is_discreet=True)
def propose(visit: Visit, profile: str) -> Go:
    """Propose a post; the person answers within thirty days, or not."""
    recruiter = _recruiter(visit)
    if card_for(visit.db, recruiter, profile, visit.now) is None:
        is_theirs = is_withdrawn(visit.db, recruiter, profile)
        raise HTTPException(HTTPStatus.GONE if is_theirs else HTTPStatus.NOT_FOUND)
    form = valid(ProposalForm(Posted(visit.data)))
    texts = (form.poste.data, form.contrat.data, form.lieu.data, form.raison.data)
    proposal = Proposal(*(" ".join((text or "").split()) for text in texts))
    sent = request_contact(visit.db, recruiter, profile, proposal, form.once.data or "", visit.now)
    says = say("Votre demande est envoyée. La personne a 30 jours pour répondre.") if sent else None
    return Go("talent", {"profile": profile}, says=says)
