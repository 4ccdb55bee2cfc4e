"""Who vouches for people: one file for each provider, and those this site is configured for."""

import httpx2

from sprint.account.providers.demo import demo
from sprint.account.providers.provider import Provider
from sprint.settings import Settings


def configured(settings: Settings, in_process: httpx2.AsyncBaseTransport | None = None) -> tuple[Provider, ...]:
    """The providers that are offered, in order; `in_process` reaches the demonstration's own."""
    return (demo(settings, in_process),) if settings.demo else ()
