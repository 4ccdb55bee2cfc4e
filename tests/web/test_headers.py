"""What surrounds every answer: its name, its headers, its language, its one host, and who may send what."""

from collections.abc import Callable

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from sprint.database import Database
from sprint.settings import Settings
from sprint.web.headers import SECURITY, Language, OneHost, RequestLog, SecurityHeaders
from tests.browser import Browser
from tests.makers import a_registration
from tests.people import Five

Open = Callable[..., Browser]
TRACK = "/sprint-2027/parcours/keycloak"


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Nothing here depends on the engine."""
    return sqlite


def some_settings(base_url: str) -> Settings:
    return Settings(secret="s" * 32, base_url=base_url, smtp_host="relay.example")


# --- cross-site

OWN = "http://localhost"
SENT = [
    ({}, True),  # no browser
    ({"sec-fetch-site": "same-origin"}, True),
    ({"sec-fetch-site": "none"}, True),
    ({"sec-fetch-site": "same-site"}, False),
    ({"sec-fetch-site": "cross-site"}, False),
    ({"sec-fetch-site": "anything"}, False),
    ({"sec-fetch-site": "cross-site", "origin": OWN}, False),
    ({"sec-fetch-site": "same-origin", "origin": "https://evil.example"}, True),
    ({"origin": OWN}, True),
    ({"origin": "https://localhost"}, False),
    ({"origin": "http://localhost:8000"}, False),
    ({"origin": "http://localhost.evil.example"}, False),
    ({"origin": "null"}, False),
    ({"origin": ""}, False),
]


@pytest.mark.parametrize(("headers", "passes"), SENT)
def test_a_post_passes_when_this_site_or_no_browser_sent_it(
    headers: dict[str, str], passes: bool, browser: Open, five: Five
) -> None:
    client = browser(five.ada).client
    response = client.post("/affichage", data={"theme": "dark"}, headers=headers, follow_redirects=False)
    assert response.status_code == (303 if passes else 403)


def test_a_refused_post_gets_a_page_and_changes_nothing(browser: Open, five: Five, database: Database) -> None:
    one = browser(five.ada)
    response = one.client.post(
        f"{TRACK}/desistement", data={"jour": "2027-03-16"}, headers={"origin": "https://evil.example"}
    )
    assert (response.status_code, response.headers["cache-control"]) == (403, "no-store")
    assert "Accès refusé" in response.text
    with database.writing() as db:
        assert a_registration(db, five.eve, five.keycloak).confirmed == 2  # one of two seats was still free


def test_reading_from_elsewhere_is_allowed(browser: Open, five: Five) -> None:
    """A link on another site is how people come."""
    response = browser().client.get(TRACK, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 200


# --- security headers and the request's name


@pytest.mark.parametrize(
    "address", ["/", TRACK, "/nulle-part", "/static/sprint.css", "/static/nothing.css", "/sante", "/moi", "/en"]
)
def test_every_answer_carries_the_headers_and_a_name(address: str, browser: Open, five: Five) -> None:
    response = browser().client.get(address, follow_redirects=False)
    assert {name: response.headers.get(name) for name in SECURITY} == SECURITY
    assert len(response.headers["x-request-id"]) == 16


def test_the_content_policy_lets_no_inline_code_and_no_other_host_in() -> None:
    policy = dict(part.strip().split(" ", 1) for part in SECURITY["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert (policy["script-src"], policy["style-src"], policy["form-action"]) == ("'self'", "'self'", "'self'")
    assert not any(word in " ".join(policy.values()) for word in ("unsafe", "http", "*"))


def dressed(base_url: str) -> TestClient:
    settings = some_settings(base_url)
    app: ASGIApp = PlainTextResponse("x")
    return TestClient(RequestLog(SecurityHeaders(OneHost(Language(app), settings), settings)), base_url=base_url)


def test_over_https_browsers_are_told_to_stay_there() -> None:
    assert (
        dressed("https://sprint.example").get("/").headers["strict-transport-security"].startswith("max-age=31536000")
    )
    assert "strict-transport-security" not in dressed("http://127.0.0.1:8000").get("/").headers


def test_two_requests_have_two_names() -> None:
    client = dressed("http://127.0.0.1:8000")
    assert client.get("/").headers["x-request-id"] != client.get("/").headers["x-request-id"]


# --- one host


def test_on_this_machine_another_name_of_it_leads_to_the_one_cookies_are_for() -> None:
    client = dressed("http://127.0.0.1:8000")
    response = client.get("http://localhost:8000/moi?a=1&b=%C3%A9", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (307, "http://127.0.0.1:8000/moi?a=1&b=%C3%A9")


@pytest.mark.parametrize(
    "address", ["http://localhost:8000/sante", "http://127.0.0.1:8000/moi", "http://evil.example/moi"]
)
def test_probes_the_host_itself_and_foreign_hosts_are_not_redirected(address: str) -> None:
    assert dressed("http://127.0.0.1:8000").get(address, follow_redirects=False).status_code == 200


def test_a_public_site_redirects_nobody() -> None:
    assert dressed("https://sprint.example").get("http://localhost/moi", follow_redirects=False).status_code == 200


# --- language


def test_the_same_page_in_english_has_english_links(browser: Open, five: Five) -> None:
    one = browser().open(f"/en{TRACK}")
    assert (one.status, one.page.get("lang") or one.page[0].get("lang")) == (200, "en")
    links = [
        a.get("href") for a in one.page.iter("a") if a.get("href", "").startswith("/") and a.get("hreflang") != "fr"
    ]
    assert [href for href in links if not href.startswith("/en/")] == []


def test_a_page_names_itself_in_both_languages(browser: Open, five: Five) -> None:
    one = browser().open(f"/en{TRACK}?x=1")
    links = {(link.get("rel"), link.get("hreflang")): link.get("href") for link in one.page.iter("link")}
    assert links["canonical", None] == f"http://localhost/en{TRACK}"
    assert links["alternate", "fr"].startswith(f"http://localhost{TRACK}")
    assert links["alternate", "en"].startswith(f"http://localhost/en{TRACK}")


@pytest.mark.parametrize("address", ["/fr/", "/de/", "/en/en/", "//en/", "/en//", "/english"])
def test_only_english_is_a_prefix_and_once(address: str, browser: Open, five: Five) -> None:
    assert browser().client.get("http://localhost" + address, follow_redirects=False).status_code == 404


def test_the_bare_prefix_leads_to_the_english_home(browser: Open) -> None:
    response = browser().client.get("/en", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (307, "/en/")


def test_an_english_stranger_signs_in_in_english_and_comes_back(browser: Open) -> None:
    response = browser().client.get("/en/moi?x=1", follow_redirects=False)
    assert response.headers["location"] == "/en/connexion?retour=%2Fen%2Fmoi%3Fx%3D1"
