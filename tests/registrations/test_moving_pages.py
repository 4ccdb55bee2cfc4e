"""The pages where the team moves somebody, or gives a seat to somebody who waits: each choice says what it does."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from sprint.database import Database
from sprint.people.tables import Person, Right
from sprint.registrations.tables import Registration
from tests.browser import Browser
from tests.makers import a_grant, a_person, a_registration, a_track, an_edition, days_of
from tests.people import Five

Opens = Callable[..., Browser]
DESK = "/organisation/sprint-2027"


def option(page: Browser, place: str) -> tuple[str, str]:
    """What the choice of a place posts and says."""
    found = [one for one in page.page.iter("option") if one.get("value", "").startswith(place)]
    return next((one.get("value", ""), " ".join("".join(one.itertext()).split())) for one in found)


def follow_spoken(page: Browser, words: str) -> None:
    """Follow the link that is heard so, every space an ordinary one."""
    spoken = {" ".join(one.get("aria-label", "").split()): one.get("href", "") for one in page.page.iter("a")}
    page.open(spoken[words])


def number_of(database: Database, person: Person) -> int:
    with database.reading() as db:
        mine = select(Registration.id).where(Registration.person_id == person.id).order_by(col(Registration.id))
        return db.exec(mine).first() or 0


ONYXIA = "onyxia.2027-03-16.site"


def test_an_organiser_moves_somebody_from_their_file_and_the_file_tells_it(
    browser: Opens, database: Database, five: Five
) -> None:
    page = browser(five.claude).open(f"{DESK}/personnes/{five.ada.id}")
    assert page.text.count("Déplacer…") == 2
    page.open(f"{DESK}/inscriptions/{number_of(database, five.ada)}/deplacement")
    chosen, said = option(page, ONYXIA)
    assert (chosen, said) == (
        f"{ONYXIA}.confirmed.0",
        "Documenter Onyxia : 10 places libres, confirmé·e tout de suite",
    )
    assert "La place quittée reste libre : personne ne l’attend." in page.text
    assert page.submit("Déplacer", motif="together").status == 422
    assert "Choisissez où déplacer la personne." in page.text
    assert page.submit("Déplacer", vers=chosen, motif=[]).status == 422
    page.submit("Déplacer", vers=chosen, motif="together")
    assert (page.status, "un courriel le dit à" in page.text) == (200, True)
    assert page.text.count("par l’équipe : pour réunir une équipe") == 2


def test_each_choice_says_what_would_happen_there_and_who_gets_the_seat_that_is_left(
    browser: Opens, database: Database, five: Five
) -> None:
    with database.writing() as db:
        full = a_track(db, five.edition, slug="plein", name="Plein", seats=1)
        a_registration(db, a_person(db, name="Assise"), full)
        a_registration(db, a_person(db, name="Attend Là"), full, days=days_of(db, five.edition)[:1])
        a_registration(db, a_person(db, name="Assis Aussi"), five.keycloak)
        a_registration(db, a_person(db, name="Attend Ici"), five.keycloak)
    page = browser(five.claude).open(f"{DESK}/inscriptions/{number_of(database, five.ada)}/deplacement")
    assert option(page, "plein.2027-03-16.site") == (
        "plein.2027-03-16.site.waiting.0",
        "Plein : parcours complet, 1 personne attend, attendrait en position 2",
    )
    assert option(page, ONYXIA)[0] == f"{ONYXIA}.confirmed.1"
    assert "La place quittée profite à une personne, prévenue par courriel : Attend Ici." in page.text
    assert "garde sa place jusqu’à ce que l’autre lui revienne" in page.text
    assert "cette personne a une autre place mercredi 17 mars 2027, dans Installer Keycloak ; Plein" in page.text


def test_a_seat_that_is_gone_meanwhile_moves_nobody_and_the_choice_says_so_afresh(
    browser: Opens, database: Database, five: Five
) -> None:
    with database.writing() as db:
        rare = a_track(db, five.edition, slug="rare", name="Rare", seats=1)
    place = "rare.2027-03-16.site"
    page = browser(five.claude).open(f"{DESK}/inscriptions/{number_of(database, five.ada)}/deplacement?retour=attente")
    assert option(page, place) == (f"{place}.confirmed.0", "Rare : 1 place libre, confirmé·e tout de suite")
    with database.writing() as db:
        a_registration(db, a_person(db, name="Première"), rare)
    page.submit("Déplacer", vers=f"{place}.confirmed.0", motif="together")
    assert (page.status, "il n’y a plus de place" in page.text) == (409, True)
    assert option(page, place) == (f"{place}.waiting.0", "Rare : parcours complet, attendrait en position 1")
    selected = [one.get("value") for one in page.page.iter("option") if one.get("selected") is not None]
    assert selected == [f"{place}.waiting.0"]
    page.submit("Déplacer")
    assert (page.status, page.texts("h1")) == (200, ["Liste d’attente"])


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("?retour=attente", "Liste d’attente"),
        ("?retour=personnes", "Inscriptions"),
        ("?retour=//ailleurs.example", "Ada Lovelace"),
        ("", "Ada Lovelace"),
    ],
)
def test_one_goes_back_to_where_one_came_from_and_nowhere_else(
    browser: Opens, database: Database, five: Five, asked: str, title: str
) -> None:
    page = browser(five.claude).open(f"{DESK}/inscriptions/{number_of(database, five.ada)}/deplacement{asked}")
    page.submit("Déplacer", vers=f"{ONYXIA}.confirmed.0", motif="together")
    assert (page.status, page.texts("h1")) == (200, [title])


def test_both_lists_lead_to_moving_somebody(browser: Opens, database: Database, five: Five) -> None:
    page = browser(five.claude).open(f"{DESK}/personnes")
    follow_spoken(page, "Déplacer Ada Lovelace, mardi 16 mars, Installer Keycloak")
    assert page.texts("h1") == ["Déplacer Ada Lovelace"]
    with database.writing() as db:
        full = a_track(db, five.edition, slug="plein", name="Plein", seats=1)
        a_registration(db, a_person(db, name="Assise"), full)
        a_registration(db, a_person(db, name="Attend"), full, days=days_of(db, five.edition)[:1])
    follow_spoken(page.open(f"{DESK}/attente"), "Déplacer : Attend, mardi 16 mars, Plein")
    assert page.texts("h1") == ["Déplacer Attend"]
    assert "Attend n’attend plus ici." in page.text


def test_an_organiser_gives_a_seat_to_somebody_who_waits(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        full = a_track(db, five.edition, slug="plein", name="Plein", seats=1)
        a_registration(db, a_person(db, name="Assise"), full)
        first, second = a_person(db, name="Première"), a_person(db, name="Seconde")
        for person in (first, second):
            a_registration(db, person, full, days=days_of(db, five.edition)[:1])
    page = browser(five.claude).open(f"{DESK}/personnes/{second.id}").click("Donner une place…")
    assert ("Première" in page.text, "2 au lieu de 1" in page.text) == (True, True)
    assert page.submit("Donner la place", motif="skills").status == 409
    page.submit("Donner la place", motif="skills", passe="oui")
    assert "avant 1 personne qui attendait déjà : le parcours a besoin de ces savoir-faire" in page.text


def test_nobody_moves_the_people_of_another_edition(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        other, elsewhere = a_person(db, name="Ailleurs"), an_edition(db, slug="sprint-2028")
        a_grant(db, person=other, right=Right.ORGANISER, over=elsewhere)
        key = db.exec(select(Registration.id).where(Registration.person_id == five.ada.id)).first()
    page = browser(other)
    assert page.client.get(f"{DESK}/inscriptions/{key}/deplacement").status_code == 404
