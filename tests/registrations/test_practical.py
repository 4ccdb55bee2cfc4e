"""What those who come must know: written once, sent some days before and on the eve, shown before it leaves; the convocation."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from sprint import sessions
from sprint.database import Database
from sprint.duties import do_due
from sprint.notices.tables import Letter
from sprint.people.tables import Person
from sprint.programme.queries import track_called
from sprint.programme.tables import Practical
from sprint.registrations.actions import cancel, write_practical
from sprint.registrations.letters.practical import Information
from sprint.registrations.tables import Mode
from sprint.worker import worker_of
from tests.browser import Browser
from tests.makers import NOW, a_person, a_registration, a_track, days_of
from tests.notices.scene import some_settings
from tests.people import Five
from tests.queries import inside_the_writing_door, recorded
from tests.registrations.stage import REMOTE, Stage, a_stage

Opens = Callable[..., Browser]
SENT_AT = datetime(2027, 3, 11, 8, tzinfo=UTC)
"""9 a.m. in Paris, five days before the first day."""
EVE = datetime(2027, 3, 15, 15, tzinfo=UTC)
"""4 p.m. in Paris."""
TOLD = {"access": "Ligne 13, sortie 2.", "hours": "9 h à 17 h.", "food": "Repas offert.", "contact": "Solène, 01 02"}


def a_stage_that_tells(database: Database) -> Stage:
    stage = a_stage(database, {"keycloak": 1}, {"keycloak": 1})
    for name, mode in (("ada", None), ("barbara", REMOTE), ("claude", None)):
        stage.register(name, "keycloak", **({"mode": mode} if mode else {}))
    with database.writing() as db:
        db.add(Practical(edition_id=stage.edition_id, letter_days=5, reminds=True, **TOLD))
    return stage


def work(database: Database, at: datetime, time: Callable[[datetime], None]) -> None:
    time(at)
    do_due(database, at)
    worker = worker_of(database, some_settings())
    while worker.do_one() is not None:
        pass


def sent(database: Database, *purposes: str) -> list[tuple[str, str]]:
    with database.reading() as db:
        of_these = select(Person.name, Letter.purpose).join(Letter).where(Letter.purpose.in_(purposes))  # type: ignore[attr-defined]
        return [tuple(row) for row in db.exec(of_these.order_by(Letter.id))]  # type: ignore[arg-type,misc]


def test_the_letter_and_the_reminder_go_to_those_with_a_seat_in_their_moments(
    database: Database, time: Callable[[datetime], None]
) -> None:
    a_stage_that_tells(database)
    work(database, SENT_AT - timedelta(minutes=1), time)
    assert sent(database, "practical", "reminder") == []
    work(database, SENT_AT, time)
    work(database, SENT_AT + timedelta(days=1), time)
    assert sent(database, "practical", "reminder") == [("ada", "practical"), ("barbara", "practical")]
    work(database, EVE, time)
    assert sent(database, "reminder") == [("ada", "reminder"), ("barbara", "reminder")]


def test_neither_leaves_once_the_first_morning_is_over(database: Database, time: Callable[[datetime], None]) -> None:
    a_stage_that_tells(database)
    work(database, datetime(2027, 3, 16, 11, tzinfo=UTC), time)
    assert sent(database, "practical", "reminder") == []


def test_who_comes_from_afar_is_not_told_the_way(database: Database, time: Callable[[datetime], None]) -> None:
    a_stage_that_tells(database)
    work(database, SENT_AT, time)
    with database.reading() as db:
        words = {
            person: str(kept)
            for person, kept in db.exec(
                select(Person.name, Letter.words).join(Letter).where(Letter.purpose == "practical")
            )
        }
    assert ["Ligne 13" in words[name] for name in ("ada", "barbara")] == [True, False]
    assert ["Solène" in words[name] for name in ("ada", "barbara")] == [True, True]


def test_an_organiser_writes_it_and_reads_it_as_somebody_will(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open("/organisation/sprint-2027/pratique")
    assert "Aucun courriel ne part" in page.text
    page = page.submit("Enregistrer", avant="5")
    assert (page.status, "Écrivez au moins un texte" in page.text) == (409, True)
    page = page.submit("Enregistrer", avant="5", acces="Ligne 13, sortie 2.", veille="1")
    assert "Le courriel part le jeudi 11 mars 2027 à 9 h" in page.text
    page = page.click("le courriel pratique")
    assert f"voici le courriel de {five.ada.name}" in page.text
    assert "Venir : Ligne 13, sortie 2." in page.text


def test_the_page_says_what_still_leaves(
    browser: Opens, database: Database, five: Five, time: Callable[[datetime], None]
) -> None:
    address = "/organisation/sprint-2027/pratique"
    with database.writing() as db:
        db.add(Practical(edition_id=five.edition.id or 0, letter_days=5, reminds=True, **TOLD))

    def says(at: datetime) -> str:
        time(at)
        return signed_in(browser, database, five.claude, at).open(address).text

    assert "Le courriel part le jeudi 11 mars 2027 à 9 h, heure de Paris, le rappel le lundi 15 mars" in says(NOW)
    assert "Le courriel part dans les minutes qui viennent." in says(SENT_AT)
    do_due(database, SENT_AT)
    assert "Le courriel est parti, le rappel part le lundi 15 mars 2027 à 16 h, heure de Paris." in says(SENT_AT)
    assert "Le courriel est parti. " in says(EVE)


def test_after_the_first_morning_nothing_leaves_any_more(
    browser: Opens, database: Database, five: Five, time: Callable[[datetime], None]
) -> None:
    with database.writing() as db:
        db.add(Practical(edition_id=five.edition.id or 0, letter_days=5, reminds=True, **TOLD))
    noon = datetime(2027, 3, 16, 11, tzinfo=UTC)
    time(noon)
    page = signed_in(browser, database, five.claude, noon).open("/organisation/sprint-2027/pratique")
    assert "La première matinée est passée : aucun courriel ne part plus." in page.text


def test_the_convocation_says_what_an_employer_must_read(browser: Opens, five: Five, database: Database) -> None:
    with database.writing() as db:
        first = days_of(db, five.edition)[0]
        db.add(Practical(edition_id=five.edition.id or 0, contact="Solène Abadie, 01 02"))
        assert first.on.isoformat() == "2027-03-16"
    page = browser(five.ada).open("/moi").click("Ma convocation, pour ma hiérarchie")
    told = [
        five.ada.name,
        "Installer Keycloak",
        "Mardi 16 mars 2027",
        "Mercredi 17 mars 2027",
        "Solène Abadie, 01 02",
        "Paris",
    ]
    assert [words for words in told if words not in page.text] == []
    assert page.answer is not None
    assert page.answer.headers["cache-control"] == "private, no-store"
    assert browser(five.ada).open("/en/moi/convocation/sprint-2027").status == 200


def test_without_a_seat_there_is_no_convocation(browser: Opens, five: Five, database: Database) -> None:
    with database.writing() as db:
        cancel(db, five.ada.id or 0, five.keycloak, [day.id or 0 for day in days_of(db, five.edition)], NOW)
    assert browser(five.ada).open("/moi/convocation/sprint-2027").status == 404
    assert browser(five.eve).open("/moi/convocation/sprint-2027").status == 404


# --- sent again


CHANGED_AT = SENT_AT + timedelta(hours=3)


def changed(database: Database, five: Five, **texts: str) -> None:
    with database.writing() as db:
        told = Information(**{**TOLD, **texts}, letter_days=5)
        write_practical(db, five.edition.id or 0, told, CHANGED_AT, five.claude.id or 0)


@pytest.fixture
def told(five: Five, database: Database, time: Callable[[datetime], None]) -> Five:
    """Ada comes on site; Denise at a distance; both were told."""
    with database.writing() as db:
        db.add(Practical(edition_id=five.edition.id or 0, letter_days=5, **TOLD))
        grist = a_track(db, five.edition, slug="grist", name="Grist", seats=30, mode=None)
        a_registration(db, five.denise, grist, days=days_of(db, five.edition)[:1], mode=Mode.REMOTE)
    work(database, SENT_AT, time)
    assert [name for name, _ in sent(database, "practical")] == [five.ada.name, five.denise.name]
    time(CHANGED_AT)
    return five


def sits_down(db: Session, five: Five, person: Person) -> None:
    grist = track_called(db, five.edition.id or 0, "grist")
    assert grist is not None
    a_registration(db, person, grist, days=days_of(db, five.edition)[:1], now=CHANGED_AT)


def signed_in(browser: Opens, database: Database, person: Person, at: datetime = CHANGED_AT) -> Browser:
    one = browser()
    with database.writing() as db:
        one.take_session(sessions.open_session(db, person.id or 0, "demo", "tests", at))
    return one


def test_texts_that_changed_are_sent_again_by_one_button_to_those_who_read_others(
    browser: Opens, told: Five, database: Database, time: Callable[[datetime], None]
) -> None:
    claude = signed_in(browser, database, told.claude)
    page = claude.open("/organisation/sprint-2027/pratique")
    assert "chaque personne attendue a ces textes" in page.text
    changed(database, told, food="Buffet.")
    page = claude.open("/organisation/sprint-2027/pratique")
    assert "Les textes ont changé depuis leur envoi, le jeudi 11 mars 2027 à 9 h" in page.text
    work(database, CHANGED_AT, time)
    assert len(sent(database, "practical")) == 2
    # Denise comes from afar, and was never told of the meals.
    page = page.submit("Écrire à la personne qui ne les a pas")
    assert "le courriel part à 1 personne dans deux minutes" in page.text
    work(database, CHANGED_AT, time)
    assert [name for name, _ in sent(database, "practical")][2:] == [told.ada.name]
    with database.reading() as db:
        words = db.exec(select(Letter.words).order_by(Letter.id.desc())).first()  # type: ignore[union-attr]
    assert ["nouvelle version" in str(words), "Buffet." in str(words)] == [True, True]


def test_the_button_pressed_twice_writes_once_and_says_why(browser: Opens, told: Five, database: Database) -> None:
    claude = signed_in(browser, database, told.claude)
    changed(database, told, contact="Ulysse, 03 04")
    page = claude.open("/organisation/sprint-2027/pratique")
    address = "/organisation/sprint-2027/pratique/renvoi"
    answers = [claude.client.post(address, follow_redirects=False).status_code for _ in range(2)]
    assert answers == [303, 409]
    page = claude.open("/organisation/sprint-2027/pratique")
    assert ["chaque personne attendue a ces textes" in page.text, "Écrire" in page.text] == [True, False]


def test_who_sat_down_since_counts_and_texts_taken_back_are_told_again(
    browser: Opens, told: Five, database: Database, time: Callable[[datetime], None]
) -> None:
    claude = signed_in(browser, database, told.claude)
    with database.writing() as db:
        sits_down(db, told, told.barbara)
    page = claude.open("/organisation/sprint-2027/pratique")
    assert "des places ont été prises depuis" in page.text
    page.submit("Écrire à la personne qui ne les a pas")
    work(database, CHANGED_AT, time)
    assert [name for name, _ in sent(database, "practical")][2:] == [told.barbara.name]
    for contact in ("Ulysse, 03 04", TOLD["contact"]):
        changed(database, told, contact=contact)
        claude.open("/organisation/sprint-2027/pratique").submit("Écrire aux 3 personnes qui ne les ont pas")
        work(database, CHANGED_AT, time)
    assert len(sent(database, "practical")) == 9


def test_nothing_is_sent_again_once_the_first_morning_is_over(
    browser: Opens, told: Five, database: Database, time: Callable[[datetime], None]
) -> None:
    changed(database, told, contact="Ulysse, 03 04")
    noon = datetime(2027, 3, 16, 11, tzinfo=UTC)
    time(noon)
    page = signed_in(browser, database, told.claude, noon).open("/organisation/sprint-2027/pratique")
    assert ["Pas de nouvel envoi : la première matinée est passée." in page.text, "Écrire aux" in page.text] == [
        True,
        False,
    ]


def test_sending_again_costs_the_same_for_a_crowd(browser: Opens, told: Five, database: Database) -> None:
    claude = signed_in(browser, database, told.claude)
    changed(database, told, contact="Ulysse, 03 04")
    counts = []
    for people in (0, 20):
        with database.writing() as db:
            for number in range(people):
                sits_down(db, told, a_person(db, name=f"Person {number}"))
        with recorded(database) as queries:
            claude.open("/organisation/sprint-2027/pratique")
        counts.append(queries.count)
    assert (counts[0], counts[0] <= 12) == (counts[1], True)
    with inside_the_writing_door(database) as queries:
        claude.client.post("/organisation/sprint-2027/pratique/renvoi", follow_redirects=False)
    assert queries.count == 7, str(queries)
