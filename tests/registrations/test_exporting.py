"""The people of an edition as a sheet."""

from collections.abc import Callable

from sqlmodel import select

from sprint.database import Database
from sprint.journal import Fact
from tests.browser import Browser
from tests.makers import a_person, a_registration
from tests.people import Five

Opens = Callable[..., Browser]
EXPORT = "/organisation/sprint-2027/personnes/export"


def test_the_sheet_holds_whom_the_list_shows_and_leaves_a_fact(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        a_registration(db, five.eve, five.keycloak)
    client = browser(five.claude).client
    answer = client.post(f"{EXPORT}?mot=ada&etat=confirmed")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="inscriptions-sprint-2027.csv"'
    assert answer.text.lstrip("\ufeff").splitlines()[1:] == [
        '"Ada Lovelace";"ada@example.org";"agent·e public·que";"2027-03-16";"sur place";"Installer Keycloak";"confirmée"',
        '"Ada Lovelace";"ada@example.org";"agent·e public·que";"2027-03-17";"sur place";"Installer Keycloak";"confirmée"',
    ]
    with database.reading() as db:
        facts = db.exec(select(Fact.actor_id, Fact.person_id, Fact.detail).where(Fact.kind == "registration.exported"))
        assert [tuple(fact) for fact in facts] == [(five.claude.id, None, {"people": 1})]


def test_a_hostile_name_is_harmless(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        a_registration(db, a_person(db, name="=cmd|' /C calc'!A0", email="x@example.org"), five.keycloak)
    text = browser(five.claude).client.post(EXPORT).text
    assert "\"'=cmd|' /C calc'!A0\"" in text
    assert text.count("\r\n") == 1 + 2 + 2
