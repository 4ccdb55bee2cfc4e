"""What members share of a page is shared rightly: who came before leaves no trace in what one is shown."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from sprint import jobs
from sprint.app import build, specs
from sprint.database import Database
from sprint.notices.queries import POSTING
from sprint.notices.tables import Letter
from sprint.participation.tables import ConductAcceptance
from sprint.people.tables import Grant, Person, Right
from sprint.programme.tables import Track
from sprint.settings import Settings
from tests.browser import Browser
from tests.makers import NOW, a_grant, a_person, a_registration
from tests.participation.stage import set_conduct
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
    assert (queries.count, queries.freshness) == (1, 1)


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


# --- the organisers' pages


DESK = "/organisation/sprint-2027"
LISTS = (DESK, f"{DESK}/personnes", f"{DESK}/personnes?tri=arrivee", f"{DESK}/parcours/keycloak", f"{DESK}/chiffres")


@pytest.fixture
def ursula(database: Database, five: Five) -> Person:
    """Organises the edition as Claude does."""
    with database.writing() as db:
        person = a_person(db, name="Ursula <Franklin>")
        a_grant(db, person=person, right=Right.ORGANISER, over=five.edition)
    return person


@pytest.mark.parametrize("address", LISTS)
def test_organisers_share_their_lists_and_see_every_change(
    address: str, browser: Opens, five: Five, ursula: Person, database: Database
) -> None:
    shown = browser(five.claude).open(address).text
    other = browser(ursula)
    with recorded(database) as queries:
        again = other.open(address).text
    assert queries.count == 1
    assert again == shown.replace("Claude Organise", ursula.name)
    with database.writing() as db:
        a_registration(db, a_person(db, name="Grace Hopper"), five.keycloak)
    assert other.open(address).text != again


def test_a_question_has_its_own_answer(browser: Opens, five: Five) -> None:
    claude = browser(five.claude)
    assert "Ada Lovelace" in claude.open(f"{DESK}/personnes").text
    assert "Ada Lovelace" not in claude.open(f"{DESK}/personnes?mot=personne").text
    assert "Ada Lovelace" in claude.open(f"{DESK}/personnes?mot=love").text


@pytest.mark.parametrize("address", LISTS)
def test_what_organisers_share_is_for_organisers(address: str, browser: Opens, five: Five) -> None:
    browser(five.claude).open(address)
    assert {name: browser(five.called(name)).open(address).status for name in NAMES if name != "claude"} == {
        name: 404 for name in NAMES if name != "claude"
    }
    assert browser(None).client.get(address, follow_redirects=False).status_code == 303


def test_an_organiser_who_was_one_is_shown_nothing(
    browser: Opens, five: Five, ursula: Person, database: Database
) -> None:
    browser(five.claude).open(DESK)
    with database.writing() as db:
        db.exec(update(Grant).where(Grant.person_id == ursula.id).values(revoked_at=NOW))
    assert browser(ursula).open(DESK).status == 404


def test_a_letter_given_up_is_on_the_desk_at_once_and_gone_when_tried_again(
    browser: Opens, five: Five, database: Database
) -> None:
    claude = browser(five.claude)
    assert " courrier" not in claude.open(DESK).text
    with database.writing() as db:
        letter = Letter(
            act="a", person_id=five.ada.id or 0, purpose="registration", edition_id=five.edition.id, words=None,
            message_id="<1@sprint>", owed_at=NOW,
        )  # fmt: skip
        db.add(letter)
        db.flush()
        jobs.owe(db, POSTING, str(letter.id), NOW)
    with database.writing() as db:
        claimed = jobs.claim(db, [POSTING], NOW, timedelta(minutes=1))
        assert claimed is not None
        jobs.bury(db, claimed, "550 no such user", NOW)
    assert "1 courrier" in claude.open(DESK).text
    with database.writing() as db:
        jobs.revive(db, POSTING, str(letter.id), NOW)
    assert " courrier" not in claude.open(DESK).text


def test_a_mentor_whose_time_ends_is_missed_at_that_moment(
    browser: Opens, five: Five, database: Database, time: Callable[[datetime], None]
) -> None:
    with database.writing() as db:
        a_grant(db, person=five.ada, right=Right.MENTOR, over=five.keycloak, until_at=NOW + timedelta(minutes=2))
    claude = browser(five.claude)
    found = []
    for minutes in (0, 1, 2):
        time(NOW + timedelta(minutes=minutes))
        found.append(claude.open(DESK).text.count("Aucun"))
    assert found == [0, 0, 1]


def test_whoever_accepted_the_code_of_conduct_is_not_asked_again_whoever_came_before(
    browser: Opens, five: Five, database: Database
) -> None:
    """Two people who hold nothing and work for nobody differ in that alone."""
    set_conduct(database, five, "2027-1")
    with database.writing() as db:
        people = [a_person(db, name=name) for name in ("Grace Hopper", "Katherine Johnson")]
        key, edition = people[0].id or 0, five.edition.id or 0
        db.add(ConductAcceptance(person_id=key, edition_id=edition, version="2027-1", accepted_at=NOW))
    accepted, new = (browser(person) for person in people)
    for _ in range(2):
        assert 'name="charte"' in new.open(TRACK).html
        assert 'name="charte"' not in accepted.open(TRACK).html
        assert "S’inscrire" in accepted.text
