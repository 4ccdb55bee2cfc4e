"""Somebody signed in: one click; organisers: how many will be told; what all of it costs."""

import pytest
from sqlmodel import Session

from sprint.alerts.letters import CONFIRM, STOP
from sprint.database import Database
from sprint.programme.tables import Edition
from sprint.settings import Settings
from sprint.web.sealed import seal
from tests.alerts.scene import GRACE, HERE, Opens, asked, facts, left, over, proven, waiting
from tests.browser import Browser
from tests.makers import NOW, an_alert
from tests.people import Five
from tests.queries import inside_the_writing_door, recorded


def test_with_a_proven_address_one_click_is_enough_and_another_gives_it_up(
    browser: Opens, database: Database, ahead: Five
) -> None:
    one = browser(proven(database, ahead.ada)).open("/").click("Me prévenir")
    assert (one.address, "ada@example.org" in one.text) == (HERE, True)
    page = one.submit("Me prévenir")
    assert "Vous serez prévenu·e à l’ouverture." in page.text
    assert waiting(database) == [("ada@example.org", True, ahead.ada.id)]
    assert left(database, NOW) == []
    assert browser(ahead.ada).post(f"{HERE}/moi").status == 200
    assert "Vos demandes d’être prévenu·e" in browser(ahead.ada).open("/moi/donnees").text
    assert "vous ne serez pas prévenu·e" in page.submit("Ne plus me prévenir").text
    assert waiting(database) == []
    assert facts(database) == [
        ("alert.confirmed", ahead.ada.id, ahead.edition.id),
        ("alert.given_up", ahead.ada.id, ahead.edition.id),
    ]


def test_between_editions_one_click_waits_for_the_next(browser: Opens, database: Database, five: Five) -> None:
    over(database, five)
    page = browser(proven(database, five.ada)).open("/").click("Me prévenir").submit("Me prévenir")
    assert (page.address, "Vous serez prévenu·e à l’ouverture." in page.text) == ("/prevenir", True)
    assert waiting(database) == [("ada@example.org", True, five.ada.id)]
    page.submit("Ne plus me prévenir")
    assert waiting(database) == []


def test_without_a_proven_address_one_gives_one_like_everybody(browser: Opens, database: Database, ahead: Five) -> None:
    page = browser(ahead.eve).open(HERE).submit("Me prévenir", adresse="eve@example.org")
    assert ("un lien vient d’y partir" in page.text, waiting(database)) == (True, [("eve@example.org", False, None)])
    assert browser(ahead.eve).post(f"{HERE}/moi").status == 409


def test_an_address_given_before_signing_in_becomes_that_of_the_account(
    browser: Opens, database: Database, ahead: Five
) -> None:
    asked(browser, "Ada@example.org")
    browser(proven(database, ahead.ada)).open(HERE).submit("Me prévenir")
    assert waiting(database) == [("Ada@example.org", True, ahead.ada.id)]


def test_nobody_signed_in_has_nothing_to_give_up(browser: Opens, ahead: Five) -> None:
    for path in (f"{HERE}/moi", f"{HERE}/moi/retrait", "/prevenir/moi", "/prevenir/moi/retrait"):
        assert browser().open(path).address in (HERE, "/prevenir?", "/prevenir")
        assert "/connexion" in browser().post(path).address


def test_what_one_asked_shows_on_a_page_of_ones_own_alone(browser: Opens, database: Database, ahead: Five) -> None:
    """Home and tracks are shared between members: they say the same to whoever asked and to whoever did not."""
    proven(database, ahead.ada)
    before = [browser(ahead.eve).open(one).text for one in ("/", "/sprint-2027/parcours/onyxia")]
    browser(ahead.ada).open(HERE).submit("Me prévenir")
    assert [browser(ahead.eve).open(one).text for one in ("/", "/sprint-2027/parcours/onyxia")] == before
    assert "Me prévenir" in browser(ahead.ada).open("/").text


# --- organisers


def test_organisers_read_how_many_will_be_told_before_they_open(
    browser: Opens, database: Database, ahead: Five
) -> None:
    life = "/organisation/sprint-2027/etapes"
    assert "demandé à être prévenue" not in browser(ahead.claude).open(life).text
    with database.writing() as db:
        edition = db.get_one(Edition, ahead.edition.id)
        an_alert(db, GRACE, edition=edition)
        an_alert(db, GRACE)
        an_alert(db, "kay@example.org")
        an_alert(db, "eve@example.org", edition=edition, is_confirmed=False)
    page = browser(ahead.claude).open(life)
    assert "2 personnes ont demandé à être prévenues" in page.text
    assert "sont ouvertes" in page.submit("Ouvrir les inscriptions maintenant").text
    assert sorted(mail["To"].addresses[0].addr_spec for mail in left(database, NOW)) == [GRACE, "kay@example.org"]


# --- costs


def many(db: Session, five: Five) -> None:
    edition = db.get_one(Edition, five.edition.id)
    for number in range(50):
        an_alert(db, f"p{number}@example.org", edition=edition)
        an_alert(db, f"n{number}@example.org")


QUERIES = {"nobody": {"/prevenir": 0, HERE: 0}, "ada": {"/prevenir": 4, HERE: 4}}
"""Beside the one that every page asks, the data version with whoever comes."""


@pytest.mark.parametrize(("who", "address"), [(who, address) for who, own in QUERIES.items() for address in own])
def test_the_pages_cost_the_same_with_fifty_alerts(
    who: str, address: str, browser: Opens, database: Database, ahead: Five
) -> None:
    person = proven(database, ahead.ada) if who == "ada" else None

    def cost() -> int:
        one = browser(person).open(address)
        with recorded(database) as queries:
            one.open(address)
        return queries.count

    few = cost()
    with database.writing() as db:
        many(db, ahead)
    assert (few, cost()) == (QUERIES[who][address], QUERIES[who][address])


def test_how_many_statements_each_form_costs_behind_the_writing_door(
    browser: Opens, database: Database, ahead: Five, settings: Settings
) -> None:
    proven(database, ahead.ada)
    with database.writing() as db:
        alert_id = an_alert(db, "kay@example.org", is_confirmed=False).id

    def cost(one: Browser, path: str, **data: str) -> int:
        with inside_the_writing_door(database) as queries:
            answer = one.client.post(path, data=data, follow_redirects=False)
        assert answer.status_code == 303, path
        return queries.count

    ada = browser(ahead.ada)
    assert {
        "ask": cost(browser(), HERE, adresse=GRACE),
        "again": cost(browser(), HERE, adresse=GRACE),
        "confirm": cost(browser(), f"/prevenir/confirmer/{seal(settings, CONFIRM, alert_id, 0)}"),
        "stop": cost(browser(), f"/prevenir/arret/{seal(settings, STOP, alert_id, 0)}"),
        "me": cost(ada, f"{HERE}/moi"),
        "no more": cost(ada, f"{HERE}/moi/retrait"),
    } == {"ask": 10, "again": 9, "confirm": 4, "stop": 4, "me": 7, "no more": 4}
