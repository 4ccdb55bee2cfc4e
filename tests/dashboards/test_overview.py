"""The desk's first page, as an organiser works on it."""

from collections.abc import Callable
from datetime import date, timedelta

from sprint.database import Database
from sprint.people.tables import Right
from sprint.programme.tables import Edition
from tests.browser import Browser
from tests.makers import NOW, a_grant, a_person, a_registration, a_track, an_edition
from tests.page_checks import text_of
from tests.people import Five

Opens = Callable[..., Browser]
DESK = "/organisation/sprint-2027"


def test_each_number_opens_its_list(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        for name in ("Wanda Première", "Xavier Attend"):
            a_registration(db, a_person(db, name=name), five.keycloak)
    page = browser(five.claude).open(DESK)
    assert "mardi 12 janvier 2027, le sprint commence dans 63 jours." in page.text.lower()
    assert "2 personnes inscrites, 2 parcours." in page.text
    assert "Xavier Attend" in page.click("personne attend une place").text
    page = page.open(DESK).click("parcours sans mentor")
    assert rows(page) == ["Installer Keycloak"]
    page = page.open(DESK).click("parcours manque de bras")
    assert rows(page) == ["Documenter Onyxia"]


def rows(page: Browser) -> list[str]:
    return [words.split(" Insee")[0] for words in page.texts("th")[6:]]


def test_nothing_to_settle_is_said(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        past = an_edition(db, slug="sprint-2019", name="Sprint 2019", first_on=date(2019, 5, 15))
        a_track(db, past, slug="hal", name="HAL", seats=3)
        a_grant(db, person=five.claude, right=Right.ORGANISER, over=past)
    page = browser(five.claude).open("/organisation/sprint-2019")
    assert "Rien à régler aujourd’hui." in page.text
    assert "Places de plus" not in page.text


def test_the_table_is_searched_narrowed_and_sorted_by_its_address(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(DESK)
    assert rows(page) == ["Installer Keycloak", "Documenter Onyxia"], "the one without mentor comes first"
    assert [one.get("aria-sort") for one in page.page.iter("th") if one.get("aria-sort")] == []
    assert rows(page.submit("Appliquer", mot="keycloak")) == ["Installer Keycloak"]
    page.open(DESK).click("Trier par Parcours")
    assert rows(page) == ["Documenter Onyxia", "Installer Keycloak"]
    assert [one.get("aria-sort") for one in page.page.iter("th") if one.get("aria-sort")] == ["ascending"]
    assert "Aucun parcours ne répond" in page.open(f"{DESK}?mot=introuvable").text


def test_the_swapped_table_equals_the_page_loaded_afresh(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(DESK)
    page.swap("Appliquer", mot="onyxia")
    page.assert_patched_as_fresh()


def test_twenty_tracks_a_page(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        for number in range(25):
            a_track(db, five.edition, slug=f"p-{number}", name=f"Parcours {number:02}", seats=2)
    page = browser(five.claude).open(DESK)
    assert len(rows(page)) == 20
    assert len(rows(page.click("2"))) == 7


def test_registration_is_opened_from_the_first_page_while_it_is_announced_only(
    browser: Opens, database: Database, five: Five
) -> None:
    with database.writing() as db:
        db.get_one(Edition, five.edition.id).opens_at = NOW + timedelta(days=1)
    page = browser(five.claude).open(DESK)
    page.submit("Ouvrir les inscriptions maintenant")
    assert (page.status, page.address.split("?")[0], page.texts("h1")) == (200, DESK, ["Vue d’ensemble"])
    assert "Les inscriptions sont ouvertes." in page.html
    assert "Ouvrir les inscriptions maintenant" not in page.text


def test_the_side_menu_stands_in_four_groups_and_marks_where_one_is(browser: Opens, five: Five) -> None:
    page = browser(five.claude).open(f"{DESK}/inscriptions/1/deplacement")
    menu = next(one for one in page.page.iter("nav") if "fr-sidemenu" in one.get("class", ""))
    named = {one.get("id"): text_of(one) for one in menu.iter("p")}
    groups = [named[one.get("aria-labelledby")] for one in menu.iter("ul")]
    assert groups == ["Suivi", "Personnes", "Programme", "Édition"]
    assert [text_of(one) for one in menu.iter("a") if one.get("aria-current")] == ["Inscriptions"]


def test_who_organises_nothing_else_has_a_short_menu_without_groups(browser: Opens, five: Five) -> None:
    page = browser(five.barbara).open(f"{DESK}/contributions")
    menu = next(one for one in page.page.iter("nav") if "fr-sidemenu" in one.get("class", ""))
    assert [one.get("aria-labelledby") for one in menu.iter("ul")] == [None]
    assert [text_of(one) for one in menu.iter("a")] == [
        "Menu : Sprint 2027",
        "Contributions",
        "Personnes attendues",
        "Questions",
        "Voir le site public",
    ]
