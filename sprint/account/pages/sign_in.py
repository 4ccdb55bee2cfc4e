"""Signing in through a provider, and out. Two of these GETs write, because the protocol comes back by GET."""

import hmac
from dataclasses import asdict, dataclass
from http import HTTPStatus
from weakref import WeakKeyDictionary

import httpx2
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sprint import languages
from sprint.account.pages.arriving import NotNow, arrival, departure
from sprint.account.pages.demo_provider import in_process
from sprint.account.pages.invitations import shown_invitation
from sprint.account.pages.offers import Choice, choices_of
from sprint.account.providers import configured
from sprint.account.providers.failures import Failure, SignInFailed
from sprint.account.providers.proconnect import ABOUT
from sprint.account.providers.provider import Pending, Place, Provider
from sprint.account.rules import lasting, leads_back
from sprint.clock import now
from sprint.web import limits
from sprint.web.answers import PRIVATE
from sprint.web.audience import ANYONE
from sprint.web.cookies import SIGN_IN
from sprint.web.frame import Frame
from sprint.web.page import Go, SetCookie, Show, page
from sprint.web.visit import Visit, local_path
from sprint.words import Words

MINUTES = 10
"""How long a sign-in may take."""
log = structlog.get_logger("sprint.sign_in")


KNOWN: WeakKeyDictionary[Frame, tuple[Provider, ...]] = WeakKeyDictionary()
"""The providers of each application, which keep what they publish of themselves for as long as it runs."""


@dataclass(frozen=True)
class SignInPage:
    """The providers by their place on the page; `leads_back` says where one will be; `failure` what went wrong just now,
    and its id in the log."""

    choices: dict[Place, tuple[Choice, ...]]
    back_to: str
    leads_back: Words
    about_proconnect: str
    has_email_links: bool
    idle: Words
    lasts: Words
    failure: Words | None = None
    reference: str = ""

    @property
    def number(self) -> int:
        """How many ways to sign in there are."""
        return sum(map(len, self.choices.values())) + self.has_email_links


@page(ANYONE, "GET /connexion", "sign_in")
def choose_provider(visit: Visit) -> Show | Go:
    """Choose how to sign in; whoever is signed in goes where they were going."""
    back_to = way_back(visit.request)
    return Go("mine", address=back_to) if visit.member else _sign_in_page(visit, back_to)


@page(ANYONE, "GET /connexion/{provider:slug}", "sign_in_begin", writes=True)
async def sign_in_begin(frame: Frame, request: Request, provider: str) -> Response:
    """Send the browser to the provider, with what must come back kept in a signed cookie."""
    chosen = _provider(frame, provider)
    counted = await frame.in_writing_thread(limits.count, frame.database, frame.jar, request, "sign-in")
    try:
        leaving = await frame.in_thread(departure, frame, request, now())
    except NotNow as instead:
        return instead.response
    language = request.scope["state"]["language"]
    pending = Pending.begin(
        provider, language, way_back(request), leaving.purpose, leaving.person_id, leaving.invitation
    )
    try:
        address = await chosen.begin(pending)
    except SignInFailed as failed:
        return await frame.in_thread(_explain, frame, request, failed, provider, pending)
    response = RedirectResponse(address, 303, headers=PRIVATE)
    frame.jar.set(response, counted)
    frame.jar.set(response, SetCookie(SIGN_IN, frame.jar.sign(SIGN_IN, asdict(pending)), MINUTES * 60))
    return response


@page(ANYONE, "GET /connexion/{provider:slug}/retour", "sign_in_return", writes=True)
async def sign_in_return(frame: Frame, request: Request, provider: str) -> Response:
    """The provider sends the browser back: check, ask who it is, open the session."""
    chosen, pending = _provider(frame, provider), _pending(frame, request, provider)
    try:
        if pending is None:
            raise SignInFailed(Failure.LAPSED)
        # Bytes: what comes in an address may be no ASCII, which compare_digest refuses in text.
        if not hmac.compare_digest(request.query_params.get("state", "").encode(), pending.state.encode()):
            raise SignInFailed(Failure.CROSSED)
        if len(request.query_params.multi_items()) != len(request.query_params):
            # Whoever says a thing twice means one of them for somebody else (RFC 6749 §3.1).
            raise SignInFailed(Failure.CROSSED)
        claims = await chosen.finish(pending, request.query_params)
        response = await frame.in_writing_thread(arrival, frame, request, pending, claims, now())
    except SignInFailed as failed:
        return await frame.in_thread(_explain, frame, request, failed, provider, pending)
    frame.jar.set(response, SetCookie(SIGN_IN, ""))
    return response


