"""The frame: two doors, audiences, fragments, refusals, errors. What answers 400 or more has changed nothing."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sprint.database import Database
from sprint.people.tables import Organisation
from sprint.sessions import LoginSession
from sprint.settings import Settings
from tests.browser import Browser
from tests.makers import NOW, a_registration
from tests.people import Five
from tests.web.planted import planted

Open = Callable[..., Browser]
Move = Callable[[datetime], None]
TRACK = "/sprint-2027/parcours/keycloak"
ONYXIA = "/sprint-2027/parcours/onyxia"
HX = {"HX-Request": "true"}


@pytest.fixture
def plants(settings: Settings, database: Database) -> Iterator[TestClient]:
    with planted(settings, database) as client:
        yield client


def planted_rows(database: Database) -> int:
    with database.reading() as db:
        return len(db.exec(select(Organisation.id).where(Organisation.slug == "planted")).all())


# --- doors


def test_what_ends_well_is_kept(plants: TestClient, database: Database) -> None:
    response = plants.post("/plant/well")
    assert (response.status_code, response.headers["location"], planted_rows(database)) == (303, "/", 1)


@pytest.mark.parametrize(
    ("name", "status"), [("refused", 409), ("not_found", 404), ("broken", 500), ("twice", 409), ("quiet_failure", 400)]
)
def test_what_answers_400_or_more_changes_nothing(
    name: str, status: int, plants: TestClient, database: Database
) -> None:
    assert plants.post(f"/plant/{name}").status_code == status
    assert planted_rows(database) == 0


def test_a_page_that_writes_on_get_fails_and_changes_nothing(plants: TestClient, database: Database) -> None:
    assert plants.get("/plant/writing_reader").status_code >= 500
    assert planted_rows(database) == 0


def test_a_busy_database_asks_people_to_come_back(plants: TestClient) -> None:
    response = plants.get("/plant/busy")
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert "secret" not in response.text


def test_a_bug_is_shown_as_a_reference_and_nothing_else(plants: TestClient) -> None:
    response = plants.get("/plant/bug")
    assert response.status_code == 500
    assert response.headers["x-request-id"] in response.text
    assert "secret" not in response.text
    assert "ZeroDivision" not in response.text


FORM = {"content-type": "application/x-www-form-urlencoded"}


def test_a_body_too_large_is_not_read(plants: TestClient, database: Database) -> None:
    assert plants.post("/plant/well", data={"a": "x" * 1_000_001}).status_code == 413
    assert plants.post("/plant/well", content=(b"x" * 100_000 for _ in range(30)), headers=FORM).status_code == 413
    assert planted_rows(database) == 0


def test_a_method_nobody_declared_is_refused_with_a_page(plants: TestClient) -> None:
    response = plants.delete("/")
    assert response.status_code == 405
    assert "Action impossible à cette adresse" in response.text


def test_head_answers_as_get_without_a_body(plants: TestClient) -> None:
    response = plants.head("/")
    assert (response.status_code, response.text) == (200, "")


# --- who asks


def test_a_session_that_ended_is_no_session(browser: Open, five: Five, time: Move) -> None:
    one = browser(five.ada)
    assert one.open("/moi").address == "/moi"
    time(NOW + timedelta(days=3, seconds=1))
    assert one.open("/moi").address == "/connexion?retour=%2Fmoi"


def test_a_session_in_use_is_seen_every_five_minutes_at_most(
    browser: Open, five: Five, database: Database, time: Move
) -> None:
    def seen() -> datetime:
        with database.reading() as db:
            return db.exec(select(LoginSession.seen_at)).one()

    one = browser(five.ada)
    time(NOW + timedelta(minutes=4))
    one.open("/moi")
    assert seen() == NOW
    time(NOW + timedelta(minutes=5))
    one.open("/moi")
    assert seen() == NOW + timedelta(minutes=5)


def test_a_stranger_with_htmx_is_sent_to_sign_in_as_a_whole(browser: Open, five: Five) -> None:
    response = browser().client.post(f"{TRACK}/inscription", headers={**HX, "HX-Target": "section#inscription"})
    assert (response.status_code, response.text) == (401, "")
    assert response.headers["hx-redirect"] == "/connexion?retour=%2Fsprint-2027%2Fparcours%2Fkeycloak"


def test_pages_of_people_are_kept_by_nobody_and_public_ones_are_asked_again(browser: Open, five: Five) -> None:
    assert browser(five.ada).client.get(TRACK).headers["cache-control"] == "private, no-store"
    assert browser().client.get(TRACK).headers["cache-control"] == "no-cache"


# --- fragments


def test_a_target_that_is_a_block_gets_that_block_alone(browser: Open, five: Five) -> None:
    response = browser(five.ada).client.get(TRACK, headers={**HX, "HX-Target": "section#inscription"})
    assert response.text.lstrip().startswith('<section class="sprint-block" id="inscription"')
    assert "<html" not in response.text
    assert "hx-retarget" not in response.headers
    assert "HX-Target" in response.headers["vary"]


@pytest.mark.parametrize("target", ["div#nothing", "body", "a#x-y", "section#__init__"])
def test_a_target_that_is_no_block_gets_the_whole_page_in_the_body(target: str, browser: Open, five: Five) -> None:
    response = browser(five.ada).client.get(TRACK, headers={**HX, "HX-Target": target})
    assert "<html" in response.text
    assert response.headers["hx-retarget"] == "body"


def test_without_htmx_a_target_means_nothing(browser: Open, five: Five) -> None:
    assert "<html" in browser().client.get(TRACK, headers={"HX-Target": "section#inscription"}).text


# --- refusals


def test_a_refused_post_shows_the_page_again_with_its_reasons(browser: Open, five: Five) -> None:
    one = browser(five.eve)
    one.open(TRACK)
    one.post(f"{ONYXIA}/inscription", jour=["2027-03-16"], mode="site", once="jeton-d-essai")
    assert one.status == 409
    assert one.texts("h1") == ["Documenter Onyxia"]
    assert "Une raison l’empêche" in one.text


def test_a_form_that_does_not_hold_shows_the_page_again(browser: Open, five: Five) -> None:
    one = browser(five.eve)
    one.open(TRACK)
    one.post(f"{TRACK}/inscription", mode="site", once="jeton-d-essai")
    assert (one.status, one.texts("h1")) == (422, ["Installer Keycloak"])


def test_what_was_said_is_said_once(browser: Open, five: Five) -> None:
    one = browser(five.eve)
    one.open(TRACK)
    one.submit("S’inscrire", jour=["2027-03-16"])
    assert (one.status, one.address) == (200, TRACK)
    assert "Votre inscription est confirmée" in one.text
    assert "Votre inscription est confirmée" not in one.open(TRACK).text


def test_a_said_sentence_that_was_forged_is_not_said(browser: Open, five: Five) -> None:
    one = browser()
    one.client.cookies.set("sprint-flash", "IlNheSBtZSI.aaaa.bbbb", domain="localhost.local")
    assert "Say me" not in one.open(TRACK).html


# --- with htmx as without


def test_registering_with_htmx_shows_what_registering_without_shows(browser: Open, five: Five) -> None:
    one = browser(five.eve)
    one.open(TRACK)
    one.swap("S’inscrire", jour=["2027-03-16"])
    assert "Votre inscription est confirmée" in one.read("inscription")
    one.assert_patched_as_fresh()


def test_leaving_the_queue_with_htmx_shows_what_leaving_it_without_shows(
    browser: Open, database: Database, five: Five
) -> None:
    with database.writing() as db:
        a_registration(db, five.eve, five.keycloak)
        a_registration(db, five.denise, five.keycloak)
    one = browser(five.denise)
    one.open(TRACK)
    one.swap("Quitter la liste d’attente")
    one.assert_patched_as_fresh()


def test_a_refusal_with_htmx_shows_what_a_refusal_without_shows(browser: Open, five: Five) -> None:
    """Both seats go between the page and the click, and nobody may wait any more: registration has closed."""
    one = browser(five.eve)
    one.open(TRACK)
    one.swap("S’inscrire", jour=[])
    assert one.status == 422
    one.assert_patched_as_fresh()


def test_the_comparison_sees_a_page_that_was_patched_wrongly(browser: Open, five: Five) -> None:
    one = browser(five.eve)
    one.open(TRACK)
    one.swap("S’inscrire", jour=["2027-03-16"])
    next(one.page.iter("h1")).text = "Autre chose"
    with pytest.raises(AssertionError):
        one.assert_patched_as_fresh()
