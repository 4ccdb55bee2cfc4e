"""Sessions: a sign-in rotates them, signing out and revoking end them on the server, whoever still holds the cookie."""

from collections.abc import Callable
from datetime import datetime, timedelta

import time_machine
from sqlmodel import select
from starlette.testclient import TestClient

from sprint.account.actions import sign_in
from sprint.account.providers.provider import Claims
from sprint.app import build
from sprint.database import Database
from sprint.sessions import IDLE, LASTS, LoginSession, arrival, hashed, purge_sessions
from sprint.settings import Settings
from tests.account.flow import came_back
from tests.browser import Browser
from tests.makers import NOW
from tests.people import Five, signed_in

Open = Callable[..., Browser]
Move = Callable[[datetime], None]


def is_signed_in(client: TestClient, token: str) -> bool:
    client.cookies.clear()
    client.cookies.set("sprint", token, domain="localhost.local")
    return client.get("/moi", follow_redirects=False).status_code == 200


def test_a_session_planted_before_signing_in_is_not_the_one_after(client: TestClient, database: Database) -> None:
    """Session fixation: whoever planted it knows it."""
    planted = "p" * 43
    client.cookies.set("sprint", planted, domain="localhost.local")
    came_back(client)
    with database.reading() as db:
        assert db.exec(select(LoginSession).where(LoginSession.token_hash == hashed(planted))).first() is None
    assert not is_signed_in(client, planted)


def test_signing_in_again_ends_the_session_one_had(
    client: TestClient, browser: Open, five: Five, database: Database
) -> None:
    """Also when it was somebody else's: Eve's account, opened in the browser of Ada, would stay open behind hers."""
    with database.writing() as db:
        before = signed_in(db, five.eve)
    client.cookies.set("sprint", before, domain="localhost.local")
    response = came_back(client)
    after = response.cookies["sprint"]
    assert after != before
    assert (is_signed_in(client, before), is_signed_in(client, after)) == (False, True)


