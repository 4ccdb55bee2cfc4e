"""Signing in and its failures that lie with the browser: each is explained, and nobody is signed in."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sprint.database import Database
from sprint.journal import Fact
from sprint.people.tables import Identity, Person
from sprint.sessions import Attempts, LoginSession, hashed
from sprint.settings import Settings
from sprint.web.cookies import Jar
from tests.account.flow import (
    BEGIN,
    RETURN,
    Network,
    Opened,
    assert_explained,
    begun,
    came_back,
    chosen,
    opened,
    question_of,
)
from tests.browser import Browser
from tests.makers import NOW

Open = Callable[..., Browser]
Move = Callable[[datetime], None]


def test_who_signs_in_for_the_first_time_has_an_account_an_identity_and_two_facts(
    client: TestClient, database: Database
) -> None:
    response = came_back(client)
    assert (response.status_code, response.headers["location"]) == (303, "/moi")
    assert response.headers["cache-control"] == "private, no-store"
    with database.reading() as db:
        person, identity = db.exec(select(Person)).one(), db.exec(select(Identity)).one()
        facts = db.exec(select(Fact.kind, Fact.person_id, Fact.actor_id)).all()
        session = db.exec(select(LoginSession)).one()
    assert (person.name, identity.person_id) == ("Ada Lemoine", person.id)
    assert (identity.issuer, identity.subject) == ("urn:sprint:demo", "ada")
    assert facts == [(f"account.{kind}", person.id, person.id) for kind in ("created", "signed_in")]
    assert (session.person_id, session.token_hash) == (person.id, hashed(client.cookies["sprint"]))
    assert client.get("/moi").status_code == 200


def test_who_comes_again_has_the_same_account_and_a_session_more(client: TestClient, database: Database) -> None:
    came_back(client)
    client.cookies.clear()
    came_back(client)
    assert opened(database) == Opened(people=1, sessions=2)


def test_the_provider_is_asked_for_a_code_with_pkce_a_state_and_a_nonce(client: TestClient) -> None:
    one, other = question_of(begun(client)), question_of(begun(client))
    assert (one["response_type"], one["code_challenge_method"], one["scope"]) == (
        "code",
        "S256",
        "openid profile email",
    )
    assert one["redirect_uri"] == "http://localhost/connexion/demo/retour"
    for secret in ("state", "nonce", "code_challenge"):
        assert (len(one[secret]), one[secret] != other[secret]) == (43, True)


def test_the_verifier_never_leaves_for_the_browser(client: TestClient) -> None:
    response = client.get(BEGIN, follow_redirects=False)
    assert "code_verifier" not in response.headers["location"]
    kept = next(value for name, value in response.headers.multi_items() if name == "set-cookie")
    assert "HttpOnly" in kept
    assert "samesite=lax" in kept.lower()


# --- what the browser brings back


def test_a_code_that_comes_twice_signs_in_once(client: TestClient, browser: Open, database: Database) -> None:
    where = chosen(client, begun(client))
    pending = client.cookies["sprint-connexion"]
    assert client.get(where, follow_redirects=False).status_code == 303
    thief = browser().client
    thief.cookies.set("sprint-connexion", pending, domain="localhost.local")
    response = thief.get(where, follow_redirects=False)
    assert_explained(response, "a refusé de confirmer")
    assert opened(database) == Opened(people=1, sessions=1)
    assert "sprint" not in thief.cookies


def test_a_reload_of_the_return_leads_home_whom_is_signed_in(client: TestClient, database: Database) -> None:
    where = chosen(client, begun(client))
    client.get(where, follow_redirects=False)
    again = client.get(where, follow_redirects=False)
    assert (again.status_code, again.headers["location"]) == (303, "/moi")
    assert opened(database).sessions == 1


def test_a_return_in_another_browser_signs_nobody_in(client: TestClient, browser: Open, database: Database) -> None:
    """Else an attacker's link would sign the victim in as the attacker."""
    where = chosen(client, begun(client))
    other = browser().client
    assert_explained(other.get(where, follow_redirects=False), "dans le navigateur où elle a commencé")
    assert opened(database) == Opened(people=0, sessions=0)


def test_the_answer_to_another_sign_in_of_the_same_browser_is_refused(client: TestClient, database: Database) -> None:
    """Two tabs: the cookie is that of the second, the answer that of the first."""
    where = chosen(client, begun(client))
    begun(client)
    assert_explained(client.get(where, follow_redirects=False), "ne correspond pas")
    assert opened(database) == Opened(people=0, sessions=0)


@pytest.mark.parametrize("state", ["", "x", "é" * 43, "\x00", "s" * 5000])
def test_a_state_that_is_not_ours_is_refused(state: str, client: TestClient, database: Database) -> None:
    code = question_of(chosen(client, begun(client)))["code"]
    response = client.get(RETURN, params={"code": code, "state": state}, follow_redirects=False)
    assert_explained(response, "ne correspond pas")
    assert opened(database) == Opened(people=0, sessions=0)


def test_a_sign_in_that_failed_cannot_be_carried_on(client: TestClient, database: Database) -> None:
    """Its cookie is gone with the explanation: the right state that comes after a wrong one is too late."""
    where = chosen(client, begun(client))
    client.get(RETURN, params={"code": "x", "state": "wrong"}, follow_redirects=False)
    assert_explained(client.get(where, follow_redirects=False), "expiré ou a déjà servi")
    assert opened(database) == Opened(people=0, sessions=0)


