"""Opening seats in several tracks: what is announced is what happens, or nothing does."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import col, select

from sprint.database import Database
from sprint.journal import Fact, new_act
from sprint.refusal import Refused
from sprint.registrations.actions import Addition, open_seats
from sprint.registrations.foresight import Queued, Room, foresee
from sprint.registrations.queries.waiting import waiting_room
from sprint.registrations.tables import Mode
from tests.browser import Browser
from tests.makers import a_day_limit, a_person, a_registration, days_of
from tests.people import Five
from tests.registrations.stage import NOW, REMOTE, SITE, TUESDAY, Stage, a_stage

Opens = Callable[..., Browser]
DESK = "/organisation/sprint-2027"


def queued(number: int, track: int = 1, person: int | None = None, mode: Mode = SITE) -> Queued:
    return Queued(number, person or number, f"Personne {number}", track, 7, mode)


def numbers(seated: list[Queued]) -> list[int]:
    return [one.registration_id for one in seated]


def test_seats_go_in_the_order_of_the_queue() -> None:
    room = Room({(1, 7, SITE): 0}, {}, {}, (queued(3), queued(4), queued(5)))
    assert numbers(foresee(room, {(1, 7, SITE): 2})) == [3, 4]


def test_the_limit_of_the_day_holds() -> None:
    room = Room({(1, 7, SITE): 0}, {(7, SITE): 1}, {}, (queued(3), queued(4)))
    assert numbers(foresee(room, {(1, 7, SITE): 2})) == [3]
    assert numbers(foresee(room, {(1, 7, SITE): 2}, {(7, SITE): 1})) == [3, 4]


def test_who_moves_brings_their_day_seat_and_leaves_theirs_to_the_next() -> None:
    room = Room(
        {(1, 7, SITE): 0, (2, 7, SITE): 0}, {(7, SITE): 0}, {(3, 7): (2, SITE)}, (queued(3), queued(4, track=2))
    )
    assert numbers(foresee(room, {(1, 7, SITE): 1})) == [3]
    assert numbers(foresee(replace(room, days={}), {(1, 7, SITE): 1})) == [3, 4]


def test_who_comes_from_the_other_mode_needs_a_day_seat() -> None:
    room = Room({(1, 7, SITE): 0, (1, 7, REMOTE): 0}, {(7, SITE): 0}, {(3, 7): (1, REMOTE)}, (queued(3), queued(4)))
    assert numbers(foresee(room, {(1, 7, SITE): 1})) == []


# --- the action


def a_full_stage(database: Database) -> Stage:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    for name in ("ada", "barbara", "claude"):
        stage.register(name, "keycloak")
    return stage


def opened(stage: Stage, before: int, more: int, foreseen: int) -> int:
    addition = Addition(stage.tracks["keycloak"].id or 0, stage.days[TUESDAY], SITE, before, more)
    with stage.database.writing() as db:
        return open_seats(db, stage.edition_id, [addition], foreseen, NOW, act=new_act())


def test_seats_announced_are_opened_once(database: Database) -> None:
    stage = a_full_stage(database)
    assert opened(stage, 1, 1, 1) == 1
    assert stage.seated("keycloak") == ["ada", "barbara"]
    acts = len(stage.acts())
    assert opened(stage, 1, 1, 1) == 0
    assert (len(stage.acts()), stage.queue("keycloak")) == (acts, ["claude"])


@pytest.mark.parametrize(("before", "foreseen"), [(1, 2), (1, 0), (2, 1)])
def test_what_was_not_announced_does_not_happen(database: Database, before: int, foreseen: int) -> None:
    stage = a_full_stage(database)
    acts = stage.acts()
    with pytest.raises(Refused, match="changed_meanwhile"):
        opened(stage, before, 1, foreseen)
    assert (stage.acts(), stage.queue("keycloak")) == (acts, ["barbara", "claude"])


def test_the_room_read_from_the_database_is_the_one_of_the_queue(database: Database) -> None:
    stage = a_full_stage(database)
    stage.register("barbara", "onyxia")
    with database.reading() as db:
        room = waiting_room(db, stage.edition_id)
    assert [one.name for one in room.queue] == ["barbara", "claude"]
    assert room.seats == {(stage.people["barbara"], stage.days[TUESDAY]): (stage.tracks["onyxia"].id, SITE)}


# --- the pages


@pytest.fixture
def waiting(database: Database, five: Five) -> None:
    """Three people wait for both days of the track of two seats where Ada has one."""
    with database.writing() as db:
        for name in ("Wanda Première", "Xavier Attend", "Yann Attend", "Zoé Attend"):
            a_registration(db, a_person(db, name=name), five.keycloak)


@pytest.mark.usefixtures("waiting")
def test_the_page_says_who_will_get_a_seat_before_anything_changes(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(f"{DESK}?seulement=attente")
    page = page.submit("Voir ce que cela changera", parcours=["keycloak"], places="2")
    assert "2 personnes en attente en obtiendront une" in page.text
    assert "Xavier Attend et Yann Attend" in page.text
    assert "Une personne attendra encore" in page.text
    assert page.submit("Ouvrir ces 4 places").texts("h1") == ["Vue d’ensemble"]
    assert "les personnes annoncées en sont prévenues" in page.text
    assert "1 personne attend une place" in page.text


@pytest.mark.usefixtures("waiting")
def test_when_somebody_left_meanwhile_the_page_says_it_again(browser: Opens, database: Database, five: Five) -> None:
    page = browser(five.claude).open(f"{DESK}/places?attente=1&places=2")
    with database.writing() as db:
        a_registration(db, a_person(db, name="Zora Cinquième"), five.keycloak)
    page = page.submit("Ouvrir ces 4 places")
    assert page.status == 303 or "annoncées" in page.text  # one more at the end of the queue changes nothing of it
    with database.writing() as db:
        a_day_limit(db, days_of(db, five.edition)[0], seats=4).taken = 4
    page = page.open(f"{DESK}/places?attente=1&places=1")
    with database.writing() as db:
        a_registration(db, five.eve, five.keycloak)
    before = facts(database)
    page = page.post(page.address, ligne=["keycloak.2027-03-16.site.4"], places="1", prevu="1")
    assert page.status == 409
    assert "relisez ce qui va se passer" in page.text
    assert facts(database) == before


def facts(database: Database) -> int:
    with database.reading() as db:
        return len(db.exec(select(Fact).order_by(col(Fact.id))).all())


@pytest.mark.parametrize(
    "odd", ["", "?parcours=inconnu", "?parcours=keycloak&places=-3", "?attente=1&places=99999999999"]
)
def test_an_odd_question_opens_nothing(browser: Opens, five: Five, odd: str) -> None:
    assert browser(five.claude).open(f"{DESK}/places{odd}").status == 200


@pytest.mark.parametrize("line", ["", "keycloak", "keycloak.hier.site.2", "keycloak.2027-03-16.lune.2"])
def test_a_form_nobody_was_shown_is_refused(browser: Opens, five: Five, line: str) -> None:
    page = browser(five.claude).post(f"{DESK}/places?parcours=keycloak", ligne=[line], places="2", prevu="0")
    assert page.status == 422


def test_a_track_of_elsewhere_is_not_found(browser: Opens, five: Five) -> None:
    page = browser(five.claude).post(f"{DESK}/places", ligne=["ailleurs.2027-03-16.site.2"], places="2", prevu="0")
    assert page.status == 404


# --- days and mentors


def test_a_limit_is_set_and_lifted_on_the_page_of_days(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(f"{DESK}/jours")
    address = f"{DESK}/jours/places"
    asked = {"jour": "2027-03-16", "mode": "site"}
    page = page.post(address, **asked, **{"jour-2027-03-16-site-places": "1"})
    assert "Limite atteinte" in page.text
    assert page.post(address, **asked, **{"jour-2027-03-16-site-places": "0"}).status == 409
    page = page.post(address, **asked, **{"jour-2027-03-16-site-places": "beaucoup"})
    assert page.status == 422
    assert "Limite atteinte" not in page.post(address, **asked, **{"jour-2027-03-16-site-places": ""}).text


def test_somebody_who_comes_is_named_mentor_and_relieved(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(f"{DESK}/parcours/keycloak")
    page = page.submit("Confier ce parcours", personne=str(five.ada.id))
    assert "Ada Lovelace accompagne désormais ce parcours" in page.text
    assert "Ada Lovelace" in browser().open("/sprint-2027/parcours/keycloak").text
    page = page.submit("Retirer ce rôle à Ada Lovelace")
    assert "Personne n’accompagne encore ce parcours" in page.text


def test_nobody_is_named_mentor_who_does_not_come(browser: Opens, five: Five) -> None:
    address = f"{DESK}/parcours/keycloak/mentors"
    assert browser(five.claude).post(address, personne=str(five.denise.id)).status == 404
    assert browser(five.claude).post(f"{address}/{five.barbara.id}/retrait").status == 409
