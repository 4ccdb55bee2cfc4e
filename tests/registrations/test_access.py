"""The list for the door: names and organisations of one day, for a purpose, written down."""

from sqlmodel import select

from sprint.database import Database
from sprint.journal import Fact
from tests.agenda.asking import Opens
from tests.makers import a_person, a_registration, a_track, days_of
from tests.people import Five

ACCESS = "/organisation/sprint-2027/acces"


def facts(database: Database) -> list[tuple[object, ...]]:
    with database.reading() as db:
        kind = "registration.access_listed"
        return [
            tuple(one) for one in db.exec(select(Fact.actor_id, Fact.person_id, Fact.detail).where(Fact.kind == kind))
        ]


def test_it_names_whoever_is_expected_on_site_that_day_and_where_they_work(
    browser: Opens, database: Database, five: Five
) -> None:
    with database.writing() as db:
        a_registration(db, a_person(db, name="Zoé"), five.keycloak, days=days_of(db, five.edition)[1:])
        a_registration(db, a_person(db, name="En attente"), five.keycloak, days=days_of(db, five.edition)[1:])
    answer = browser(five.claude).client.post(ACCESS, data={"jour": "2027-03-17", "motif": "batiment"})
    lines = answer.text.lstrip("\ufeff").splitlines()
    assert answer.headers["content-disposition"] == 'attachment; filename="acces-sprint-2027-2027-03-17.csv"'
    assert [line.split(";")[0] for line in lines] == ['"Nom"', '"Ada Lovelace"', '"Zoé"']
    assert (lines[1].split(";")[1] != '""', lines[2].split(";")[1]) == (True, '""')
    assert "@" not in answer.text
    assert facts(database) == [(five.claude.id, None, {"people": 2, "purpose": "batiment"})]


def test_without_purpose_or_day_there_is_no_list_and_no_fact(browser: Opens, database: Database, five: Five) -> None:
    one = browser(five.claude)
    assert one.post(ACCESS, jour="2027-03-17", motif="").status == 422
    assert "Dites à quoi la liste sert" in one.text
    assert one.post(ACCESS, jour="2030-01-01", motif="batiment").status == 422
    assert browser(five.eve).client.post(ACCESS, data={"jour": "2027-03-17", "motif": "batiment"}).status_code == 404
    assert facts(database) == []


def test_the_list_to_print_says_its_day_and_purpose_a_line_for_each_and_leaves_the_same_fact(
    browser: Opens, database: Database, five: Five
) -> None:
    with database.writing() as db:
        door = a_track(db, five.edition, slug="porte", name="Porte", seats=2)
        for name in ("Zoé", "Élodie", "En attente"):
            a_registration(db, a_person(db, name=name), door, days=days_of(db, five.edition)[1:])
    page = browser(five.claude).open(ACCESS).submit("Afficher la liste à imprimer", jour="2027-03-17", motif="securite")
    assert (page.status, page.texts("h1")) == (200, ["Liste d’accès, mercredi 17 mars 2027"])
    assert "Pour compter les personnes présentes, en cas d’évacuation." in page.text
    assert page.texts("th")[3:] == ["Ada Lovelace", "Élodie", "Zoé"]
    assert page.answer is not None
    assert page.answer.headers["cache-control"] == "private, no-store"
    assert facts(database) == [(five.claude.id, None, {"people": 3, "purpose": "securite"})]
