"""The grid in the organisers' hands."""

import pytest

from sprint.database import Database
from sprint.people.tables import Right
from tests.agenda.asking import Opens
from tests.board.samples import ROOM, SLOT, a_room
from tests.makers import a_grant, a_slot, a_track, days_of
from tests.people import Five
from tests.queries import recorded

GRID = "/organisation/sprint-2027/grille"


def test_a_room_is_added_and_a_slot_placed_moved_and_cancelled(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(GRID)
    assert "case libre" not in page.text
    page.submit("Enregistrer la salle", nom="Salle A", jours="2027-03-16", ouvre="09:00", ferme="18:00")
    assert "Salle enregistrée" in page.text
    assert "case libre" in page.text
    page.submit("Placer ce créneau", titre="Lire du code", salle="Salle A", debut="14:00")
    assert "Lire du code" in page.text
    page.click("Lire du code").submit("Enregistrer le créneau", debut="15:00")
    assert "15 h – 16 h" in page.text
    page.click("Lire du code").submit("Annuler le créneau")
    assert "Créneau annulé" in page.text
    assert "Lire du code" in browser().open("/sprint-2027/agenda").text


def test_a_slot_where_another_is_is_refused_with_what_was_typed(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        a_room(db, days_of(db, five.edition)[0].id)
    page = browser(five.claude)
    page.post(f"{GRID}/creneaux", **SLOT)
    page.post(f"{GRID}/creneaux", **{**SLOT, "titre": "Un autre", "once": "formulaire-2"})
    assert (page.status, "est prise par « Atelier »" in page.text.replace("\xa0", " ")) == (409, True)
    assert "Un autre" in [one.get("value") for one in page.page.iter("input")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"titre": ""},
        {"debut": "14:10"},
        {"duree": "45"},
        {"jour": "hier"},
        {"genre": "fête"},
        {"parcours": "inconnu"},
        {"once": "x"},
        {"debut": "23:30", "duree": "60"},
    ],
)
def test_what_does_not_hold_is_refused(wrong: dict[str, str], browser: Opens, database: Database, five: Five) -> None:
    page = browser(five.claude).post(f"{GRID}/creneaux", **{**SLOT, **wrong})
    assert page.status == 422


@pytest.mark.parametrize("wrong", [{"nom": ""}, {"nom": "En ligne"}, {"ouvre": "9"}, {"ferme": "08:00"}, {"jours": ""}])
def test_a_room_that_does_not_hold_is_refused(wrong: dict[str, str], browser: Opens, five: Five) -> None:
    assert browser(five.claude).post(f"{GRID}/salles", **{**ROOM, **wrong}).status in (404, 422)


def test_a_mentor_in_two_places_is_told_of(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        other = a_track(db, five.edition, slug="autre", name="Autre")
        for track in (five.keycloak, other):
            a_grant(db, person=five.barbara, right=Right.MENTOR, over=track)
            a_slot(db, five.edition, track=track, title=f"Avec {track.slug}")
    text = browser(five.claude).open(GRID).text
    assert f"{five.barbara.name} est à deux endroits" in text


def test_the_grid_costs_the_same_with_fifty_rows(browser: Opens, database: Database, five: Five) -> None:
    few = cost(browser, database, five)
    with database.writing() as db:
        day = days_of(db, five.edition)[0]
        for number in range(50):
            track = a_track(db, five.edition, slug=f"parcours-{number}", name=f"Parcours {number}")
            a_grant(db, person=five.barbara, right=Right.MENTOR, over=track)
            a_slot(db, five.edition, day=day, track=track, title=f"Créneau {number}", room=f"Salle {number}")
            a_room(db, day.id, f"Salle {number}")
    assert (few, cost(browser, database, five)) == (9, 9)


def cost(browser: Opens, database: Database, five: Five) -> int:
    one = browser(five.claude)
    with recorded(database) as queries:
        one.open(GRID)
    return queries.count