@pytest.mark.parametrize(
    "cookie", ["", "x", "eyJhIjoxfQ.aaaa.bbbb", "x" * 4000], ids=["none", "short", "forged", "long"]
)
def test_a_cookie_that_is_not_ours_is_none(cookie: str, client: TestClient, database: Database) -> None:
    where = chosen(client, begun(client))
    client.cookies.clear()
    client.cookies.set("sprint-connexion", cookie, domain="localhost.local")
    assert_explained(client.get(where, follow_redirects=False), "expiré ou a déjà servi")
    assert opened(database) == Opened(people=0, sessions=0)


def test_a_cookie_of_ours_that_holds_something_else_is_none(client: TestClient, settings: Settings) -> None:
    """One that an earlier release of the site signed, for instance."""
    where = chosen(client, begun(client))
    jar = Jar(settings)
    for kept in ({"provider": "demo"}, {"provider": "demo", "more": "x"}, ["demo"], "demo"):
        client.cookies.set("sprint-connexion", jar.sign("sprint-connexion", kept), domain="localhost.local")
        assert_explained(client.get(where, follow_redirects=False), "expiré ou a déjà servi")


def test_a_sign_in_lapses_after_ten_minutes(client: TestClient, time: Move, database: Database) -> None:
    authorization = begun(client)
    time(NOW + timedelta(minutes=10, seconds=2))
    assert_explained(client.get(chosen(client, authorization), follow_redirects=False), "dix minutes")
    assert opened(database) == Opened(people=0, sessions=0)


def test_a_code_lapses_after_a_minute(client: TestClient, time: Move, database: Database) -> None:
    where = chosen(client, begun(client))
    time(NOW + timedelta(minutes=1))
    assert_explained(client.get(where, follow_redirects=False), "a refusé de confirmer")
    assert opened(database) == Opened(people=0, sessions=0)


def test_who_declines_at_the_provider_is_not_signed_in(
    client: TestClient, network: Network, database: Database
) -> None:
    where = chosen(client, begun(client), persona="")
    network.asked.clear()
    assert question_of(where)["error"] == "access_denied"
    assert_explained(client.get(where, follow_redirects=False), "n’avez pas confirmé")
    assert (opened(database), network.asked) == (Opened(people=0, sessions=0), [])


@pytest.mark.parametrize("error", ["server_error", "temporarily_unavailable", "<script>", "x" * 4000])
def test_an_error_of_the_provider_is_told_in_our_words(error: str, client: TestClient, database: Database) -> None:
    state = question_of(begun(client))["state"]
    asked = {"error": error, "error_description": "<b>call 0800 000 000</b>", "state": state}
    response = client.get(RETURN, params=asked, follow_redirects=False)
    assert_explained(response, "a refusé de confirmer")
    assert "0800" not in response.text
    assert opened(database) == Opened(people=0, sessions=0)


@pytest.mark.parametrize("error", ["login_required", "interaction_required", "consent_required"])
def test_a_provider_that_stayed_silent_as_asked_leads_back_to_the_choice_and_that_is_no_error(
    error: str, client: TestClient, database: Database
) -> None:
    state = question_of(begun(client, retour="/sprint-2027"))["state"]
    response = client.get(RETURN, params={"error": error, "state": state}, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/connexion?retour=%2Fsprint-2027")
    page = client.get(response.headers["location"])
    assert (page.status_code, "n’a pas abouti" in page.text) == (200, False)
    assert "choisissez avec quel compte vous connecter" in page.text
    assert opened(database) == Opened(people=0, sessions=0)


def test_a_failure_is_told_in_the_language_in_which_one_began(client: TestClient) -> None:
    response = client.get("/en" + BEGIN, follow_redirects=False)
    where = chosen(client, response.headers["location"], persona="")
    failed = client.get(where, follow_redirects=False)
    assert (failed.status_code, failed.headers["content-language"]) == (400, "en")


def test_a_provider_that_is_not_offered_is_not_found(client: TestClient) -> None:
    assert [
        client.get(f"/connexion/{name}{end}").status_code for name in ("other", "demo2") for end in ("", "/retour")
    ] == [404] * 4


# --- attempts


def test_a_beginning_counts_and_a_return_opens_and_nothing_else_writes_on_get(
    client: TestClient, database: Database
) -> None:
    def rows() -> tuple[int, Opened]:
        with database.reading() as db:
            return sum(db.exec(select(Attempts.count))), opened(database)

    client.get("/connexion")
    assert rows() == (0, Opened(0, 0))
    authorization = begun(client)
    assert rows() == (2, Opened(0, 0))
    client.get(authorization.removeprefix("http://localhost"))
    assert rows() == (2, Opened(0, 0))
    client.get(chosen(client, authorization), follow_redirects=False)
    assert rows() == (2, Opened(1, 1))


def test_a_head_request_begins_nothing(client: TestClient, database: Database) -> None:
    """Link checkers and previews ask by HEAD."""
    assert client.head("/connexion").status_code == 200
    assert opened(database) == Opened(people=0, sessions=0)
