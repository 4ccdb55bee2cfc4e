"""An organiser takes back what they did, with its letters: from the page that follows, for two minutes, once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from time import sleep as wait_for

import pytest
from sqlmodel import col, select

from sprint import clock
from sprint.database import Database
from sprint.jobs import Job
from sprint.journal import FOLLOW_UP, Fact
from sprint.notices.actions import note_posted
from sprint.notices.queries import POSTING
from sprint.notices.tables import Letter
from sprint.refusal import Refused
from sprint.registrations.actions import cancel_by_team
from sprint.registrations.queries.undoing import act_numbered
from sprint.registrations.rules import Why
from sprint.registrations.tables import Registration
from sprint.registrations.undoing import LASTS
from sprint.settings import Settings
from sprint.undoing.actions import take_back
from sprint.worker import LeaseLost, Worker
from tests.agenda.asking import Opens
from tests.browser import Browser
from tests.makers import NOW, a_person, a_registration, days_of
from tests.notices.scene import some_settings
from tests.notices.test_work import a_worker, letters, work_at
from tests.people import Five
from tests.queries import inside_the_writing_door, recorded
from tests.relay import Relay

DESK = "/organisation/sprint-2027"
MINUTE = timedelta(minutes=1)
BUTTON = "Annuler ce changement"
Travel = Callable[[datetime], None]


@pytest.fixture
def settings(database: Database) -> Settings:
    """As in production: letters leave two minutes later."""
    url = database.url.render_as_string(hide_password=False)
    return Settings(database_url=url, base_url="http://localhost", secret="s" * 32, demo="1", letter_delay_seconds=120)


def held(database: Database, five: Five) -> list[int]:
    """Ada’s live registrations."""
    with database.reading() as db:
        live = (Registration.person_id == five.ada.id, col(Registration.ended_at).is_(None))
        return [key or 0 for key in db.exec(select(Registration.id).where(*live).order_by(col(Registration.id)))]


def cancelled(database: Database, five: Five) -> int:
    """Both days of Ada; the number of the act."""
    keys = held(database, five)
    with database.writing() as db:
        cancel_by_team(db, five.edition.id or 0, keys, Why.TWICE, 0, NOW, five.claude.id or 0)
        last = db.exec(select(Fact.act).order_by(col(Fact.id).desc())).first()
        return db.exec(select(Fact.id).where(Fact.act == last).order_by(col(Fact.id))).first() or 0


def taken_back(database: Database, five: Five, number: int, at: datetime = NOW + MINUTE) -> bool:
    with database.writing() as db:
        edition, who = five.edition.id or 0, five.claude.id or 0
        act = act_numbered(db, edition, number)
        assert act is not None
        return take_back(db, edition, act, LASTS, at, who)


def follow_ups(database: Database) -> Sequence[Job]:
    with database.reading() as db:
        return db.exec(select(Job).where(Job.kind == FOLLOW_UP, col(Job.done_at).is_(None))).all()


# --- nobody gets a letter


def test_letters_not_derived_yet_are_never_derived(database: Database, five: Five) -> None:
    number = cancelled(database, five)
    assert taken_back(database, five, number)
    with Relay() as relay:
        settings = some_settings(relay, letter_delay_seconds=120)
        work_at(NOW + 5 * MINUTE, database, settings)
        work_at(NOW + 9 * MINUTE, database, settings)
        # Of the day on which she registered.
        assert [one["To"] for one in relay.received] == ["Ada Lovelace <ada@example.org>"]
    assert [one.purpose for one in letters(database)] == ["registered"]


def test_letters_derived_already_are_withdrawn(database: Database, five: Five) -> None:
    number = cancelled(database, five)
    with Relay() as relay:
        settings = some_settings(relay, letter_delay_seconds=120)
        work_at(NOW, database, settings)
        assert "cancelled" in {one.purpose for one in letters(database)}
        assert taken_back(database, five, number)
        work_at(NOW + 9 * MINUTE, database, settings)
        assert [one.purpose for one in letters(database)] == ["registered"]
        assert len(relay.received) == 1


def test_a_worker_that_derives_them_at_that_moment_loses_its_lease(database: Database, five: Five) -> None:
    number = cancelled(database, five)
    at_work = a_worker(database, some_settings(letter_delay_seconds=120))
    with clock.at(NOW):
        claim = claimed(at_work)
        finish = at_work.handlers[claim.kind](claim)
        assert taken_back(database, five, number)
        with pytest.raises(LeaseLost):
            at_work._settle(claim, finish)
    assert letters(database) == []


def claimed(worker: Worker):  # type: ignore[no-untyped-def]
    """The job of the last act, claimed."""
    while (claim := worker._claim()) is not None:
        with worker.database.reading() as db:
            kinds = set(db.exec(select(Fact.kind).where(Fact.act == claim.key)))
        if "registration.cancelled" in kinds:
            return claim
    raise AssertionError("nothing to derive")


def test_once_a_letter_has_left_nothing_is_taken_back(database: Database, five: Five) -> None:
    number = cancelled(database, five)
    with Relay() as relay:
        work_at(NOW + MINUTE, database, some_settings(relay, letter_delay_seconds=0))
        assert len(relay.received) >= 1
    with pytest.raises(Refused) as refused:
        taken_back(database, five, number)
    assert [one.code for one in refused.value.reasons] == ["letters_left"]
    with pytest.raises(Refused) as refused:
        taken_back(database, five, number, NOW + 2 * MINUTE)
    assert [one.code for one in refused.value.reasons] == ["too_late", "letters_left"]
    assert held(database, five) == []


def test_a_letter_that_leaves_at_that_moment_is_a_reason_too(database: Database, five: Five) -> None:
    number = cancelled(database, five)
    work_at(NOW, database, some_settings(letter_delay_seconds=120))
    with database.writing() as db:
        for job in db.exec(select(Job).where(Job.kind == "letter")):
            job.lease, job.leased_until = "another", NOW + 2 * MINUTE
    with pytest.raises(Refused, match="letters_left"):
        taken_back(database, five, number)
    with database.reading() as db:
        assert db.exec(select(Letter).where(Letter.purpose == "cancelled")).all() != []


def test_a_letter_whose_leaving_is_being_noted_is_waited_for(database: Database, five: Five) -> None:
    """The job is held before the letter by both: neither waits for the other in turn."""
    number = cancelled(database, five)
    work_at(NOW, database, some_settings(letter_delay_seconds=120))
    (letter,) = [one.id or 0 for one in letters(database) if one.purpose == "cancelled"]
    with ThreadPoolExecutor(1) as pool:
        with database.writing() as db:
            job = db.exec(select(Job).where(Job.kind == POSTING, Job.key == str(letter))).one()
            job.lease, job.leased_until, job.done_at = None, None, NOW
            db.flush()
            undoing = pool.submit(taken_back, database, five, number)
            wait_for(0.5)
            note_posted(db, letter, NOW)
        with pytest.raises(Refused, match="letters_left"):
            undoing.result()
    assert held(database, five) == []


# --- the pages


def cancels_ada(page: Browser, five: Five) -> Browser:
    page.open(f"{DESK}/annulation?personne={five.ada.id}")
    return page.submit("Annuler ces 2 inscriptions", motif="twice")


def test_the_page_that_follows_offers_it_and_all_is_as_before(browser: Opens, database: Database, five: Five) -> None:
    before = held(database, five)
    page = cancels_ada(browser(five.claude), five)
    words = " ".join(page.read("contenu").split())
    assert (
        "Ada Lovelace : 2 inscriptions annulées. Un courriel n’est pas encore parti : cela s’annule jusqu’à 10 h 02."
        in words
    )
    page.submit(BUTTON)
    assert page.status == 200
    assert "C’est annulé : tout est comme avant, et personne ne reçoit de courriel." in page.text
    assert page.address == f"{DESK}/personnes/{five.ada.id}"
    assert held(database, five) == before
    assert BUTTON not in page.text
    assert page.text.count("(annulé aussitôt)") == 2


def test_it_stays_where_one_looks_for_two_minutes(browser: Opens, five: Five, time: Travel) -> None:
    page = cancels_ada(browser(five.claude), five)
    places = ["", "/personnes", f"/personnes/{five.ada.id}", "/parcours/keycloak", "/courriers"]
    elsewhere = ["/parcours/onyxia", "/jours", f"/personnes/{five.ada.id}".replace(str(five.ada.id), "0")]
    assert [BUTTON in page.open(DESK + path).text for path in places] == [True] * 5
    assert [BUTTON in page.open(DESK + path).text for path in elsewhere] == [False] * 3
    time(NOW + timedelta(seconds=119))
    assert [BUTTON in page.open(DESK + path).text for path in places] == [True] * 5
    time(NOW + timedelta(seconds=120))
    assert [BUTTON in page.open(DESK + path).text for path in places] == [False] * 5


def test_too_late_says_why_and_changes_nothing(browser: Opens, database: Database, five: Five, time: Travel) -> None:
    number = cancelled(database, five)
    page = browser(five.claude).open(f"{DESK}/changements/{number}")
    assert "retrouve sa place" in page.text
    time(NOW + 2 * MINUTE)
    page.submit(BUTTON)
    assert page.status == 409
    assert "Un changement s’annule pendant deux minutes au plus, et elles sont passées." in page.text
    assert held(database, five) == []
    assert "retrouve sa place" not in page.text
    assert BUTTON not in page.open(f"{DESK}/changements/{number}").text


def test_a_second_click_is_answered_calmly(browser: Opens, database: Database, five: Five) -> None:
    number = cancelled(database, five)
    page = browser(five.claude)
    for said in ("C’est annulé", "C’était déjà fait."):
        page.post(f"{DESK}/changements/{number}/retour")
        assert (page.status, said in page.text) == (200, True)
    with database.reading() as db:
        assert len(db.exec(select(Fact).where(Fact.kind == "registration.undone")).all()) == 1
    assert "tout est revenu comme avant" in page.open(f"{DESK}/changements/{number}").text


def test_an_organiser_of_another_edition_finds_nothing(browser: Opens, database: Database, five: Five) -> None:
    number = cancelled(database, five)
    page = browser(five.eve).post(f"{DESK}/changements/{number}/retour")
    assert page.status == 404
    assert browser(five.claude).open(f"{DESK}/changements/{number + 1}").status == 404
    assert held(database, five) == []


def test_limits_of_days_and_seats_of_tracks_are_offered_on_their_page(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(f"{DESK}/jours")
    page.post(f"{DESK}/jours/places", jour="2027-03-16", mode="site", **{"jour-2027-03-16-site-places": "40"})
    assert "40 places fixées" in page.text
    page.submit(BUTTON)
    assert (page.address, BUTTON in page.text) == (f"{DESK}/jours", False)
    page.post(f"{DESK}/parcours/keycloak/places", jour="2027-03-16", mode="site", **{"2027-03-16-site-places": "3"})
    assert "3 places, au lieu de 2" in page.text
    page.submit(BUTTON)
    assert page.address == f"{DESK}/parcours/keycloak"


def test_a_page_costs_one_query_more_and_two_while_there_is_something(
    browser: Opens, database: Database, five: Five
) -> None:
    page = browser(five.claude)
    address = f"{DESK}/personnes/{five.ada.id}"
    page.open(address)
    with recorded(database) as quiet:
        page.open(address)
    cancelled(database, five)
    page.open(address)
    with recorded(database) as busy:
        page.open(address)
    assert sum("fact.act IN" in one for one in quiet.statements) == 1
    assert busy.count == quiet.count + 1, str(busy)


def test_what_taking_back_costs_while_others_wait(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        for number in range(3):
            a_registration(db, a_person(db, name=f"Person {number}"), five.keycloak, days=days_of(db, five.edition)[:1])
    keys = held(database, five)
    with database.writing() as db:
        cancel_by_team(db, five.edition.id or 0, keys, Why.TWICE, 1, NOW, five.claude.id or 0)
        last = db.exec(select(Fact.act).order_by(col(Fact.id).desc())).first()
        number = db.exec(select(Fact.id).where(Fact.act == last).order_by(col(Fact.id))).first()
    client = browser(five.claude).client
    with inside_the_writing_door(database) as queries:
        answer = client.post(f"{DESK}/changements/{number}/retour", follow_redirects=False)
    assert answer.status_code == 303
    assert queries.count == 25, str(queries)
