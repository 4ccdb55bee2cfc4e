"""The demonstration's provider, seen from the site: an ordinary OpenID provider that happens to run in this process."""

import httpx2

from sprint.account.providers.asking import text
from sprint.account.providers.openid import OpenIdProvider, Told
from sprint.account.providers.provider import Claims, Offer, Place
from sprint.people.tables import Standing
from sprint.provider_settings import OpenId
from sprint.settings import Settings
from sprint.words import say

NAME = "demo"
CLIENT_ID = "sprint"
PATH = "/demo-openid"
ALGORITHM = "Ed25519"
IDENTITY_ISSUER = "urn:sprint:demo"
"""Issuer under which these identities are kept: the provider's own moves with the port, its people do not."""

_OFFER = Offer(
    Place.DEMO,
    say("Démonstration"),
    say(
        "Cinq personnes inventées peuvent se connecter : une agente, une chercheuse, un membre de l’équipe qui "
        "organise, une recruteuse, et quelqu’un de l’extérieur. Aucun mot de passe n’est demandé."
    ),
)


def issuer(settings: Settings) -> str:
    return settings.base_url + PATH


def redirect_uri(settings: Settings) -> str:
    return f"{settings.base_url}/connexion/{NAME}/retour"


def demo(settings: Settings, transport: httpx2.AsyncBaseTransport | None) -> OpenIdProvider:
    """The provider as configured; `transport` reaches it without leaving the process."""
    # Not validated: its name is reserved, and a demonstration on a public host need not be https.
    block = OpenId.model_construct(
        name=NAME,
        kind="oidc",
        issuer=issuer(settings),
        client_id=CLIENT_ID,
        client_auth="none",
        algorithm=ALGORITHM,
        sign_out=False,
    )
    return OpenIdProvider(block, _OFFER, settings.base_url, _read, transport)


def _read(told: Told) -> Claims:
    info = told.info
    return Claims(
        provider=NAME,
        issuer=IDENTITY_ISSUER,
        subject=told.subject,
        name=text(info, "name", 120),
        email=text(info, "email", 254),
        email_verified=True,
        standing=Standing(text(info, "standing")),
        organisation=text(info, "organisation", 80) if info.get("organisation") else None,
    )
