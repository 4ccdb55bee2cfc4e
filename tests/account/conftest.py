"""What the tests of accounts share."""

from collections.abc import Callable

import httpx2
import pytest
from starlette.testclient import TestClient

from sprint.account.pages import sign_in
from sprint.account.providers import configured
from tests.account.flow import Network
from tests.browser import Browser


@pytest.fixture
def client(browser: Callable[..., Browser]) -> TestClient:
    """The client of a browser nobody is signed in with."""
    return browser().client


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    """The network between this site and the provider."""
    network = Network()

    def reached(settings, transport=None):  # type: ignore[no-untyped-def]
        network.real = transport or network.real
        return configured(settings, network)

    monkeypatch.setattr(sign_in, "configured", reached)
    return network


class Hosts(httpx2.AsyncBaseTransport):
    """The network: each host leads to what answers there."""

    def __init__(self) -> None:
        self.known: dict[str, httpx2.AsyncBaseTransport] = {}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        return await self.known[request.url.host].handle_async_request(request)


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> Hosts:
    """The network between this site and the providers it is configured for."""
    network = Hosts()
    monkeypatch.setattr(sign_in, "configured", lambda given, in_process=None: configured(given, in_process, network))
    return network
