"""One's own place in the pool: what is asked, who looked, what one agreed to, and the way out."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException

from sprint.talents.actions import (
    accept_contact,
    decline_contact,
    exclude_organisation,
    hide_contributions,
    leave_pool,
    renew_consent,
    show_contributions,
)
from sprint.talents.letters import ZONE
from sprint.talents.notice import Notice, current_notice, receipt
from sprint.talents.pages.profile import shown_form
from sprint.talents.queries.mine import (
    OwnConsent,
    RequestLine,
    ViewLine,
    consent_events,
    consents_of,
    profile_of,
    requests_to,
    views_count,
    views_of,
)
from sprint.talents.rules.labels import PURPOSES, REQUEST_STATES, pseudonym
from sprint.talents.tables import Purpose, RequestState
from sprint.web.audience import SIGNED_IN
from sprint.web.page import Go, Plain, Show, page
from sprint.web.pagination import Pagination, asked_page
from sprint.web.visit import Visit
from sprint.words import Moment, Words, say

FIRST_VIEWS = 10


@dataclass(frozen=True)
class Choice:
    """One purpose: what holds of it."""

    purpose: Purpose
    words: Words
    consent: OwnConsent | None
    on: date | None


@dataclass(frozen=True)
class Asked:
    """A contact request with its words."""

    line: RequestLine
    state: Words
    is_open: bool
    until: Moment


@dataclass(frozen=True)
class MyPoolPage:
    """My profile in the pool. `hidden` says why nobody sees it, when nobody does."""

    pseudonym: Words
    hidden: Words | None
    until: date
    choices: tuple[Choice, ...]
    open: tuple[Asked, ...]
    ended: tuple[Asked, ...]
    views: tuple["Seen", ...]
    views_number: int
    viewers: int
    purposes: dict[str, Words]
    reasons: tuple[Words, ...]


@dataclass(frozen=True)
class Seen:
    """A view, with its day."""

    line: ViewLine
    on: date


def _day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(ZONE)).date()


@page(SIGNED_IN, "GET /moi/vivier", "my_pool", is_discreet=True)
def my_pool(visit: Visit) -> Show:
    """In the pool: requests, views, choices. Outside: the notice and the form to join."""
    profile = profile_of(visit.db, visit.me.id)
    if profile is None:
        return shown_form(visit, None)
    consents = consents_of(visit.db, profile)
    asked = [_asked(line) for line in requests_to(visit.db, visit.me.id, visit.now)]
    number, viewers = views_count(visit.db, visit.me.id, visit.now)
    shown = MyPoolPage(
        pseudonym=pseudonym(profile.tree, profile.number),
        hidden=_why_hidden(consents[Purpose.VISIBLE], visit.now),
        until=_day(consents[Purpose.VISIBLE].expires_at),
        choices=tuple(_choice(one, consents.get(one)) for one in Purpose),
        open=tuple(one for one in asked if one.is_open),
        ended=tuple(one for one in asked if not one.is_open),
        views=_seen(views_of(visit.db, visit.me.id, visit.now, 0, FIRST_VIEWS)),
        views_number=number,
        viewers=viewers,
        purposes={one.value: words for one, words in PURPOSES.items()},
        reasons=tuple(reason.words for reason in visit.refusals),
    )
    return Show("talents/mine.html", shown)


def _why_hidden(consent: OwnConsent, now: datetime) -> Words | None:
    if not consent.is_of_today:
        return say(
            "La notice a changé depuis votre accord : votre profil est masqué tant que vous ne l’avez pas renouvelé."
        )
    if not consent.holds(now):
        return say(
            "Votre accord est arrivé à son terme : votre profil est masqué tant que vous ne l’avez pas renouvelé."
        )
    return None


def _choice(purpose: Purpose, consent: OwnConsent | None) -> Choice:
    return Choice(purpose, PURPOSES[purpose], consent, _day(consent.at) if consent else None)


def _asked(line: RequestLine) -> Asked:
    return Asked(line, REQUEST_STATES[line.state], line.state == RequestState.OPEN, Moment(line.expires_at, ZONE))


def _seen(lines: list[ViewLine]) -> tuple[Seen, ...]:
    return tuple(Seen(line, _day(line.at)) for line in lines)


# --- what one does


@page(SIGNED_IN, "POST /moi/vivier/retrait", "leave_pool", shows="my_pool", is_discreet=True)
def leave(visit: Visit) -> Go:
    """Leave at once; no reason is asked."""
    left = leave_pool(visit.db, visit.me.id, visit.language, visit.now)
    return Go("my_pool", says=say("Votre profil est retiré du vivier. Personne ne le voit plus.") if left else None)


@page(SIGNED_IN, "POST /moi/vivier/renouvellement", "renew_consent", shows="my_pool", is_discreet=True)
def renew(visit: Visit) -> Go:
    """Agree for twelve more months, to the notice of today."""
    given = visit.data.getlist("but")
    purposes = [one for one in Purpose if one.value in given]
    renew_consent(visit.db, visit.me.id, purposes, visit.language, visit.now)
    return Go("my_pool", says=say("Votre accord est renouvelé pour 12 mois."))


@page(SIGNED_IN, "POST /moi/vivier/contributions", "show_contributions", shows="my_pool", is_discreet=True)
def agree_to_contributions(visit: Visit) -> Go:
    """Agree that the contributions one chose are shown."""
    show_contributions(visit.db, visit.me.id, visit.language, visit.now)
    return Go("my_profile", anchor="contributions", says=say("C’est noté : choisissez les contributions à montrer."))


@page(SIGNED_IN, "POST /moi/vivier/contributions/retrait", "hide_contributions", shows="my_pool", is_discreet=True)
def take_contributions_back(visit: Visit) -> Go:
    """Show no contributions any more."""
    hide_contributions(visit.db, visit.me.id, visit.language, visit.now)
    return Go("my_pool", says=say("Vos contributions ne sont plus montrées."))


@page(SIGNED_IN, "POST /moi/vivier/exclusions", "exclude_organisation", shows="my_pool", is_discreet=True)
def exclude(visit: Visit) -> Go:
    """Be hidden from the organisation of somebody who looked."""
    given = str(visit.data.get("organisme", ""))
    seen = {line.organisation_id for line in views_of(visit.db, visit.me.id, visit.now)}
    if not given.isascii() or not given.isdigit() or int(given) not in seen:
        raise HTTPException(404)
    exclude_organisation(visit.db, visit.me.id, int(given), visit.now)
    return Go("my_pool", anchor="vues", says=say("C’est noté : cet organisme ne vous voit plus."))


@page(
    SIGNED_IN,
    "POST /moi/vivier/demandes/{request:int}/acceptation",
    "accept_contact",
    shows="my_pool",
    is_discreet=True,
)
def accept(visit: Visit, request: int) -> Go:
    """Accept a request: each reads the name and the address of the other."""
    accept_contact(visit.db, visit.me.id, request, visit.now)
    return Go("my_pool", says=say("C’est accepté : vous voyez l’adresse l’un·e de l’autre."))


@page(SIGNED_IN, "POST /moi/vivier/demandes/{request:int}/refus", "decline_contact", shows="my_pool", is_discreet=True)
def decline(visit: Visit, request: int) -> Go:
    """Decline a request; no reason is asked."""
    decline_contact(visit.db, visit.me.id, request, visit.now)
    return Go("my_pool", says=say("C’est décliné. La personne en est prévenue, sans motif."))


# --- what one takes away


@dataclass(frozen=True)
class MyViewsPage:
    """Everybody who looked, in the last twelve months."""

    views: tuple[Seen, ...]
    number: int
    viewers: int
    pages: Pagination
    is_in: bool


@page(SIGNED_IN, "GET /moi/vivier/consultations", "my_views", is_discreet=True)
def my_views(visit: Visit) -> Show:
    """Who opened my profile, and why; also after one left."""
    number, viewers = views_count(visit.db, visit.me.id, visit.now)
    pages = Pagination(asked_page(visit.request.query_params.get("page")), number)
    lines = views_of(visit.db, visit.me.id, visit.now, pages.offset, pages.per_page)
    is_in = profile_of(visit.db, visit.me.id) is not None
    return Show("talents/my_views.html", MyViewsPage(_seen(lines), number, viewers, pages, is_in))


@page(SIGNED_IN, "GET /moi/vivier/recus", "my_receipts", is_discreet=True)
def my_receipts(visit: Visit) -> Plain:
    """The receipts of one's consents as JSON, or with `?numero=` the one of that number."""
    number = visit.request.query_params.get("numero", "")
    events = [one for one in consent_events(visit.db, visit.me.id) if number in ("", one.receipt)]
    if number and not events:
        raise HTTPException(404)
    told = [receipt(one, visit.me.name) for one in events]
    body = json.dumps(told[0] if number else told, ensure_ascii=False, indent=2)
    name = f"recu-{number}.json" if number else "recus-vivier.json"
    return Plain(body, "application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@dataclass(frozen=True)
class NoticePage:
    """The notice in full."""

    notice: Notice


@page(SIGNED_IN, "GET /moi/vivier/notice", "pool_notice", is_discreet=True)
def pool_notice(visit: Visit) -> Show:
    """Everything one should know before agreeing."""
    return Show("talents/notice.html", NoticePage(current_notice(visit.language)))
