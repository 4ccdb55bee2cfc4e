"""Discovery and keys: kept for an hour, asked anew for a key nobody knows, survived for a day when the provider is down."""

from collections.abc import Callable
from datetime import datetime, timedelta

import httpx2
import pytest
from starlette.testclient import TestClient

from sprint.provider_settings import block_of
from sprint.settings import Settings
from tests.account.conftest import Hosts
from tests.account.double import CLIENT, HOST, SECRET, Answer, Double
from tests.account.flow import assert_explained, begun_at, says
from tests.makers import NOW

Move = Callable[[datetime], None]
DOWN: Answer = says("<html>Maintenance</html>", 503, "text/html")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    told = {"kind": "oidc", "issuer": HOST, "client_id": CLIENT, "client_secret": SECRET}
    return settings.model_copy(update={"providers": (block_of("idp", told),)})


@pytest.fixture
def double(hosts: Hosts) -> Double:
    hosts.known["idp.example"] = known = Double()
    return known


def signed_in(client: TestClient, double: Double) -> httpx2.Response:
    double.used.clear()
    client.cookies.clear()
    return client.get(double.came_from(begun_at(client, "idp")), follow_redirects=False)


def asked(double: Double) -> list[str]:
    """What was asked since the last time."""
    found = [one.url.path.rpartition("/")[2] for one in double.asked]
    double.asked.clear()
    return found


def test_what_is_published_is_asked_once_an_hour(client: TestClient, double: Double, time: Move) -> None:
    assert signed_in(client, double).status_code == 303
    assert asked(double) == ["openid-configuration", "token", "jwks", "userinfo"]
    time(NOW + timedelta(minutes=59))
    assert signed_in(client, double).status_code == 303
    assert asked(double) == ["token", "userinfo"]
    time(NOW + timedelta(minutes=61))
    assert signed_in(client, double).status_code == 303
    assert asked(double) == ["openid-configuration", "token", "jwks", "userinfo"]


def test_a_new_key_is_fetched_when_a_token_names_it(client: TestClient, double: Double, time: Move) -> None:
    signed_in(client, double)
    time(NOW + timedelta(minutes=5))
    double.kid = "two"
    asked(double)
    assert signed_in(client, double).status_code == 303
    assert asked(double) == ["token", "jwks", "userinfo"]


def test_keys_nobody_knows_make_us_ask_once_a_minute(client: TestClient, double: Double, time: Move) -> None:
    signed_in(client, double)
    time(NOW + timedelta(minutes=5))
    asked(double)

    def stubborn(_request: httpx2.Request, response: httpx2.Response) -> httpx2.Response:
        return httpx2.Response(200, json=response.json() | {"id_token": double.signed(double.id_claims(), kid="three")})

    double.lies["token"] = stubborn
    for _ in range(3):
        assert_explained(signed_in(client, double), "ne pouvons pas vérifier")
    assert asked(double) == ["token", "jwks", "token", "token"]


def test_a_provider_that_is_down_for_its_document_and_keys_is_survived_for_a_day(
    client: TestClient, double: Double, time: Move
) -> None:
    signed_in(client, double)
    double.lies |= {"openid-configuration": DOWN, "jwks": DOWN}
    time(NOW + timedelta(hours=23))
    asked(double)
    assert signed_in(client, double).status_code == 303
    assert asked(double) == ["openid-configuration", "token", "jwks", "userinfo"]
    assert signed_in(client, double).status_code == 303
    assert asked(double) == ["token", "userinfo"], "it is left alone for a minute"
    time(NOW + timedelta(hours=25))
    assert_explained(client.get("/connexion/idp", follow_redirects=False), "ne répond pas")


def test_a_provider_that_was_never_there_is_asked_each_time(client: TestClient, double: Double) -> None:
    double.lies["openid-configuration"] = DOWN
    assert_explained(client.get("/connexion/idp", follow_redirects=False), "ne répond pas")
    del double.lies["openid-configuration"]
    assert signed_in(client, double).status_code == 303


def test_keys_of_kinds_we_do_not_know_are_passed_over(client: TestClient, double: Double) -> None:
    def more(_request: httpx2.Request, response: httpx2.Response) -> httpx2.Response:
        strange = [{"kty": "EC", "crv": "secp999"}, {"kty": "new"}, "x", None, {"kty": "RSA", "use": "enc"}]
        return httpx2.Response(200, json={"keys": [*strange, *response.json()["keys"]]})

    double.lies["jwks"] = more
    assert signed_in(client, double).status_code == 303
