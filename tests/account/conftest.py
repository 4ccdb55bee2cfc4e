"""What the tests of accounts share."""

from collections.abc import Callable

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
        network.real = transport
        return configured(settings, network)

    monkeypatch.setattr(sign_in, "configured", reached)
    return network
