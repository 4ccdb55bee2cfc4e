"""Public pages and one's own, as people meet them."""

from collections.abc import Callable
from datetime import date

from sprint.database import Database
from tests.browser import Browser
from tests.makers import NOW, a_person, a_registration, a_track, an_edition
from tests.people import Five

Opens = Callable[..., Browser]


def test_without_any_edition_home_says_so(browser: Opens) -> None:
    assert "La prochaine édition n’est pas encore annoncée." in browser().open("/").text


def test_home_names_the_edition_and_leads_to_its_programme(browser: Opens, five: Five) -> None:
    page = browser().open("/")
    assert page.texts("h1")[0].startswith("Sprint 2027")
    assert page.click("S’inscrire").address.endswith("/sprint-2027/parcours?places=libres")
    assert page.open("/").click("Lire le programme").address.endswith("/sprint-2027/parcours")


def test_home_draws_what_the_last_edition_brought_together(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        past = an_edition(db, slug="sprint-2026", name="Sprint 2026", first_on=date(2026, 3, 17))
        a_track(db, past, slug="qgis", name="QGIS")
        a_track(db, past, slug="glpi", name="GLPI")
    page = browser().open("/")
    assert "Sprint 2026, ce que l’édition précédente a réuni" in page.text
    assert "2 parcours, chacun autour d’un logiciel ou d’un service." in page.text.replace("\xa0", " ")
    assert "contribution" not in page.read("reuni")


def test_an_edition_that_is_over_names_its_tracks_and_takes_nobody(
    browser: Opens, database: Database, five: Five
) -> None:
    with database.writing() as db:
        past = an_edition(db, slug="sprint-2026", name="Sprint 2026", first_on=date(2026, 3, 17))
        a_track(db, past, slug="qgis", name="QGIS")
    page = browser().open("/sprint-2026")
    assert page.click("QGIS").address.endswith("/sprint-2026/parcours/qgis")
    assert "S’inscrire" not in browser().open("/sprint-2026").text


def test_the_same_page_exists_in_english(browser: Opens, five: Five) -> None:
    page = browser().open("/en/sprint-2027/parcours")
    assert "Programme" in page.texts("h1")[0]
    assert "places" not in page.text.replace("marketplaces", "")


def test_a_filter_of_the_address_is_applied_and_can_be_dropped(browser: Opens, five: Five) -> None:
    page = browser().open("/sprint-2027/parcours?public=agents")
    assert "Documenter Onyxia" in page.text
    assert "Installer Keycloak" not in page.text
    assert "Installer Keycloak" in page.click("Réservé au secteur public").text


def test_nothing_found_says_which_filter_to_drop(browser: Opens, five: Five) -> None:
    page = browser().open("/sprint-2027/parcours?mot=introuvable")
    assert "Aucun parcours avec « introuvable »." in page.text.replace("\xa0", " ")
    assert "2 parcours de plus" in page.text.replace("\xa0", " ")


def test_an_odd_question_is_no_error(browser: Opens, five: Five) -> None:
    for odd in ("page=0", "page=-1", "page=9999999999", "page=%F0%9F%98%80", "jour=hier", "lieu=&lieu=lune", "mot=%00"):
        assert browser().open(f"/sprint-2027/parcours?{odd}").texts("h1")


def test_registering_shows_in_the_block_and_on_ones_own_page(browser: Opens, five: Five) -> None:
    page = browser(five.eve).open("/sprint-2027/parcours/keycloak").submit("S’inscrire")
    assert "Confirmée" in page.read("inscription")
    mine = page.open("/moi")
    assert "Installer Keycloak" in mine.text


def test_the_swapped_block_equals_the_page_loaded_afresh(browser: Opens, five: Five) -> None:
    page = browser(five.eve).open("/sprint-2027/parcours/keycloak")
    page.swap("S’inscrire")
    page.assert_patched_as_fresh()


def test_the_swapped_programme_equals_the_page_loaded_afresh(browser: Opens, five: Five) -> None:
    page = browser().open("/sprint-2027/parcours")
    page.swap("Appliquer", public="agents")
    page.assert_patched_as_fresh()


def test_ones_own_page_is_empty_at_first_and_says_what_to_do(browser: Opens, five: Five) -> None:
    page = browser(five.eve).open("/moi")
    assert "Vous n’êtes inscrit·e à aucun parcours" in page.text
    assert page.click("Choisir un parcours").address.endswith("/sprint-2027/parcours")


def test_days_are_changed_on_one_page(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        a_registration(db, five.eve, five.keycloak)
    page = browser(five.eve).open("/moi/inscriptions")
    page = page.submit("Me désister le mardi 16 mars")
    assert page.address.endswith("/moi/inscriptions")
    assert "Installer Keycloak a encore de la place." in page.text
    assert "a encore de la place" not in page.submit("Ajouter le mardi 16 mars").text


def test_an_edition_that_is_over_is_listed_among_the_past_ones(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        past = an_edition(db, slug="sprint-2019", name="Sprint 2019", first_on=NOW.date().replace(year=2019))
        a_track(db, past, slug="hal", name="HAL", seats=None)
    page = browser().open("/editions")
    assert "Sprint 2019" in page.text
    assert "HAL" in page.open("/sprint-2019/parcours").text


def test_the_theme_is_kept_in_a_cookie_and_rendered_by_the_server(browser: Opens, five: Five) -> None:
    page = browser().open("/affichage?retour=/editions")
    page = page.submit("Appliquer", theme="dark")
    assert page.address.endswith("/editions")
    assert page.page.get("data-fr-theme") == "dark"


def test_hostile_text_is_shown_as_text(browser: Opens, database: Database, five: Five) -> None:
    hostile = "<script>alert(1)</script>\"'${7*7}"
    with database.writing() as db:
        edition = an_edition(db, slug="hostile-2028", name=hostile)
        track = a_track(db, edition, slug="xss", name=hostile, objective=hostile, organisation=hostile)
        a_registration(db, a_person(db, name=hostile), track)
    for address in ("/hostile-2028", "/hostile-2028/parcours", "/hostile-2028/parcours/xss", "/hostile-2028/agenda"):
        assert "<script>alert(1)</script>" in browser().open(address).text
