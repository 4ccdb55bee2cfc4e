"""Who vouches for people: one file for each kind of provider, and those this site is configured for."""

from collections.abc import Callable

import httpx2

from sprint.account.providers import forgejo, gitlab, oidc, orcid, proconnect
from sprint.account.providers.demo import demo
from sprint.account.providers.github import GitHubProvider
from sprint.account.providers.openid import OpenIdProvider, Told
from sprint.account.providers.provider import Claims, Offer, Place, Provider
from sprint.provider_settings import Block, GitHub, OpenId
from sprint.provider_settings import Provider as Declared
from sprint.settings import Settings
from sprint.words import Both, Words, say

READERS: dict[str, Callable[[Told], Claims]] = {
    "proconnect": proconnect.read,
    "orcid": orcid.read,
    "gitlab": gitlab.read,
    "forgejo": forgejo.read,
    "oidc": oidc.read,
}
PLACES = {
    "proconnect": Place.ADMINISTRATION,
    "orcid": Place.RESEARCH,
    "github": Place.FORGE,
    "gitlab": Place.FORGE,
    "forgejo": Place.FORGE,
    "oidc": Place.OTHER,
}
WHOM = {
    Place.ADMINISTRATION: say(
        "Pour les agentes et agents de l’État, des collectivités, des hôpitaux et des établissements publics, avec "
        "l’adresse professionnelle."
    ),
    Place.RESEARCH: say("Pour les chercheuses et chercheurs, en France ou à l’étranger, avec ou sans organisme."),
}


def configured(
    settings: Settings,
    in_process: httpx2.AsyncBaseTransport | None = None,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> tuple[Provider, ...]:
    """The providers that are offered, in the order of the page; `in_process` reaches the demonstration's own."""
    declared = [_provider(one, settings.base_url, transport) for one in settings.providers]
    found = [*declared, *((demo(settings, in_process),) if settings.demo else ())]
    order = list(Place)
    return tuple(sorted(found, key=lambda one: order.index(one.offer.place)))


def leaving_origins(settings: Settings) -> tuple[str, ...]:
    """Where a form of this site may end up because signing out here signs out there too."""
    return tuple(sorted({one.origin for one in settings.providers if isinstance(one, OpenId) and one.sign_out}))


def _provider(block: Declared, base_url: str, transport: httpx2.AsyncBaseTransport | None) -> Provider:
    place = PLACES[block.kind]
    offer = Offer(place, say("%(brand)s", brand=block.brand), _whom(block, place))
    if isinstance(block, GitHub):
        return GitHubProvider(block, offer, base_url, transport)
    return OpenIdProvider(block, offer, base_url, READERS[block.kind], transport)


def _whom(block: Block, place: Place) -> Words:
    if block.whom:
        return say("%(whom)s", whom=Both(block.whom, block.whom_en or block.whom))
    if place is Place.FORGE:
        return say("Pour qui contribue sur %(forge)s.", forge=block.brand if block.host == "github.com" else block.host)
    return WHOM.get(place) or say("Pour qui a un compte sur %(host)s.", host=block.host)
