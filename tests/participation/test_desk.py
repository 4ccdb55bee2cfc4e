"""What organisers read of meals and needs: numbers, then names for a purpose they declared."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sprint.database import Database
from sprint.participation.actions import tell_care
from sprint.participation.queries.care import meals_by_day, needs_by_day
from sprint.participation.tables import Meal, Need
from sprint.registrations.tables import Mode
from tests.browser import Browser
from tests.makers import FIRST_DAY, NOW, a_person, a_registration, a_track, days_of
from tests.participation.stage import facts, view
from tests.people import Five

Opens = Callable[..., Browser]
DESK = "/organisation/sprint-2027/accueil"


def told(database: Database, five: Five) -> None:
    """Ada is vegan and needs captions, both days on site; somebody at a distance needs captions the first day."""
    with database.writing() as db:
        far = a_person(db, name="Zoé Loin")
        there = a_track(db, five.edition, slug="ailleurs", name="Ailleurs", seats=5, mode=Mode.REMOTE)
        a_registration(db, far, there, days=days_of(db, five.edition)[:1], mode=Mode.REMOTE)
        for person in (five.ada, far):
            meal = Meal.VEGAN if person is five.ada else None
            tell_care(db, person.id or 0, view(database, five), meal, [Need.CAPTIONS], NOW, consents=True)


def test_numbers_count_those_who_have_a_seat_by_day(database: Database, five: Five) -> None:
    told(database, five)
    second = FIRST_DAY + timedelta(days=1)
    with database.reading() as db:
        edition_id = five.edition.id or 0
        assert meals_by_day(db, edition_id) == {(FIRST_DAY, Meal.VEGAN): 1, (second, Meal.VEGAN): 1}
        assert needs_by_day(db, edition_id) == {(FIRST_DAY, Need.CAPTIONS): 2, (second, Need.CAPTIONS): 1}


def test_names_are_shown_for_a_declared_purpose_only_and_for_half_an_hour(
    database: Database, five: Five, browser: Opens, time: Callable[[datetime], None]
) -> None:
    told(database, five)
    page = browser(five.claude).open(DESK)
    assert "Ada Lovelace" not in page.html
    assert (page.open(f"{DESK}/repas").address, "Ada Lovelace" in page.html) == (DESK, False)
    page.submit("Voir les noms")
    assert page.status == 422
    page.submit("Voir les noms", motif="repas")
    assert (page.address, "Ada Lovelace" in page.html, "Zoé Loin" in page.html) == (f"{DESK}/repas", True, False)
    assert "Sous-titrage" not in page.html
    assert page.open(f"{DESK}/accueil").address == DESK
    assert facts(database)[-1] == ("participation.names_read", {"purpose": "repas"})
    time(NOW + timedelta(minutes=31))
    assert page.open(f"{DESK}/repas").address == DESK


def test_another_organiser_says_their_own_purpose(database: Database, five: Five, browser: Opens) -> None:
    told(database, five)
    browser(five.claude).open(DESK).submit("Voir les noms", motif="accueil")
    assert browser(five.barbara).open(f"{DESK}/accueil").status == 404
