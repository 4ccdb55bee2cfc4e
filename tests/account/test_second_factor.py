"""Where the operator asks for a second factor, rights sleep until one signs in with it; everything else stays open."""

from collections.abc import Callable

import pytest

from sprint.account.actions import sign_in
from sprint.account.providers.provider import Claims
from sprint.database import Database
from sprint.people.tables import Identity
from sprint.settings import Settings
from tests.browser import Browser
from tests.makers import NOW
from tests.people import Five

Open = Callable[..., Browser]
MFA = "https://proconnect.gouv.fr/assurance/self-asserted-2fa"
DESK = "/organisation/sprint-2027"


@pytest.fixture
def settings(database: Database) -> Settings:
    url = database.url.render_as_string(hide_password=False)
    return Settings(database_url=url, base_url="http://localhost", secret="s" * 32, demo="1", mfa_acr=("other", MFA))


def came(database: Database, browser: Open, five: Five, name: str, acr: str | None) -> Browser:
    """One of the five signs in, as surely as `acr` says."""
    subject = f"{name}-{acr}"
    with database.writing() as db:
        db.add(
            Identity(person_id=five.called(name).id or 0, provider="demo", issuer="x", subject=subject, linked_at=NOW)
        )
        db.flush()
        token = sign_in(db, Claims("demo", "x", subject, name, acr=acr), NOW, "")
    one = browser()
    one.take_session(token)
    return one


@pytest.mark.parametrize("acr", [None, "eidas1", MFA + "/"])
@pytest.mark.parametrize(("name", "address"), [("claude", DESK), ("claude", "/organisation"), ("denise", "/vivier")])
def test_rights_sleep_without_a_second_factor_and_the_page_says_the_way_on(
    name: str, address: str, acr: str | None, five: Five, database: Database, browser: Open
) -> None:
    one = came(database, browser, five, name, acr)
    one.open(address)
    assert one.address == "/moi/second-facteur?retour=" + address.replace("/", "%2F")
    assert "Me reconnecter avec un second facteur" in one.text
    assert "Activer mes droits" in one.open("/moi").html


def test_nothing_is_changed_with_a_right_that_sleeps(five: Five, database: Database, browser: Open) -> None:
    one = came(database, browser, five, "claude", None)
    response = one.client.post("/organisation/droits", data={"adresse": "eve@example.org"}, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (
        303,
        "/moi/second-facteur?retour=%2Forganisation%2Fdroits",
    )


def test_rights_are_awake_after_a_sign_in_with_a_second_factor(five: Five, database: Database, browser: Open) -> None:
    one = came(database, browser, five, "claude", MFA)
    assert (one.open(DESK).status, one.address) == (200, DESK)
    assert one.open("/moi/second-facteur?retour=" + DESK).address == DESK
    assert "Activer mes droits" not in one.html


def test_whoever_mentors_or_takes_part_needs_no_second_factor(five: Five, database: Database, browser: Open) -> None:
    assert came(database, browser, five, "barbara", None).open("/organisation/sprint-2027/contributions").status == 200
    ada = came(database, browser, five, "ada", None)
    assert (ada.open("/moi").status, ada.open(DESK).status) == (200, 404)


def test_a_fragment_of_a_right_that_sleeps_sends_the_whole_browser(
    five: Five, database: Database, browser: Open
) -> None:
    one = came(database, browser, five, "claude", None)
    response = one.client.get(DESK, headers={"HX-Request": "true", "HX-Target": "div#x"}, follow_redirects=False)
    assert response.status_code == 401
    assert response.headers["hx-redirect"].startswith("/moi/second-facteur?retour=")


@pytest.mark.parametrize("address", ["/sprint-2027", "/sprint-2027/parcours", "/sprint-2027/parcours/keycloak", "/"])
def test_a_page_that_members_share_tells_nobody_else_that_rights_sleep(
    address: str, five: Five, database: Database, browser: Open
) -> None:
    claude, eve = came(database, browser, five, "claude", None), browser(five.eve)
    for _ in range(2):
        assert "Activer mes droits" in claude.open(address).html
        assert "Activer mes droits" not in eve.open(address).html
