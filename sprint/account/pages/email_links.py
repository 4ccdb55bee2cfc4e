"""Signing in by a link sent by e-mail, where the operator switched it on: asking for it, and the page it opens."""

import secrets
from dataclasses import dataclass

from starlette.exceptions import HTTPException

from sprint.account.actions import ask_link, use_link
from sprint.account.forms import AddressForm, NameForm
from sprint.account.letters import SIGN_IN_LINK, ZONE
from sprint.account.pages.sign_in import way_back
from sprint.account.queries.email_links import SentLink, email_link_called, owner_of_address
from sprint.account.rules import device_of
from sprint.account.rules.email_links import EMAIL_LINK_LASTS, using
from sprint.sessions import hashed
from sprint.web.audience import ANYONE
from sprint.web.cookies import EMAIL_LINK, SESSION, Jar
from sprint.web.forms import Posted, valid
from sprint.web.page import Go, SetCookie, Show, page
from sprint.web.sealed import is_sealed, sealed_key
from sprint.web.visit import Visit
from sprint.words import Moment, Words

SECONDS = int(EMAIL_LINK_LASTS.total_seconds())


@dataclass(frozen=True)
class AskingPage:
    """The form for an address; `is_sent` once it was sent, whatever became of it."""

    form: AddressForm
    back_to: str
    is_sent: bool


@page(ANYONE, "GET /connexion/courriel", "email_sign_in", is_discreet=True)
def email_sign_in(visit: Visit) -> Show:
    """Ask for a link."""
    _is_on(visit)
    form = visit.form if isinstance(visit.form, AddressForm) else AddressForm()
    is_sent = visit.request.query_params.get("envoi") == "1" and visit.form is None
    return Show("account/email_sign_in.html", AskingPage(form, way_back(visit.request), is_sent))


@page(
    ANYONE, "POST /connexion/courriel", "ask_email_link", shows="email_sign_in", is_discreet=True, limited="email-link"
)
def ask_email_link(visit: Visit) -> Go:
    """Send it. The answer is the same for an address that is known and for one that is not, and takes the same time."""
    _is_on(visit)
    form = valid(AddressForm(Posted(visit.data)))
    browser, back_to = secrets.token_urlsafe(32), way_back(visit.request)
    ask_link(visit.db, form.adresse.data, browser, visit.language, visit.now)
    jar = Jar(visit.settings)
    kept = jar.sign(EMAIL_LINK, {"browser": browser, "back_to": back_to})
    question = {"envoi": "1"} | ({"retour": back_to} if back_to else {})
    return Go("email_sign_in", question=question, cookies=(SetCookie(EMAIL_LINK, kept, SECONDS),))


@dataclass(frozen=True)
class LinkPage:
    """One link: for which address, whether it opens a new account, and why it does not serve (`over`)."""

    link: SentLink
    token: str
    until: Moment
    is_new: bool
    over: Words | None
    form: NameForm


@page(ANYONE, "GET /connexion/courriel/{link:key}", "email_link", is_discreet=True)
def email_link(visit: Visit, link: str) -> Show:
    """What the letter opens. It changes nothing: programs that look at mail open links too."""
    found = _link(visit, link)
    browser, _ = _kept(visit)
    is_same = hashed(browser) == found.browser
    reasons = using(found.expires_at, visit.now, is_used=found.is_used, is_same_browser=is_same)
    form = visit.form if isinstance(visit.form, NameForm) else NameForm()
    # Whether the address has an account is said to whoever holds both its link and the browser that asked.
    is_new = not reasons and owner_of_address(visit.db, found.email) is None
    over = reasons[0].words if reasons else None
    shown = LinkPage(found, link, Moment(found.expires_at, ZONE), is_new, over, form)
    return Show("account/email_link.html", shown)


@page(ANYONE, "POST /connexion/courriel/{link:key}", "use_email_link", shows="email_link", is_discreet=True)
def use_email_link(visit: Visit, link: str) -> Go:
    """Sign in."""
    found = _link(visit, link)
    browser, back_to = _kept(visit)
    form = NameForm(Posted(visit.data))
    if owner_of_address(visit.db, found.email) is None and visit.member is None:
        valid(form)
    token = use_link(
        visit.db,
        found.id,
        browser,
        form.nom.data or "",
        visit.member.id if visit.member else None,
        device_of(visit.request.headers.get("user-agent", "")),
        visit.now,
        leaving=visit.session_token,
        lasts=visit.settings.session_lasts,
    )
    session = SetCookie(SESSION, token, visit.settings.session_seconds)
    return Go("mine", address=back_to, cookies=(session, SetCookie(EMAIL_LINK, "")))


def _is_on(visit: Visit) -> None:
    if not visit.settings.email_links:
        raise HTTPException(404)


def _link(visit: Visit, token: str) -> SentLink:
    """The link of a token that this site sealed, else 404."""
    _is_on(visit)
    key = sealed_key(token)
    is_ours = key is not None and is_sealed(visit.settings, SIGN_IN_LINK, key, 0, token)
    found = email_link_called(visit.db, key) if key is not None and is_ours else None
    if found is None:
        raise HTTPException(404)
    return found


def _kept(visit: Visit) -> tuple[str, str]:
    """The secret of the browser that asked and where it was going; empty in any other browser."""
    jar = Jar(visit.settings)
    kept = jar.unsign(EMAIL_LINK, visit.request.cookies.get(jar.name(EMAIL_LINK), ""), SECONDS)
    if not isinstance(kept, dict):
        return "", ""
    return str(kept.get("browser", "")), str(kept.get("back_to", ""))
