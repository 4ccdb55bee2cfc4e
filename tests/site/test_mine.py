"""My sprint, as its owner meets it."""

from collections.abc import Callable
from datetime import UTC, datetime

from sprint import sessions
from sprint.agenda.queries.rows import feed_owner
from sprint.database import Database
from sprint.programme.actions import give_join_link
from sprint.settings import Settings
from sprint.worker import worker_of
from tests.browser import Browser
from tests.makers import NOW, a_registration
from tests.people import Five

Opens = Callable[..., Browser]
FIRST_MORNING = datetime(2027, 3, 16, 8, 12, tzinfo=UTC)


def read(page: Browser) -> str:
    return page.text.replace("\u00a0", " ").replace("\u202f", " ")


def test_on_the_morning_of_the_first_day_the_next_thing_stands_first(
    browser: Opens, five: Five, time: Callable[[datetime], None], database: Database
) -> None:
    time(FIRST_MORNING)
    one = browser()
    with database.writing() as db:
        one.take_session(sessions.open_session(db, five.ada.id or 0, "demo", "tests", FIRST_MORNING))
    text = read(one.open("/moi"))
    told = ["Mon sprint", "Mardi 16 mars 2027, jour 1 sur 2", "Dans 18 minutes", "9 h 30", "Noter une contribution"]
    assert [words for words in told if words not in text] == []
    places = [text.index(words) for words in told]
    assert places == sorted(places)
    assert "Demain, mercredi 17 mars" in text


def test_the_join_link_is_shown_to_who_has_a_seat_and_to_organisers(
    browser: Opens, five: Five, database: Database
) -> None:
    with database.writing() as db:
        give_join_link(db, five.keycloak, "https://visio.example/keycloak", five.claude.id or 0, NOW)
        a_registration(db, five.eve, five.keycloak)
        a_registration(db, five.denise, five.keycloak)
    people = {"ada": five.ada, "claude": five.claude, "denise, who waits": five.denise, "barbara": five.barbara}
    shown = {
        name: "https://visio.example/keycloak" in str(browser(person).client.get("/sprint-2027/parcours/keycloak").text)
        for name, person in people.items()
    }
    assert shown == {"ada": True, "claude": True, "denise, who waits": False, "barbara": False}
    assert "visio.example" not in browser().client.get("/sprint-2027/parcours/keycloak").text
    assert "visio.example" in browser(five.ada).client.get("/moi").text
    assert "visio.example" not in browser(five.denise).client.get("/moi").text


def test_who_only_waits_reads_their_place_and_where_there_are_seats(
    browser: Opens, five: Five, database: Database
) -> None:
    with database.writing() as db:
        a_registration(db, five.eve, five.keycloak)
        a_registration(db, five.denise, five.keycloak)
    page = browser(five.denise).open("/moi")
    assert "Vous attendez une place" in page.text
    assert "en attente, 1 sur 1" in read(page)


def test_the_addresses_of_my_calendar_are_shown_and_can_be_renewed(
    browser: Opens, five: Five, database: Database
) -> None:
    page = browser(five.ada).open("/moi")
    before = page.client.get("/moi").text
    assert "webcal://localhost/agenda/" in before
    after = page.submit("Renouveler le lien")
    assert "Votre calendrier a une nouvelle adresse" in read(after)
    with database.reading() as db:
        owner = feed_owner(db, five.ada.id or 0)
    assert owner is not None
    assert owner.generation == 1


def test_letters_received_stand_among_what_lies_behind_and_are_mine_alone(
    browser: Opens, five: Five, database: Database, settings: Settings
) -> None:
    worker = worker_of(database, settings)
    while worker.do_one() is not None:
        pass
    page = browser(five.ada).open("/moi").click("Inscription confirmée : Installer Keycloak")
    assert "Réservez" in page.text
    assert browser(five.eve).client.get(page.address).status_code == 404
    assert "Inscription confirmée" in browser(five.ada).open("/moi/courriers").text
    assert "Aucun courrier" in browser(five.eve).open("/moi/courriers").text


def test_when_registration_is_closed_nobody_is_told_that_it_takes_a_minute(
    browser: Opens, five: Five, time: Callable[[datetime], None], database: Database
) -> None:
    with database.writing() as db:
        edition = db.merge(five.edition)
        edition.closes_at = NOW
    page = browser(five.eve).open("/moi")
    assert "ne sont pas ouvertes en ce moment" in read(page)
    assert page.click("Lire le programme").address.endswith("/sprint-2027/parcours")


def test_who_has_no_day_ahead_is_offered_no_calendar(browser: Opens, five: Five) -> None:
    offered = {one.name: "Mon calendrier" in read(browser(one).open("/moi")) for one in (five.ada, five.eve)}
    assert offered == {five.ada.name: True, five.eve.name: False}
