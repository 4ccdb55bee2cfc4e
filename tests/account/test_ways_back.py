"""Where a sign-in leads back: to a page of this site, whatever the address says."""

from urllib.parse import urljoin, urlsplit

import pytest
from starlette.testclient import TestClient

from sprint.database import Database
from sprint.web.visit import local_path
from tests.account.flow import came_back

AWAY = [
    "//evil.example",
    "///evil.example",
    "////evil.example/..",
    "//evil.example@localhost",
    "//[evil",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/x\\..\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie: sprint=x",
    "\t//evil.example",
    " //evil.example",
    "http://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "HTTP://evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "?x",
    "#x",
    "",
    "http://[",
    "/" + "x" * 500,
    "/\x00",
    "/\u202egro.live",
    "/x\u2028y",
]
HERE = ["/", "/moi", "/en/moi", "/sprint-2027/parcours?mot=a&page=2", "/sprint-2027/parcours/keycloak#inscription"]
LOCAL_WHATEVER_IT_LOOKS_LIKE = [
    "/http://evil.example",
    "/%2F/evil.example",
    "/.//evil.example",
    "/ /evil.example",
    "/@evil",
]


@pytest.mark.parametrize("address", AWAY)
def test_an_address_that_leads_away_is_none(address: str) -> None:
    assert local_path(address) == ""


@pytest.mark.parametrize("address", HERE + LOCAL_WHATEVER_IT_LOOKS_LIKE)
def test_an_address_of_this_site_is_kept_and_no_browser_reads_another_host_in_it(address: str) -> None:
    assert local_path(address) == address
    assert urlsplit(urljoin("http://localhost/connexion", address)).netloc == "localhost"


@pytest.fixture
def database(sqlite: Database) -> Database:
    return sqlite


def test_a_whole_sign_in_never_ends_elsewhere(client: TestClient) -> None:
    for address in AWAY[:25]:
        client.cookies.clear()
        response = came_back(client, retour=address)
        assert (response.status_code, response.headers["location"]) == (303, "/moi"), address


def test_a_whole_sign_in_ends_where_one_came_from(client: TestClient) -> None:
    for address in HERE:
        client.cookies.clear()
        assert came_back(client, retour=address).headers["location"] == address


@pytest.mark.parametrize(
    "address", ["/connexion", "/en/connexion?retour=/x", "/connexion/demo", "/deconnexion", "/demo-openid/authorize"]
)
def test_coming_back_to_signing_in_would_lead_nowhere(address: str, client: TestClient) -> None:
    assert came_back(client, retour=address).headers["location"] == "/moi"


def test_whoever_is_signed_in_already_is_sent_on_and_not_away(client: TestClient) -> None:
    came_back(client)
    for address, leads_to in (("//evil.example", "/moi"), ("//[evil", "/moi"), ("/sprint-2027", "/sprint-2027")):
        response = client.get("/connexion", params={"retour": address}, follow_redirects=False)
        assert (response.status_code, response.headers["location"]) == (303, leads_to)


def test_the_choice_of_a_theme_leads_back_here_too(client: TestClient) -> None:
    for address in AWAY[:25]:
        answer = client.post("/affichage", data={"theme": "dark", "retour": address}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/"), address
        assert client.get("/affichage", params={"retour": address}).status_code == 200
