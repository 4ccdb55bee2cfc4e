"""Signing out: here, in the browser, and at the provider where that is possible (OpenID Connect RP-Initiated Logout 1.0)."""

import hmac
import secrets
from dataclasses import replace

import structlog
from starlette.requests import Request
from starlette.responses import Response

from sprint import languages
from sprint.account.pages.sign_in import provider_called
from sprint.account.providers.failures import SignInFailed
from sprint.account.providers.provider import Provider
from sprint.clock import now
from sprint.sessions import close_session, logout_hint
from sprint.web.answers import request_id
from sprint.web.audience import ANYONE
from sprint.web.cookies import SESSION, SIGN_OUT, Jar
from sprint.web.frame import Frame
from sprint.web.page import Go, SetCookie, page
from sprint.web.visit import Visit
from sprint.words import say

SECONDS = 600
"""How long the provider's page may take."""
CLEARED = {"Clear-Site-Data": '"cache", "storage"'}
"""Not "cookies": that would sign people out of every site of the same registered domain."""
DONE = say("Vous êtes déconnecté·e.")
log = structlog.get_logger("sprint.sign_in")


@page(ANYONE, "POST /deconnexion", "sign_out", shows="home")
async def sign_out(frame: Frame, request: Request) -> Response:
    """End the session on the server, then in the browser, then at the provider."""
    name, id_token = await frame.in_writing_thread(_close, frame, request)
    provider = provider_called(frame, name)
    go = await _there_too(frame, request, provider, id_token) if provider and id_token else Go("home", says=DONE)
    with languages.using(request.scope["state"]["language"]):
        response = frame.answers.go(replace(go, cookies=(*go.cookies, SetCookie(SESSION, ""))))
    response.headers.update(CLEARED)
    return response


@page(ANYONE, "GET /deconnexion/{provider:slug}/retour", "signed_out")
def signed_out(visit: Visit, provider: str) -> Go:
    """The provider sends the browser back. Nothing is left to do: the state only tells whether this browser went there."""
    jar, asked = Jar(visit.settings), visit.request.query_params.get("state", "")
    sent = jar.unsign(SIGN_OUT, visit.request.cookies.get(jar.name(SIGN_OUT), ""), SECONDS)
    went = isinstance(sent, str) and hmac.compare_digest(sent.encode(), asked.encode())
    return Go("home", says=DONE if went else None, cookies=(SetCookie(SIGN_OUT, ""),))


def _close(frame: Frame, request: Request) -> tuple[str, str | None]:
    token = request.cookies.get(frame.jar.name(SESSION), "")
    with frame.database.writing() as db:
        hint = logout_hint(db, token)
        close_session(db, token, now())
    return hint


async def _there_too(frame: Frame, request: Request, provider: Provider, id_token: str) -> Go:
    state = secrets.token_urlsafe(32)
    try:
        address = await provider.leave(id_token, state)
    except SignInFailed as failed:
        log.warning("sign-out failed", id=request_id(request), provider=provider.name, failure=str(failed))
        words = say(
            "Vous êtes déconnecté·e de ce site, mais %(brand)s n’a pas répondu : si d’autres se servent de cet "
            "appareil, déconnectez-vous aussi là-bas.",
            brand=provider.offer.brand,
        )
        return Go("home", says=words)
    if address is None:
        return Go("home", says=DONE)
    return Go("home", address=address, cookies=(SetCookie(SIGN_OUT, frame.jar.sign(SIGN_OUT, state), SECONDS),))
