"""The demonstration's provider, seen from the site: an ordinary OpenID provider that happens to run in this process."""

import httpx2

from sprint.account.providers.openid import Json, OpenIdProvider, text
from sprint.account.providers.provider import Claims, Offer
from sprint.people.tables import Standing
from sprint.settings import Settings
from sprint.words import say

NAME = "demo"
CLIENT_ID = "sprint"
PATH = "/demo-openid"
ALGORITHM = "Ed25519"
IDENTITY_ISSUER = "urn:sprint:demo"
"""Issuer under which these identities are kept: the provider's own moves with the port, its people do not."""

_OFFER = Offer(
    title=say("Ceci est une démonstration"),
    whom=say(
        "Cinq personnes inventées peuvent se connecter : une agente, une chercheuse, un membre de l’équipe qui "
        "organise, une recruteuse, et quelqu’un de l’extérieur. Aucun mot de passe n’est demandé."
    ),
    label=say("Continuer avec la démonstration"),
    button="primary",
)


def issuer(settings: Settings) -> str:
    return settings.base_url + PATH


def redirect_uri(settings: Settings) -> str:
    return f"{settings.base_url}/connexion/{NAME}/retour"


def demo(settings: Settings, transport: httpx2.AsyncBaseTransport | None) -> OpenIdProvider:
    """The provider as configured; `transport` reaches it without leaving the process."""
    return OpenIdProvider(
        name=NAME,
        offer=_OFFER,
        issuer=issuer(settings),
        client_id=CLIENT_ID,
        redirect_uri=redirect_uri(settings),
        algorithm=ALGORITHM,
        read=_read,
        scope="openid profile email",
        transport=transport,
    )


def _read(subject: str, info: Json) -> Claims:
    return Claims(
        provider=NAME,
        issuer=IDENTITY_ISSUER,
        subject=subject,
        name=text(info, "name", 120),
        email=text(info, "email", 254),
        email_verified=True,
        standing=Standing(text(info, "standing")),
        organisation=text(info, "organisation", 80) if info.get("organisation") else None,
    )
