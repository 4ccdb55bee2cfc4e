"""What members share of a page is shared rightly: who came before leaves no trace in what one is shown."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from sprint.app import build, specs
from sprint.database import Database
from sprint.people.tables import Person
from sprint.programme.tables import Track
from sprint.settings import Settings
from tests.browser import Browser
from tests.makers import a_person, a_registration
from tests.people import NAMES, Five, signed_in
from tests.queries import recorded

Opens = Callable[..., Browser]
Ask = Callable[[Person, str], str]
TRACK, PROGRAMME = "/sprint-2027/parcours/keycloak", "/sprint-2027/parcours"
FILLED = {"edition": "sprint-2027", "track": "keycloak", "person": "1", "key": "1"}
SHARED = sorted(
    {
        re.sub(r"\{(\w+)(:\w+)?\}", lambda found: FILLED[found[1]], spec.path)
        for spec in specs(demo=True)
        if spec.own is not None
    }
)


@pytest.fixture
def alone(settings: Settings, database: Database, time: Callable[[datetime], None]) -> Ask:
    """A page as it is for somebody who is the first to come: by an application of its own."""

    def ask(person: Person, address: str) -> str:
        with TestClient(build(settings, database, with_worker=False), base_url=settings.base_url) as client:
            with database.writing() as db:
                client.cookies.set("sprint", signed_in(db, person), domain="localhost.local")
            return comparable(client.get(address).text)

    return ask


def comparable(html: str) -> str:
    """Without what no two visits share: the token of a form, the reference of an error."""
    return re.sub(r'name="once" value="[\w-]+"|Référence\W+\w+', "", html)


@pytest.fixture
def in_a_row(browser: Opens, five: Five, database: Database) -> Ask:
    """The same from one application, where others came before."""
    with database.writing() as db:
        # Ada, who has a seat, is shown where the track meets; Claude too, who organises it.
        db.exec(update(Track).where(Track.slug == "keycloak").values(join_url="https://visio.example/keycloak"))
    pages = {name: browser(five.called(name)).client for name in NAMES}

    def ask(person: Person, address: str) -> str:
        name = next(name for name in NAMES if five.called(name) is person)
        return comparable(pages[name].get(address).text)

    return ask


def test_pages_are_shared_at_all() -> None:
    assert {TRACK, PROGRAMME, "/", "/sprint-2027/agenda"} <= set(SHARED)


@pytest.mark.parametrize("address", SHARED)
def test_whoever_came_before_one_sees_what_one_would_see_alone(
    address: str, five: Five, alone: Ask, in_a_row: Ask
) -> None:
    expected = {name: alone(five.called(name), address) for name in NAMES}
    for order in (NAMES, reversed(NAMES)):
        assert {name: in_a_row(five.called(name), address) for name in order} == expected


@pytest.mark.parametrize("address", SHARED)
def test_two_people_with_the_same_rights_differ_by_their_name_alone(address: str, five: Five, in_a_row: Ask) -> None:
    ada, eve = in_a_row(five.ada, address), in_a_row(five.eve, address)
    assert "Ada Lovelace" in ada
    assert "Ada Lovelace" not in eve
    own = re.compile(
        r'<section class="sprint-block".*?</section>|<li[^>]*>(?:(?!</li>).)*visio.example.*?</li>', re.DOTALL
    )
    blank = re.compile(r"\s+")
    assert blank.sub("", own.sub("", ada).replace("Ada Lovelace", "Eve Dehors")) == blank.sub("", own.sub("", eve))


def test_where_a_track_meets_is_shown_to_those_who_may_know_whoever_came_before(five: Five, in_a_row: Ask) -> None:
    for order in (NAMES, reversed(NAMES)):
        shown = {name: "visio.example" in in_a_row(five.called(name), TRACK) for name in order}
        assert {name for name, knows in shown.items() if knows} == {"ada", "claude"}


def test_a_name_is_escaped(browser: Opens, five: Five, database: Database) -> None:
    with database.writing() as db:
        person = a_person(db, name="<b>Mallory</b>")
    one = browser(person).client
    assert [one.get(PROGRAMME).text.count(name) for name in ("&lt;b&gt;Mallory&lt;/b&gt;", "<b>Mallory")] == [1, 0]


def test_the_second_member_costs_who_they_are_and_whether_anything_changed(
    browser: Opens, five: Five, database: Database
) -> None:
    browser(five.ada).open(PROGRAMME)
    second = browser(five.eve)
    with recorded(database) as queries:
        second.open(PROGRAMME)
    assert (queries.count, queries.freshness) == (2, 1)


def test_a_change_elsewhere_reaches_every_member(
    browser: Opens, five: Five, database: Database, settings: Settings
) -> None:
    ada, eve = browser(five.ada), browser(five.eve)
    for one in (ada, eve):
        assert "1 / 2" in one.open(PROGRAMME).text
    with Database(settings.database_url) as elsewhere, elsewhere.writing() as db:
        a_registration(db, a_person(db, name="Grace Hopper"), five.keycloak)
        db.exec(update(Track).where(Track.slug == "onyxia").values(name="Traduire Onyxia"))
    for one in (ada, eve):
        assert "2 / 2" in one.open(PROGRAMME).text
        assert "Traduire Onyxia" in one.text
