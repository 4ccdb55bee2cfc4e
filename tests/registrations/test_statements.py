"""How many statements each form costs while the writing door is open and others wait for the edition's lock.

Each number is that of one named scenario; a further day and a further promoted person cost the same each time.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sprint.database import Database
from sprint.people.tables import Person
from sprint.registrations.queries.people import places_of
from tests.browser import Browser
from tests.makers import a_person, a_registration, days_of
from tests.people import Five
from tests.queries import Queries, inside_the_writing_door

TUESDAY, WEDNESDAY = "2027-03-16", "2027-03-17"
OpenBrowser = Callable[[Person], Browser]
Post = Callable[..., Queries]


@pytest.fixture
def posting(database: Database, browser: OpenBrowser) -> Post:
    """Posts a form as somebody, who must be sent on by a 303; gives the statements."""

    def post(person: Person, path: str, **fields: str | list[str]) -> Queries:
        client = browser(person).client
        with inside_the_writing_door(database) as queries:
            answer = client.post(path, data=fields, follow_redirects=False)
        assert answer.status_code == 303
        return queries

    return post


@pytest.fixture
def crowd(database: Database, five: Five) -> Callable[[int], None]:
    """So many people who wait for Wednesday on the track where Ada has a seat."""

    def wait(people: int) -> None:
        with database.writing() as db:
            wednesday = days_of(db, five.edition)[1:]
            for number in range(1 + people):  # the first takes the last seat
                a_registration(db, a_person(db, name=f"Person {number}"), five.keycloak, days=wednesday)

    return wait


REGISTER = "/sprint-2027/parcours/keycloak/inscription"
CANCEL = "/sprint-2027/parcours/keycloak/desistement"
CHANGE = "/sprint-2027/parcours/onyxia/changement"
OPENING = "/organisation/sprint-2027/places"
DAY_SEATS = "/organisation/sprint-2027/jours/places"
MENTORS = "/organisation/sprint-2027/parcours/keycloak/mentors"
SEATS = "/organisation/sprint-2027/parcours/keycloak/places"


@pytest.mark.parametrize(("days", "statements"), [([TUESDAY], 8), ([TUESDAY, WEDNESDAY], 8 + 3)])
def test_registering_where_seats_are_free(posting: Post, five: Five, days: list[str], statements: int) -> None:
    queries = posting(five.eve, REGISTER, jour=days, mode="site", once="form-0001")
    assert queries.count == statements, str(queries)


def test_waiting_where_none_is_free(posting: Post, five: Five, crowd: Callable[[int], None]) -> None:
    crowd(1)
    queries = posting(five.eve, REGISTER, jour=[WEDNESDAY], mode="site", once="form-0001")
    assert queries.count == 8, str(queries)


def test_a_form_received_again(posting: Post, five: Five) -> None:
    posting(five.eve, REGISTER, jour=[TUESDAY], mode="site", once="form-0001")
    queries = posting(five.eve, REGISTER, jour=[TUESDAY], mode="site", once="form-0001")
    assert (queries.count, queries.writes) == (1, []), str(queries)


@pytest.mark.parametrize(("days", "statements"), [([TUESDAY], 10), ([TUESDAY, WEDNESDAY], 10 + 5)])
def test_cancelling_when_nobody_waits(posting: Post, five: Five, days: list[str], statements: int) -> None:
    queries = posting(five.ada, CANCEL, jour=days)
    assert queries.count == statements, str(queries)


def test_cancelling_when_somebody_waits(posting: Post, five: Five, crowd: Callable[[int], None]) -> None:
    crowd(3)
    queries = posting(five.ada, CANCEL, jour=[WEDNESDAY])
    assert queries.count == 10 + 6, str(queries)


def test_changing_to_another_track(posting: Post, five: Five) -> None:
    queries = posting(five.ada, CHANGE, jour=[TUESDAY], mode="site", once="form-0001")
    assert queries.count == 17, str(queries)


@pytest.mark.parametrize("promoted", [0, 1, 4])
def test_adding_seats_costs_the_same_for_each_promoted_person(
    posting: Post, five: Five, crowd: Callable[[int], None], promoted: int
) -> None:
    crowd(4)
    seats = {f"{WEDNESDAY}-site-places": str(2 + promoted)} if promoted else {f"{TUESDAY}-site-places": "3"}
    announced = {f"{WEDNESDAY}-site-prevu": str(promoted)} if promoted else {}
    day = WEDNESDAY if promoted else TUESDAY
    queries = posting(five.claude, SEATS, jour=day, mode="site", **seats, **announced)
    assert queries.count == 9 + 6 * promoted, str(queries)


@pytest.mark.parametrize("promoted", [1, 4])
def test_opening_seats_as_announced(posting: Post, five: Five, crowd: Callable[[int], None], promoted: int) -> None:
    crowd(4)
    line = f"keycloak.{WEDNESDAY}.site.2"
    queries = posting(five.claude, OPENING, ligne=[line], places=str(promoted), prevu=str(promoted))
    assert queries.count == 11 + 6 * promoted, str(queries)
    again = posting(five.claude, OPENING, ligne=[line], places=str(promoted), prevu=str(promoted))
    assert (again.count, again.writes) == (4, []), str(again)


def test_limiting_a_day(posting: Post, five: Five) -> None:
    fields = {f"jour-{WEDNESDAY}-site-places": "40"}
    queries = posting(five.claude, DAY_SEATS, jour=WEDNESDAY, mode="site", **fields)
    assert queries.count == 8, str(queries)


def test_naming_a_mentor_and_relieving_them(posting: Post, five: Five) -> None:
    assert posting(five.claude, MENTORS, personne=str(five.ada.id)).count == 9
    assert posting(five.claude, f"{MENTORS}/{five.ada.id}/retrait").count == 8


def test_cancelling_by_the_team_when_somebody_waits(posting: Post, five: Five, database: Database) -> None:
    with database.writing() as db:
        for name in ("Wanda Première", "Xavier Attend"):
            a_registration(db, a_person(db, name=name), five.keycloak, days=days_of(db, five.edition)[:1])
        ids = [
            place.registration_id for place in places_of(db, five.edition.id or 0, [five.ada.id or 0])[five.ada.id or 0]
        ]
    fields = {"inscription": [str(ids[0])], "motif": "twice", "prevu": "1"}
    queries = posting(five.claude, "/organisation/sprint-2027/annulation", **fields)
    assert queries.count == 9 + 6, str(queries)
    again = posting(five.claude, "/organisation/sprint-2027/annulation", **fields)
    assert (again.count, again.writes) == (3, []), str(again)


def test_no_statement_binds_the_state_of_a_registration() -> None:
    """SQLite would prepare it anew at each execution: `in_state` says why."""
    binds = re.compile(r"Registration\.state\)? ?[!=]=|Registration\.state\)?\.in_\(")
    files = (Path(__file__).parents[2] / "sprint").rglob("*.py")
    assert [file.name for file in files if binds.search(file.read_text())] == []
