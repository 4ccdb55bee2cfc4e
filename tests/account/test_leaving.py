"""Signing out: here whatever happens, in the browser, and at the provider when it says how."""

import httpx2
import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sprint.account.pages.sign_in import KNOWN
from sprint.database import Database
from sprint.provider_settings import block_of
from sprint.sessions import LoginSession
from sprint.settings import Settings
from sprint.web.headers import SECURITY
from tests.account.conftest import Hosts
from tests.account.double import CLIENT, HOST, SECRET, Double
from tests.account.flow import begun_at, came_back, question_of, says


@pytest.fixture
def settings(settings: Settings) -> Settings:
    told = {"kind": "oidc", "issuer": HOST, "client_id": CLIENT, "client_secret": SECRET, "label": "Annuaire"}
    stays = {"issuer": "https://stays.example", "sign_out": False}
    return settings.model_copy(update={"providers": (block_of("idp", told), block_of("stays", told | stays))})


@pytest.fixture
def double(hosts: Hosts) -> Double:
    hosts.known["idp.example"] = known = Double()
    hosts.known["stays.example"] = Double(issuer="https://stays.example")
    return known


def signed_in(client: TestClient, double: Double) -> None:
    assert client.get(double.came_from(begun_at(client, "idp")), follow_redirects=False).status_code == 303
    assert client.get("/moi").status_code == 200


def signed_out(client: TestClient) -> httpx2.Response:
    response = client.post("/deconnexion", follow_redirects=False)
    assert response.status_code == 303
    return response


def open_sessions(database: Database) -> list[str | None]:
    """The ID tokens of the sessions that are open."""
    with database.reading() as db:
        return list(db.exec(select(LoginSession.id_token).where(LoginSession.revoked_at == None)))  # noqa: E711


def flash(client: TestClient) -> str:
    return client.get("/").text


def test_signing_out_ends_the_session_here_and_leads_to_the_providers_own(
    client: TestClient, double: Double, database: Database
) -> None:
    signed_in(client, double)
    (id_token,) = open_sessions(database)
    response = signed_out(client)
    question = question_of(response.headers["location"])
    assert response.headers["location"].startswith(f"{HOST}/logout?")
    assert question == {
        "id_token_hint": id_token,
        "state": question["state"],
        "post_logout_redirect_uri": "http://localhost/deconnexion/idp/retour",
    }
    assert len(question["state"]) == 43
    assert response.headers["clear-site-data"] == '"cache", "storage"'
    assert "no-store" in response.headers["cache-control"]
    assert (open_sessions(database), "sprint" in client.cookies) == ([], False)
    assert client.get("/moi", follow_redirects=False).status_code == 303


def test_coming_back_with_the_state_says_so_once(client: TestClient, double: Double) -> None:
    signed_in(client, double)
    state = question_of(signed_out(client).headers["location"])["state"]
    back = client.get("/deconnexion/idp/retour", params={"state": state}, follow_redirects=False)
    assert (back.status_code, back.headers["location"]) == (303, "/")
    assert "Vous êtes déconnecté·e." in flash(client)
    again = client.get("/deconnexion/idp/retour", params={"state": state}, follow_redirects=False)
    assert (again.status_code, "déconnecté·e" in flash(client)) == (303, False)


@pytest.mark.parametrize("state", ["", "x", "é", "s" * 43])
def test_coming_back_with_another_state_says_nothing_and_ends_nothing(
    state: str, client: TestClient, double: Double, database: Database
) -> None:
    signed_in(client, double)
    signed_out(client)
    double.used.clear()
    signed_in(client, double)
    back = client.get("/deconnexion/idp/retour", params={"state": state}, follow_redirects=False)
    assert (back.headers["location"], "déconnecté·e" in flash(client)) == ("/", False)
    assert (len(open_sessions(database)), client.get("/moi").status_code) == (1, 200)


def test_a_provider_that_does_not_answer_leaves_one_signed_out_here_and_told(
    client: TestClient, double: Double, database: Database
) -> None:
    signed_in(client, double)
    double.document = {"end_session_endpoint": "https://elsewhere.example/logout"}
    KNOWN.clear()
    assert signed_out(client).headers["location"] == "/"
    assert "mais Annuaire n’a pas répondu" in flash(client)
    assert open_sessions(database) == []
    double.used.clear()
    double.document = {}
    signed_in(client, double)
    KNOWN.clear()
    double.lies["openid-configuration"] = says("oops", 500)
    assert signed_out(client).headers["location"] == "/"
    assert (open_sessions(database), "mais Annuaire" in flash(client)) == ([], True)


def test_a_provider_that_cannot_be_signed_out_of_is_not_asked(client: TestClient, double: Double) -> None:
    came_back(client)
    assert signed_out(client).headers["location"] == "/"
    assert "Vous êtes déconnecté·e." in flash(client)
    assert double.asked == []


def test_signing_out_twice_or_as_nobody_leads_home(client: TestClient, double: Double) -> None:
    for _ in range(2):
        assert signed_out(client).headers["location"] == "/"


def test_forms_may_end_at_the_providers_one_signs_out_of_and_nowhere_else(client: TestClient, double: Double) -> None:
    policy = client.get("/connexion").headers["content-security-policy"]
    assert policy == SECURITY["Content-Security-Policy"].replace("form-action 'self'", f"form-action 'self' {HOST}")


def test_a_session_known_before_signing_in_is_worth_nothing_after(
    client: TestClient, double: Double, database: Database
) -> None:
    """Fixation: whoever put a session into a browser does not get the one that is opened in it."""
    client.cookies.set("sprint", "chosen-by-somebody-else", domain="localhost.local")
    signed_in(client, double)
    first = client.cookies["sprint"]
    assert first != "chosen-by-somebody-else"
    double.used.clear()
    signed_in(client, double)
    assert client.cookies["sprint"] != first
    assert len(open_sessions(database)) == 1
