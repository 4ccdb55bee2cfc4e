"""Saying that one comes, on the site and from a letter; what organisers see and do of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from sprint import sessions
from sprint.database import Database
from sprint.journal import Fact
from sprint.languages import speak
from sprint.people.tables import Person
from sprint.registrations.actions import ask_presence
from sprint.registrations.letters.presence import SEALED
from sprint.registrations.owed import owed_letters
from sprint.registrations.tables import PresenceAnswer, PresenceCall, Registration
from sprint.settings import Settings
from sprint.web.sealed import seal
from tests.browser import Browser
from tests.people import Five
from tests.queries import recorded
from tests.registrations.test_presence import ASKED_AT, DUE_AT

Opens = Callable[..., Browser]


@pytest.fixture
def asked(five: Five, database: Database) -> Five:
    """The edition asks seven days before, and wants answers three days before."""
    with database.writing() as db:
        db.add(PresenceCall(edition_id=five.edition.id or 0, ask_days=7, answer_days=3, releases=True))
    return five


def signed_at(browser: Opens, database: Database, person: Person, at: datetime) -> Browser:
    one = browser()
    with database.writing() as db:
        one.take_session(sessions.open_session(db, person.id or 0, "demo", "tests", at))
    return one


def first_letter_link(database: Database, settings: Settings, person: Person) -> str:
    with database.reading() as db:
        first = db.exec(select(Registration.id).where(Registration.person_id == person.id)).first()
    return f"/moi/presence/{seal(settings, SEALED, first or 0, 0)}"


def test_the_question_is_the_first_thing_of_ones_page_until_it_is_answered(
    browser: Opens, asked: Five, database: Database, time: Callable[[datetime], None]
) -> None:
    time(ASKED_AT)
    ada = signed_at(browser, database, asked.ada, ASKED_AT)
    for address, most in (("/moi", 12), ("/moi/inscriptions", 5)):
        with recorded(database) as queries:
            assert "Venez-vous ?" in ada.open(address).text
        assert queries.count == most, str(queries)
        assert ada.click("Confirmer ma présence").address == "/moi/presence"
    assert "vous êtes attendu·e" in ada.submit("Oui, je viens").text
    assert "Venez-vous ?" not in ada.open("/moi").text


def test_the_link_of_a_letter_opens_one_button_and_decides_nothing_by_itself(
    browser: Opens, asked: Five, database: Database, settings: Settings, time: Callable[[datetime], None]
) -> None:
    time(ASKED_AT)
    address = first_letter_link(database, settings, asked.ada)
    page = browser().open(address)
    assert page.answer is not None
    assert page.answer.headers["cache-control"] == "private, no-store"
    with database.reading() as db:
        assert db.exec(select(PresenceAnswer)).all() == []
    assert "vous êtes attendu·e" in page.submit("Oui, je viens").text
    forged = address[:-1] + ("A" if address[-1] != "A" else "B")
    assert browser().open(forged).status == 404


def test_a_late_answer_from_a_letter_says_why(
    browser: Opens, asked: Five, database: Database, settings: Settings, time: Callable[[datetime], None]
) -> None:
    time(DUE_AT)
    address = first_letter_link(database, settings, asked.ada)
    page = browser().post(address)
    assert page.status == 409
    assert "Il fallait répondre avant le samedi 13 mars 2027 à 18 h" in page.text


def test_the_desk_counts_and_answers_for_somebody(
    browser: Opens, asked: Five, database: Database, time: Callable[[datetime], None]
) -> None:
    time(ASKED_AT)
    claude = signed_at(browser, database, asked.claude, ASKED_AT)
    page = claude.open("/organisation/sprint-2027/presence")
    assert "Personne n’a encore confirmé sa présence" in page.text
    page = page.submit(f"Confirmer pour {asked.ada.name}")
    assert "Présence confirmée à sa place." in page.text
    assert "Une personne a confirmé sa présence" in page.text
    assert "Présence confirmée" in claude.open(f"/organisation/sprint-2027/personnes/{asked.ada.id}").text


def test_an_organiser_settles_when_people_are_asked(browser: Opens, five: Five, database: Database) -> None:
    page = browser(five.claude).open("/organisation/sprint-2027/presence")
    assert "Rien n’est demandé" in page.text
    page = page.submit("Enregistrer", demander="1", demande="5", reponse="2", rend="1")
    assert "C’est enregistré." in page.text
    with database.reading() as db:
        call = db.exec(select(PresenceCall)).one()
        assert (call.ask_days, call.answer_days, call.releases) == (5, 2, True)
    page = page.submit("Enregistrer", demande="2")
    assert (page.status, "La réponse doit être attendue au moins un jour après la demande" in page.text) == (409, True)
    assert page.submit("Enregistrer", demande="").status == 422


def test_the_silent_are_counted_on_the_first_page_and_asked_again_once_a_day(
    browser: Opens, asked: Five, database: Database, settings: Settings, time: Callable[[datetime], None]
) -> None:
    time(ASKED_AT)
    with database.writing() as db:
        assert ask_presence(db, asked.edition.id or 0, ASKED_AT)
    tomorrow = ASKED_AT + timedelta(days=1)
    time(tomorrow)
    claude = signed_at(browser, database, asked.claude, tomorrow)
    with recorded(database) as queries:
        claude.open("/organisation/sprint-2027")
    assert queries.count <= 12, str(queries)
    assert "Réponse attendue avant le samedi 13 mars 2027 à 18 h" in claude.text
    page = claude.click("personne n’a pas dit si elle vient").submit("Relancer cette personne")
    assert "C’est fait ; 1 personne reçoit la question à nouveau." in page.html.replace("\xa0", " ").replace(
        "\u202f", " "
    )
    assert "un courriel l’a déjà demandé aujourd’hui" in page.text
    assert page.post("/organisation/sprint-2027/presence/rappel").status == 409
    with database.reading() as db:
        facts = db.exec(select(Fact.act, Fact.detail).where(Fact.kind == "registration.presence_reminded")).all()
        ((act, detail),) = facts
        assert detail == {"people": 1}
        letters = owed_letters(db, act)
    assert [(one.person_id, one.text.purpose, one.good_until) for one in letters] == [
        (asked.ada.id, "presence", DUE_AT)
    ]
    assert speak(letters[0].text.subject).startswith("Rappel")