def test_signing_out_ends_the_session_on_the_server(client: TestClient) -> None:
    came_back(client)
    stolen = client.cookies["sprint"]
    response = client.post("/deconnexion", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert "sprint" not in client.cookies
    assert not is_signed_in(client, stolen)


def test_signing_out_twice_or_signed_in_nowhere_changes_nothing(client: TestClient) -> None:
    came_back(client)
    answers = [client.post("/deconnexion", follow_redirects=False) for _ in range(2)]
    assert [(one.status_code, one.headers["location"]) for one in answers] == [(303, "/")] * 2


def test_a_link_cannot_sign_out(client: TestClient) -> None:
    came_back(client)
    response = client.get("/deconnexion", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert is_signed_in(client, client.cookies["sprint"])


def test_another_site_cannot_sign_out(client: TestClient) -> None:
    came_back(client)
    token = client.cookies["sprint"]
    assert client.post("/deconnexion", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert is_signed_in(client, token)


def test_one_device_is_revoked_and_refused_at_its_next_request_the_other_stays(
    browser: Open, five: Five, database: Database
) -> None:
    here = browser(five.ada)
    with database.writing() as db:
        elsewhere = signed_in(db, five.ada)
        session_id = db.exec(select(LoginSession.id).where(LoginSession.token_hash == hashed(elsewhere))).one()
    away = browser().client
    assert is_signed_in(away, elsewhere)
    assert here.post(f"/moi/appareils/{session_id}/revocation").address == "/moi/appareils"
    assert not is_signed_in(away, elsewhere)
    assert here.open("/moi").status == 200
    assert here.post(f"/moi/appareils/{session_id}/revocation").status == 404


def test_nobody_revokes_the_device_of_somebody_else(browser: Open, five: Five, database: Database) -> None:
    with database.writing() as db:
        token = signed_in(db, five.ada)
        session_id = db.exec(select(LoginSession.id).where(LoginSession.token_hash == hashed(token))).one()
    for person in (five.eve, five.claude):
        assert browser(person).post(f"/moi/appareils/{session_id}/revocation").status == 404
    assert is_signed_in(browser().client, token)


def test_a_number_that_is_no_session_is_not_found(browser: Open, five: Five) -> None:
    one = browser(five.ada)
    assert [one.post(f"/moi/appareils/{number}/revocation").status for number in (0, 10**9, 2**31, 10**30)] == [404] * 4


def test_the_list_shows_ones_own_open_devices_alone(browser: Open, five: Five, database: Database) -> None:
    one = browser(five.ada)
    with database.writing() as db:
        for person in (five.ada, five.ada, five.eve):
            signed_in(db, person)
    assert len([words for words in one.open("/moi/appareils").texts("button") if words.startswith("Déconnecter")]) == 2


def test_a_session_ends_after_three_idle_days_and_after_fourteen_in_any_case(five: Five, database: Database) -> None:
    with database.writing() as db:
        token = signed_in(db, five.ada)
    second = timedelta(seconds=1)
    with database.reading() as db:
        assert [bool(arrival(db, token, NOW + after).session) for after in (IDLE - second, IDLE)] == [True, False]
    with database.writing() as db:
        db.exec(select(LoginSession)).one().seen_at = NOW + LASTS - second
        db.flush()
        assert [bool(arrival(db, token, NOW + after).session) for after in (LASTS - second, LASTS)] == [True, False]
        assert purge_sessions(db, NOW + LASTS + timedelta(days=6)) == 0
        assert purge_sessions(db, NOW + LASTS + timedelta(days=8)) == 1


def test_the_settings_say_how_long_a_session_lasts(five: Five, database: Database, settings: Settings) -> None:
    shorter = settings.model_copy(update={"session_idle_hours": 1, "session_hours": 2})
    with TestClient(build(shorter, database, with_worker=False), base_url=shorter.base_url) as client:
        with time_machine.travel(NOW, tick=False) as traveller:
            came = came_back(client)
            assert "Max-Age=7200" in came.headers["set-cookie"]
            told = TestClient(client.app).get("/connexion").text.replace("\u00a0", " ")
            assert "Sans visite : une heure. Au plus : 2 heures." in told
            for minutes, status in ((59, 200), (118, 200), (119, 200), (120, 303)):
                traveller.move_to(NOW + timedelta(minutes=minutes))
                assert client.get("/moi", follow_redirects=False).status_code == status, minutes
        with time_machine.travel(NOW + timedelta(hours=3), tick=False) as traveller:
            came_back(client)
            traveller.move_to(NOW + timedelta(hours=4))
            assert client.get("/moi", follow_redirects=False).status_code == 303


def test_a_device_says_by_what_its_person_was_recognised(browser: Open, database: Database, five: Five) -> None:
    claims = Claims("agents", "https://x.example", "1", "Ada", amr=("pwd", "mfa", "<b>", "pwd"))
    with database.writing() as db:
        token = sign_in(db, claims, NOW, "Firefox/Linux")
    one = browser()
    one.take_session(token)
    assert "Par agents (mot de passe et plusieurs facteurs)" in one.open("/moi/appareils").text
    journal = one.open("/moi/compte/journal").text
    assert "Par agents (mot de passe et plusieurs facteurs), Firefox sur Linux" in journal


def test_ones_own_use_keeps_a_session_open(client: TestClient, time: Move) -> None:
    came_back(client)
    for days in (2, 4, 6):
        time(NOW + timedelta(days=days))
        assert client.get("/moi", follow_redirects=False).status_code == 200
    time(NOW + timedelta(days=9, minutes=1))
    assert client.get("/moi", follow_redirects=False).status_code == 303


def test_the_table_of_sessions_signs_nobody_in(client: TestClient, five: Five, database: Database) -> None:
    """What is kept is the token's hash: who reads the table holds no cookie."""
    with database.writing() as db:
        signed_in(db, five.claude)
        kept = db.exec(select(LoginSession.token_hash)).one()
    assert not is_signed_in(client, kept)
