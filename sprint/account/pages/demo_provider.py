"""The demonstration's OpenID provider: real in all but its people. Its routes exist in a demonstration only (`app.py`).

OpenID Connect Core 1.0 and Discovery 1.0, authorization code with PKCE S256 alone; one public client, this site.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from sprint.account.actions.demo_codes import Asked, issue_code, key_for_signing, redeem_code
from sprint.account.providers import demo_tokens
from sprint.account.providers.demo import ALGORITHM, CLIENT_ID, PATH, issuer, redirect_uri
from sprint.account.providers.personas import PERSONAS, Persona, persona_called
from sprint.account.queries import demo_key
from sprint.web.audience import ANYONE
from sprint.web.frame import Frame
from sprint.web.headers import RequestLog
from sprint.web.page import Go, Plain, Show, page
from sprint.web.visit import Visit

NO_STORE = {"Cache-Control": "no-store"}
_SECRET = re.compile(r"[A-Za-z0-9._~-]{32,200}")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


def in_process(frame: Frame) -> ASGIApp:
    """The provider's routes alone, for the site to ask without leaving the process."""
    return RequestLog(Starlette(routes=[route for route in frame.routes() if route.path.startswith(PATH)]))


@dataclass(frozen=True)
class DemoPage:
    """Who one may be; `question` is the authorization request, kept whole in the form's address."""

    personas: tuple[Persona, ...]
    question: dict[str, str]


@page(ANYONE, "GET /demo-openid/.well-known/openid-configuration", "demo_discovery")
def demo_discovery(visit: Visit) -> Plain:
    """Where everything is (Discovery 1.0 §3)."""
    here = issuer(visit.settings)
    document = {
        "issuer": here,
        "authorization_endpoint": f"{here}/authorize",
        "token_endpoint": f"{here}/token",
        "userinfo_endpoint": f"{here}/userinfo",
        "jwks_uri": f"{here}/jwks",
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "scopes_supported": ["openid", "profile", "email"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "token_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "ui_locales_supported": ["fr", "en"],
    }
    return _json(document)


@page(ANYONE, "GET /demo-openid/jwks", "demo_jwks")
def demo_jwks(visit: Visit) -> Plain:
    """The public part of the key."""
    key = demo_key(visit.db)
    return _json({"keys": [demo_tokens.public_part(key)] if key else []})


@page(ANYONE, "GET /demo-openid/authorize", "demo_authorize")
def demo_authorize(visit: Visit) -> Show | Go:
    """Choose who to be, in the language the site asks for."""
    _asked(visit)
    question = dict(visit.request.query_params)
    if question.pop("ui_locales", "") == "en" and visit.language != "en":
        # Asked once: whoever then chooses French on the page stays there.
        return Go("demo_authorize", address=f"/en{PATH}/authorize?{urlencode(question)}")
    return Show("account/demo.html", DemoPage(PERSONAS, question))


@page(ANYONE, "POST /demo-openid/authorize", "demo_choose", shows="demo_authorize")
def demo_choose(visit: Visit) -> Go:
    """Back to the site with a code, or with a refusal."""
    asked, chosen = _asked(visit), str(visit.data.get("persona", ""))
    state = visit.request.query_params["state"]
    if not chosen:
        return Go("home", address=f"{asked.redirect_uri}?{urlencode({'error': 'access_denied', 'state': state})}")
    if persona_called(chosen) is None:
        raise HTTPException(400)
    code = issue_code(visit.db, chosen, asked, visit.now)
    return Go("home", address=f"{asked.redirect_uri}?{urlencode({'code': code, 'state': state})}")


@page(ANYONE, "POST /demo-openid/token", "demo_token", shows="demo_authorize")
def demo_token(visit: Visit) -> Plain:
    """Tokens for a code (RFC 6749 §4.1.3). One shown with anything wrong is not spent: no answer of 400 changes anything."""
    given = {name: value for name, value in visit.data.items() if isinstance(value, str)}
    if given.get("grant_type") != "authorization_code":
        return _json({"error": "unsupported_grant_type"}, 400)
    redeemed = redeem_code(visit.db, given.get("code", ""), visit.now)
    if redeemed is None or not _fits(redeemed[1], given):
        return _json({"error": "invalid_grant"}, 400)
    subject, asked = redeemed
    key, here = key_for_signing(visit.db, visit.now), issuer(visit.settings)
    answer = {
        "token_type": "Bearer",
        "expires_in": int(demo_tokens.LASTS.total_seconds()),
        "access_token": demo_tokens.access_token(key, here, subject, visit.now),
        "id_token": demo_tokens.id_token(key, here, asked.client_id, subject, asked.nonce, visit.now),
    }
    return _json(answer)


@page(ANYONE, "GET /demo-openid/userinfo", "demo_userinfo")
def demo_userinfo(visit: Visit) -> Plain:
    """Who the bearer of an access token is (Core §5.3)."""
    kind, _, token = visit.request.headers.get("authorization", "").partition(" ")
    key = demo_key(visit.db)
    here = issuer(visit.settings)
    subject = demo_tokens.subject_of(token, key, here, visit.now) if key and kind == "Bearer" else None
    persona = persona_called(subject) if subject else None
    if persona is None:
        challenge = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        return Plain(json.dumps({"error": "invalid_token"}), "application/json", 401, NO_STORE | challenge)
    return _json(
        {
            "sub": persona.key,
            "name": persona.name,
            "email": persona.email,
            "email_verified": True,
            "standing": persona.standing.value,
            "organisation": persona.organisation,
        }
    )


def _asked(visit: Visit) -> Asked:
    """The authorization request. One that does not hold stays here (400): it may send no browser elsewhere."""
    given = visit.request.query_params
    holds = (
        given.get("client_id") == CLIENT_ID
        and given.get("redirect_uri") == redirect_uri(visit.settings)
        and given.get("response_type") == "code"
        and "openid" in given.get("scope", "").split()
        and given.get("code_challenge_method") == "S256"
        and _CHALLENGE.fullmatch(given.get("code_challenge", ""))
        and all(_SECRET.fullmatch(given.get(name, "")) for name in ("state", "nonce"))
    )
    if not holds:
        raise HTTPException(400)
    return Asked(given["client_id"], given["redirect_uri"], given["nonce"], given["code_challenge"])


def _fits(asked: Asked, given: Mapping[str, str]) -> bool:
    """Whether the code is shown by whom it was made for, with the secret only they know (RFC 7636 §4.6)."""
    challenge = create_s256_code_challenge(given.get("code_verifier", ""))
    return (asked.client_id, asked.redirect_uri, asked.code_challenge) == (
        given.get("client_id"),
        given.get("redirect_uri"),
        challenge,
    )


def _json(body: Mapping[str, object], status: int = 200) -> Plain:
    return Plain(json.dumps(body), "application/json", status, NO_STORE)