def providers_of(frame: Frame) -> tuple[Provider, ...]:
    """The providers of this application."""
    known = KNOWN.get(frame)
    if known is None:
        transport = httpx2.ASGITransport(in_process(frame), raise_app_exceptions=False)
        known = KNOWN[frame] = configured(frame.settings, transport)
    return known


def provider_called(frame: Frame, name: str) -> Provider | None:
    """The provider of that name, if this site has one."""
    return next((known for known in providers_of(frame) if known.name == name), None)


def _provider(frame: Frame, name: str) -> Provider:
    found = provider_called(frame, name)
    if found is None:
        raise HTTPException(404)
    return found


def way_back(request: Request) -> str:
    """Where one came from, if that is a page of this site; coming back to signing in would lead nowhere."""
    address = local_path(request.query_params.get("retour", ""))
    first = address.removeprefix("/en").lstrip("/").partition("/")[0].partition("?")[0]
    return "" if first in ("connexion", "deconnexion", "demo-openid") else address


def _pending(frame: Frame, request: Request, provider: str) -> Pending | None:
    """The sign-in this browser began with this provider, if it is not too old."""
    kept = frame.jar.unsign(SIGN_IN, request.cookies.get(frame.jar.name(SIGN_IN), ""), MINUTES * 60)
    pending = Pending.kept(kept)
    return pending if pending is not None and pending.provider == provider else None


def _explain(frame: Frame, request: Request, failed: SignInFailed, provider: str, pending: Pending | None) -> Response:
    """The page where one signs in, saying what went wrong; what was pending is over."""
    state = request.scope["state"]
    if pending is not None:
        state["language"] = pending.language
    with languages.using(state["language"]), frame.database.reading() as db:
        visit = frame.visit(request, db)
        if failed.failure is Failure.LAPSED and visit.member:
            # Back button or reload after all went well: there is nothing to explain.
            return frame.answers.to(visit, Go("mine"))
        if failed.failure is Failure.SILENT:
            # Asked to stay silent, the provider says that nobody is signed in there: that is an answer, no error.
            back_to = {"retour": pending.back_to} if pending and pending.back_to else {}
            there = frame.links.to("sign_in", question=back_to)
            response = frame.answers.to(visit, Go("sign_in", address=there, says=failed.failure.words))
            frame.jar.set(response, SetCookie(SIGN_IN, ""))
            return response
        # The kind of error alone: its text may hold tokens.
        cause = type(failed.__cause__).__name__ if failed.__cause__ else ""
        log.warning("sign-in failed", id=state["request_id"], provider=provider, failure=str(failed), error=cause)
        if pending is not None and pending.purpose == "join":
            shown = shown_invitation(visit, pending.invitation, failed.failure.words, state["request_id"])
        else:
            shown = _sign_in_page(visit, pending.back_to if pending else "", failed.failure.words, state["request_id"])
        response = frame.answers.to(visit, Show(shown.template, shown.page, HTTPStatus.BAD_REQUEST))
    response.headers["Cache-Control"] = "no-store"
    frame.jar.set(response, SetCookie(SIGN_IN, ""))
    return response


def _sign_in_page(visit: Visit, back_to: str, failure: Words | None = None, reference: str = "") -> Show:
    choices = choices_of(visit.settings)
    shown = SignInPage(
        choices, back_to, leads_back(back_to), ABOUT, visit.settings.email_links,
        lasting(visit.settings.session_idle_hours), lasting(visit.settings.session_hours), failure, reference,
    )  # fmt: skip
    return Show("account/sign_in.html", shown)
