"""The agenda as organisers keep it."""

import pytest
from sqlmodel import select

from sprint.database import Database
from sprint.journal import Fact
from sprint.programme.rules import NOWHERE
from sprint.programme.tables import Slot, Track
from tests.agenda.asking import TRACK, Opens, events, fetched, slot_called
from tests.makers import a_slot, a_track, an_edition
from tests.people import Five
from tests.queries import recorded

DESK, ROOMS = "/organisation/sprint-2027/agenda", "/organisation/sprint-2027/visio"


def facts(database: Database, kind: str) -> list[Fact]:
    with database.reading() as db:
        return list(db.exec(select(Fact).where(Fact.kind == kind)))


def test_a_slot_is_cancelled_and_restored_and_its_calendar_follows(
    browser: Opens, database: Database, five: Five
) -> None:
    with database.reading() as db:
        slot = slot_called(db, "Première installation")
    one = browser(five.claude)
    for number, (verb, status) in enumerate((("annulation", "CANCELLED"), ("retablissement", "CONFIRMED"))):
        page = one.post(f"/organisation/sprint-2027/creneaux/{slot.id}/{verb}")
        assert page.status == 200
        assert [told for *_, told in events(fetched(browser, TRACK))] == [status]
        assert f"SEQUENCE:{number + 1}" in fetched(browser, TRACK).text
        assert ("Annulé" in browser().open("/sprint-2027/agenda").text) is (status == "CANCELLED")
    cancelled = [fact.detail for fact in facts(database, "slot.cancelled")]
    assert [(detail["slot"], detail["now"]) for detail in cancelled] == [(slot.id, NOWHERE)]
    assert len(facts(database, "slot.restored")) == 1


def test_saying_it_twice_changes_nothing(browser: Opens, database: Database, five: Five) -> None:
    with database.reading() as db:
        slot = slot_called(db, "Accueil")
    for _ in range(2):
        browser(five.claude).post(f"/organisation/sprint-2027/creneaux/{slot.id}/annulation")
    assert len(facts(database, "slot.cancelled")) == 1
    with database.reading() as db:
        assert slot_called(db, "Accueil").revision == 1


def test_a_slot_of_another_edition_is_not_found(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        slot = a_slot(db, an_edition(db, slug="sprint-2028", name="Sprint 2028"))
    for number in (slot.id, 99_999, 2**40):
        answer = browser(five.claude).post(f"/organisation/sprint-2027/creneaux/{number}/annulation")
        assert answer.status == 404
    with database.reading() as db:
        assert db.get_one(Slot, slot.id).cancelled_at is None


def test_where_a_track_meets_is_said_and_taken_back(browser: Opens, database: Database, five: Five) -> None:
    for number, link in enumerate(("https://visio.example/keycloak", "")):
        page = browser(five.claude).post(
            f"{ROOMS.replace('visio', 'parcours/keycloak/visio')}", **{"keycloak-lien": link}
        )
        assert page.status == 200
        with database.reading() as db:
            track = db.get_one(Track, five.keycloak.id)
        assert (track.join_url, track.revision) == (link, number + 1)
    assert [fact.detail for fact in facts(database, "track.join_link")] == [{}, {}]


@pytest.mark.parametrize(
    "link",
    [
        "http://visio.example",
        "javascript:alert(1)",
        "visio",
        "https://",
        "https://a b",
        "https://[x",
        "https://" + "a" * 400,
    ],
)
def test_what_is_no_address_is_refused_and_kept_in_the_form(
    link: str, browser: Opens, database: Database, five: Five
) -> None:
    page = browser(five.claude).post("/organisation/sprint-2027/parcours/keycloak/visio", **{"keycloak-lien": link})
    assert page.status == 422
    assert link in [one.get("value") for one in page.page.iter("input")]
    with database.reading() as db:
        assert db.get_one(Track, five.keycloak.id).join_url == ""


def test_both_pages_cost_the_same_with_fifty_rows(browser: Opens, database: Database, five: Five) -> None:
    few = [cost(browser, database, five, address) for address in (DESK, ROOMS)]
    with database.writing() as db:
        for number in range(50):
            track = a_track(db, five.edition, slug=f"parcours-{number}", name=f"Parcours {number}")
            a_slot(db, five.edition, track=track, title=f"Créneau {number}")
    assert (few, [cost(browser, database, five, address) for address in (DESK, ROOMS)]) == ([4, 3], [4, 3])


def cost(browser: Opens, database: Database, five: Five, address: str) -> int:
    one = browser(five.claude)
    with recorded(database) as queries:
        one.open(address)
    return queries.count
