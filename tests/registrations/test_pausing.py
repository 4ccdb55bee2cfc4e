"""The switch of the waiting list: seats kept while it is off, given in order when it goes on again."""

from collections.abc import Callable

import pytest

from sprint.database import Database
from sprint.refusal import Refused
from tests.browser import Browser
from tests.makers import a_person, a_registration, days_of
from tests.people import Five
from tests.registrations.stage import REMOTE, Stage, a_stage

Opens = Callable[..., Browser]
DESK = "/organisation/sprint-2027"


def a_paused_stage(database: Database) -> Stage:
    """One seat, which Ada has left while the list was paused; Claude waits for it."""
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1}, {"keycloak": 1})
    for name in ("ada", "claude"):
        stage.register(name, "keycloak")
    stage.pause()
    stage.cancel("ada", "keycloak")
    return stage


def test_a_seat_that_is_freed_is_kept_for_whoever_waits(database: Database) -> None:
    stage = a_paused_stage(database)
    assert (stage.seated("keycloak"), stage.queue("keycloak")) == ([], ["claude"])
    assert stage.register("denise", "keycloak").waiting == 1
    assert stage.resume(1) == 1
    assert (stage.seated("keycloak"), stage.queue("keycloak")) == (["claude"], ["denise"])
    assert stage.acts()[-1] == [("registration.queue_resumed", None), ("registration.promoted", "claude")]


def test_where_nobody_waits_one_registers_as_ever(database: Database) -> None:
    stage = a_paused_stage(database)
    assert stage.register("denise", "onyxia").confirmed == 1
    assert stage.register("eve", "keycloak", mode=REMOTE).confirmed == 1


def test_a_kept_seat_is_no_seat_to_exchange_for(database: Database) -> None:
    stage = a_paused_stage(database)
    stage.register("denise", "onyxia")
    with pytest.raises(Refused, match="kept"):
        stage.change("denise", "keycloak")
    assert stage.register("denise", "keycloak").waiting == 1


def test_somebody_who_waits_that_day_is_not_overtaken_under_its_limit(database: Database) -> None:
    stage = a_stage(database, {"keycloak": 1, "onyxia": 1})
    stage.set_seats(None, 1)
    for name in ("ada", "claude"):
        stage.register(name, "keycloak")
    stage.pause()
    stage.cancel("ada", "keycloak")
    assert stage.register("denise", "onyxia").waiting == 1
    stage.set_seats(None, 2)
    assert stage.resume(2) == 2
    assert (stage.seated("keycloak"), stage.seated("onyxia")) == (["claude"], ["denise"])


def test_it_goes_on_as_announced_or_not_at_all(database: Database) -> None:
    stage = a_paused_stage(database)
    with pytest.raises(Refused, match="changed_meanwhile"):
        stage.resume(2)
    assert stage.queue("keycloak") == ["claude"]
    with pytest.raises(Refused, match="already_so"):
        stage.pause()
    stage.resume(1)
    with pytest.raises(Refused, match="already_so"):
        stage.resume(0)


# --- pages


def test_an_organiser_pauses_reads_who_would_be_told_and_goes_on(
    browser: Opens, five: Five, database: Database
) -> None:
    with database.writing() as db:
        tuesday = days_of(db, five.edition)[:1]
        for name in ("Wanda Première", "Xavier Attend", "Yasmine Ensuite"):
            a_registration(db, a_person(db, name=name), five.keycloak, days=tuesday)
    page = browser(five.claude).open(f"{DESK}/attente")
    assert page.text.count("Parcours complet") == 2
    assert page.text.index("Xavier Attend") < page.text.index("Yasmine Ensuite")
    page = page.submit("Mettre en pause")
    assert page.text.count("Liste d’attente en pause") == 2
    browser(five.ada).open("/moi/inscriptions").post("/sprint-2027/parcours/keycloak/desistement", jour="2027-03-16")
    track = browser(five.eve).open("/sprint-2027/parcours/keycloak")
    assert "Il reste" not in track.text
    page = browser(five.claude).open(f"{DESK}/attente")
    assert "Une personne obtient une place gardée, et un courriel l’en prévient : Xavier Attend." in page.text
    page = page.submit("Reprendre la liste d’attente")
    assert "1 place trouve preneur" in page.text
    assert "Xavier Attend" not in page.text


def test_more_seats_say_first_who_gets_one(browser: Opens, five: Five, database: Database) -> None:
    with database.writing() as db:
        tuesday = days_of(db, five.edition)[:1]
        for name in ("Wanda Première", "Xavier Attend"):
            a_registration(db, a_person(db, name=name), five.keycloak, days=tuesday)
    page = browser(five.claude).open(f"{DESK}/parcours/keycloak")
    asked = {"jour": "2027-03-16", "mode": "site", "2027-03-16-site-places": "3"}
    shown = page.post(f"{DESK}/parcours/keycloak/places", **asked)
    assert "Une personne qui attend obtiendrait une place et en serait prévenue : Xavier Attend." in shown.text
    assert "2 prises, 1 en attente" in browser(five.claude).open(f"{DESK}/parcours/keycloak").text
    done = shown.submit("Confirmer")
    assert "1 personne en obtient une et en est prévenue" in done.text
    changed = page.post(f"{DESK}/parcours/keycloak/places", **asked | {"2027-03-16-site-prevu": "1"})
    assert "3 prises, 0 en attente" in changed.text


def test_another_number_than_announced_is_refused(browser: Opens, five: Five, database: Database) -> None:
    with database.writing() as db:
        tuesday = days_of(db, five.edition)[:1]
        for name in ("Wanda Première", "Xavier Attend"):
            a_registration(db, a_person(db, name=name), five.keycloak, days=tuesday)
    asked = {"jour": "2027-03-16", "mode": "site", "2027-03-16-site-places": "3", "2027-03-16-site-prevu": "2"}
    page = browser(five.claude).open(f"{DESK}/parcours/keycloak").post(f"{DESK}/parcours/keycloak/places", **asked)
    assert page.status == 409
    assert "2 prises, 1 en attente" in page.text


def test_lifting_the_limit_of_a_day_says_first_who_gets_a_seat(browser: Opens, five: Five, database: Database) -> None:
    page = browser(five.claude).open(f"{DESK}/jours")
    asked = {"jour": "2027-03-16", "mode": "site"}
    page.post(f"{DESK}/jours/places", **asked, **{"jour-2027-03-16-site-places": "1"})
    with database.writing() as db:
        a_registration(db, a_person(db, name="Xavier Attend"), five.keycloak, days=days_of(db, five.edition)[:1])
    shown = page.post(f"{DESK}/jours/places", **asked, **{"jour-2027-03-16-site-places": ""})
    assert "prévenue : Xavier Attend." in shown.text
    assert "1 place trouve preneur" in shown.submit("Confirmer").text
