"""The providers that a page offers, by their place on it."""

from dataclasses import dataclass

from sprint.account.providers import configured
from sprint.account.providers.provider import Place
from sprint.account.rules.email_links import EMAIL_PROVIDER
from sprint.settings import Settings
from sprint.words import Words, say


@dataclass(frozen=True)
class Choice:
    """One provider of those offered: its name in addresses, what people call it, who it is for."""

    name: str
    brand: Words
    whom: Words


def choices_of(settings: Settings) -> dict[Place, tuple[Choice, ...]]:
    """The providers of this site under each heading, in the order of the page."""
    known = configured(settings)
    return {
        place: tuple(Choice(one.name, one.offer.brand, one.offer.whom) for one in known if one.offer.place is place)
        for place in Place
    }


def brands_of(settings: Settings) -> dict[str, Words]:
    """What people call each way of signing in, by its name."""
    by_email = {EMAIL_PROVIDER: say("Lien par courriel")}
    return by_email | {one.name: one.offer.brand for one in configured(settings)}


def brand_of(name: str, brands: dict[str, Words]) -> Words:
    """What people call a provider; the name of its settings when it is offered no more."""
    return brands.get(name) or say("%(name)s", name=name)
