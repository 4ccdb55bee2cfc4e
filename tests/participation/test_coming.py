"""What somebody says about their coming: pictures, name, code of conduct, meals and needs."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from sprint.database import Database
from sprint.participation.actions import choose, forget_care, tell_care
from sprint.participation.queries import own_of
from sprint.participation.tables import AccessNeed, ConductAcceptance, Images, Meal, MealChoice, Need
from sprint.privacy.actions import erase, purge
from sprint.refusal import Refused
from sprint.registrations.actions import cancel
from sprint.registrations.queries import held_by
from tests.browser import Browser
from tests.makers import NOW, day_ids
from tests.participation.stage import facts, set_conduct, view
from tests.people import Five

Opens = Callable[..., Browser]
MINE = "/moi/inscriptions/sprint-2027"
TRACK = "/sprint-2027/parcours/keycloak"


def tell(database: Database, five: Five, *, consents: bool = True) -> bool:
    with database.writing() as db:
        return tell_care(
            db, five.ada.id or 0, view(database, five), Meal.VEGAN, [Need.CAPTIONS], NOW, consents=consents
        )


def kept(database: Database) -> tuple[int, int]:
    with database.reading() as db:
        return len(db.exec(select(MealChoice)).all()), len(db.exec(select(AccessNeed)).all())


def test_meals_and_needs_are_kept_with_consent_and_go_at_once_without(
    database: Database, five: Five, browser: Opens
) -> None:
    page = browser(five.ada).open(MINE)
    page.submit("Enregistrer", repas="vegetalien", besoin=["sous-titres", "calme"])
    assert (page.status, kept(database)) == (409, (0, 0))
    assert 'value="sous-titres" checked' in page.html
    page.submit("Enregistrer", repas="vegetalien", besoin=["sous-titres", "calme"], accord="1")
    assert (page.status, kept(database)) == (200, (1, 2))
    page.submit("Retirer mon accord et effacer ces réponses")
    assert (page.status, kept(database)) == (200, (0, 0))
    assert facts(database) == [("participation.care_told", {}), ("participation.care_withdrawn", {})]


def test_saying_nothing_is_withdrawing_and_the_same_twice_is_one_fact(database: Database, five: Five) -> None:
    assert [tell(database, five), tell(database, five)] == [True, False]
    with database.writing() as db:
        assert tell_care(db, five.ada.id or 0, view(database, five), None, (), NOW, consents=False)
    assert kept(database) == (0, 0)
    assert [kind for kind, _ in facts(database)] == ["participation.care_told", "participation.care_withdrawn"]


def test_who_does_not_come_says_nothing_and_finds_no_page(database: Database, five: Five, browser: Opens) -> None:
    with database.writing() as db, pytest.raises(Refused, match="not_registered"):
        choose(db, five.eve.id or 0, five.edition.id or 0, Images.YES, NOW, is_named=False)
    assert browser(five.eve).open(MINE).status == 404


def test_meals_go_with_the_last_day_given_up_and_fifteen_days_after_the_edition(database: Database, five: Five) -> None:
    tell(database, five)
    with database.writing() as db:
        assert forget_care(db) == 0
        purge(db, datetime(2027, 4, 1, 12, tzinfo=NOW.tzinfo))
    assert kept(database) == (1, 1)
    with database.writing() as db:
        purge(db, datetime(2027, 4, 2, 12, tzinfo=NOW.tzinfo))
    assert kept(database) == (0, 0)
    tell(database, five)
    with database.writing() as db:
        cancel(db, five.ada.id or 0, five.keycloak, day_ids(db, five.edition), NOW)
        assert forget_care(db) == 2


def test_image_rights_and_the_name_are_chosen_and_chosen_otherwise(
    database: Database, five: Five, browser: Opens
) -> None:
    page = browser(five.ada).open(MINE)
    page.submit("Enregistrer mes choix", image="oui", nommer="1")
    page.submit("Enregistrer mes choix", image="non", nommer="1")
    with database.reading() as db:
        own = own_of(db, five.ada.id or 0, five.edition.id or 0)
    assert (own.images, own.is_named) == (Images.NO, True)
    assert [detail for _, detail in facts(database)] == [{"named": 1, "images": "oui"}, {"named": 1, "images": "non"}]


def test_the_wish_to_be_named_ticks_the_box_of_a_contribution(five: Five, browser: Opens) -> None:
    page = browser(five.ada).open("/moi/contributions")
    box = 'id="nommer" name="nommer" value="1"'
    assert f"{box} checked" not in page.html
    page.open(MINE).submit("Enregistrer mes choix", nommer="1")
    assert f"{box} checked" in page.open("/moi/contributions").html


def test_who_registers_accepts_the_code_of_conduct_and_reads_every_reason_at_once(
    database: Database, five: Five, browser: Opens
) -> None:
    set_conduct(database, five, "2027-1")
    page = browser(five.eve).open(TRACK)
    page.submit("S’inscrire", jour=["2027-03-16"])
    assert page.status == 409
    assert "acceptez la charte de conduite" in page.html
    with database.reading() as db:
        assert held_by(db, five.eve.id or 0) == ()
    page.submit("S’inscrire", jour=["2027-03-16"], charte="2027-1")
    assert page.status == 200
    with database.reading() as db:
        accepted = db.exec(select(ConductAcceptance.person_id, ConductAcceptance.version)).all()
        assert len(held_by(db, five.eve.id or 0)) == 1
    assert accepted == [(five.eve.id, "2027-1")]


def test_the_reasons_of_the_seat_and_of_the_form_are_told_together(
    database: Database, five: Five, browser: Opens
) -> None:
    set_conduct(database, five, "2027-1")
    page = browser(five.eve).open(TRACK)
    page.post("/sprint-2027/parcours/onyxia/inscription", jour="2027-03-16", mode="site", once="formulaire-1")
    assert page.status == 409
    assert ("réservé au secteur public" in page.html, "acceptez la charte" in page.html) == (True, True)


def test_a_new_version_asks_again_and_takes_no_seat(database: Database, five: Five, browser: Opens) -> None:
    set_conduct(database, five, "2027-1")
    page = browser(five.ada).open("/moi").click("Lire et accepter la charte de conduite")
    page.submit("Accepter la charte")
    assert "Lire et accepter" not in page.open("/moi").html
    set_conduct(database, five, "2027-2")
    assert "Lire et accepter" in page.open("/moi").html
    with database.reading() as db:
        assert len(held_by(db, five.ada.id or 0)) == 2
    page.open(MINE).submit("Accepter la charte")
    page.post(f"{MINE}/charte", charte="2027-1")
    assert page.status == 409
    with database.reading() as db:
        own = own_of(db, five.ada.id or 0, five.edition.id or 0)
    assert own.accepted == {"2027-1", "2027-2"}


def test_erasing_somebody_takes_all_of_it(database: Database, five: Five) -> None:
    tell(database, five)
    set_conduct(database, five, "2027-1")
    with database.writing() as db:
        choose(db, five.ada.id or 0, five.edition.id or 0, Images.YES, NOW, is_named=True)
        erase(db, five.ada.id or 0, "fr", NOW + timedelta(minutes=1))
    with database.reading() as db:
        assert own_of(db, five.ada.id or 0, five.edition.id or 0).is_empty
