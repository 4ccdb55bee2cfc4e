"""A draft exists for its organisers alone: pages, calendars, the map, the journal of machines, home, and what is posted."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from sprint.database import Database
from sprint.people.tables import Right
from tests.browser import Browser
from tests.makers import NOW, a_grant, a_slot, a_track, an_edition
from tests.people import Five

Opens = Callable[..., Browser]
NAME = "Sprint secret"
HIDDEN = (
    "/sprint-2028",
    "/sprint-2028/parcours",
    "/sprint-2028/parcours/secret",
    "/sprint-2028/agenda",
    "/sprint-2028/resultats",
)
FEEDS = ("/sprint-2028/agenda.ics", "/sprint-2028/ouverture.ics", "/sprint-2028/parcours/secret.ics")
EVERYWHERE = ("/", "/editions", "/plan-du-site", "/sitemap.xml", "/metrics", "/sprint-2027", "/nulle-part", "/moi")
STRANGERS = ("ada", "barbara", "denise", "eve", "nobody")


@pytest.fixture
def secret(database: Database, five: Five) -> Five:
    """Beside the edition of the five, a draft of the next year with a track and a slot, which Claude prepares."""
    with database.writing() as db:
        draft = an_edition(
            db, slug="sprint-2028", name=NAME, announced_at=None, opens_at=NOW, first_on=NOW.date() + timedelta(days=3)
        )
        a_slot(db, draft, track=a_track(db, draft, slug="secret", name="Parcours secret"))
        a_grant(db, person=five.claude, right=Right.ORGANISER, over=draft)
        a_grant(db, person=five.denise, right=Right.ORGANISER, over=five.edition)
    return five


def who(browser: Opens, five: Five, name: str) -> Browser:
    return browser() if name == "nobody" else browser(five.called(name))


@pytest.mark.parametrize("name", STRANGERS)
def test_a_draft_is_not_found(browser: Opens, secret: Five, name: str) -> None:
    one = who(browser, secret, name)
    assert [one.client.get(address).status_code for address in (*HIDDEN, *FEEDS)] == [404] * 8


@pytest.mark.parametrize("name", STRANGERS)
def test_no_page_names_a_draft(browser: Opens, secret: Five, name: str) -> None:
    one = who(browser, secret, name)
    found = {address: one.client.get(address, follow_redirects=False).text for address in EVERYWHERE}
    assert [address for address, text in found.items() if "secret" in text or "2028" in text] == []


def test_its_organisers_see_it_before_everybody(browser: Opens, secret: Five) -> None:
    one = browser(secret.claude)
    assert [one.open(address).status for address in HIDDEN] == [200] * 5
    assert "Brouillon" in one.open("/sprint-2028").text
    assert NAME in one.open("/organisation").text


def test_home_is_the_same_for_those_who_prepare_a_draft(browser: Opens, secret: Five) -> None:
    assert NAME not in browser(secret.claude).open("/").text


def test_nobody_registers_in_a_draft(browser: Opens, secret: Five) -> None:
    for person, status in ((secret.eve, 404), (secret.claude, 409)):
        one = browser(person)
        address = "/sprint-2028/parcours/secret/inscription"
        one.post(address, jour="2027-01-15", mode="site", once="formulaire-essai")
        assert one.status == status


def test_the_desk_of_a_draft_is_for_its_organisers(browser: Opens, secret: Five) -> None:
    pages = ("", "/etapes", "/agenda", "/personnes", "/courriers", "/contributions", "/chiffres")
    for person, status in ((secret.denise, 404), (secret.claude, 200)):
        one = browser(person)
        assert [one.open(f"/organisation/sprint-2028{page}").status for page in pages] == [status] * len(pages)


def test_announced_by_date_it_appears_everywhere_at_that_moment(
    browser: Opens, database: Database, five: Five, time: Callable[[datetime], None]
) -> None:
    later = NOW + timedelta(minutes=5)
    with database.writing() as db:
        an_edition(db, slug="sprint-2028", name=NAME, announced_at=later, first_on=NOW.date() + timedelta(days=3))
    one = browser()
    addresses = ("/", "/sprint-2028", "/sprint-2028/agenda.ics", "/sitemap.xml", "/plan-du-site")

    def shown() -> list[bool]:
        answers = [one.client.get(address) for address in addresses]
        return [answer.status_code == 200 and "2028" in answer.text for answer in answers]

    assert (shown(), shown()) == ([False] * 5, [False] * 5)
    time(later)
    assert shown() == [True] * 5


def test_announced_by_hand_it_appears_at_the_next_request_and_can_hide_again(browser: Opens, secret: Five) -> None:
    desk, one = browser(secret.claude), browser()
    statuses = [one.client.get("/sprint-2028").status_code]
    desk.open("/organisation/sprint-2028/etapes").submit("Annoncer maintenant")
    statuses.append(one.client.get("/sprint-2028").status_code)
    assert statuses == [404, 200]
