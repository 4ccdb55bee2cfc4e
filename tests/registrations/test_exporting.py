"""The people of an edition as a sheet."""

from collections.abc import Callable

from sqlmodel import func, select

from sprint.database import Database
from sprint.journal import Fact
from tests.browser import Browser
from tests.makers import a_person, a_registration
from tests.people import Five
from tests.queries import inside_the_writing_door

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


def test_the_list_is_read_before_the_writing_door_opens(browser: Opens, database: Database, five: Five) -> None:
    """Whoever registers meanwhile waits for a note of one line, however long the list is."""
    client = browser(five.claude).client
    inside = []
    for more in (0, 9):
        with database.writing() as db:
            for number in range(more):
                a_registration(db, a_person(db, name=f"Personne {number}"), five.keycloak)
        with inside_the_writing_door(database) as queries:
            assert client.post(EXPORT).status_code == 200
        inside.append(queries.statements)
    assert inside[0] == inside[1]
    assert len(inside[0]) == 3, inside[0]


def test_whoever_is_given_no_sheet_leaves_no_fact(browser: Opens, database: Database, five: Five) -> None:
    answers = {
        "eve": browser(five.eve).client.post(EXPORT),
        "nobody": browser(None).client.post(EXPORT, follow_redirects=False),
        "elsewhere": browser(five.claude).client.post(EXPORT.replace("2027", "2026")),
    }
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "eve": 404,
        "nobody": 303,
        "elsewhere": 404,
    }
    with database.reading() as db:
        assert db.exec(select(func.count()).where(Fact.kind == "registration.exported")).one() == 0
