"""The last seat, lived by real people in a real browser, with and without JavaScript."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from sprint.notices.tables import Letter
from sprint.people.tables import Person
from sprint.worker import worker_of
from tests.chromium.conftest import Site

pytestmark = pytest.mark.browser


def letters_to(site: Site, name: str) -> list[str]:
    worker = worker_of(site.database, site.settings)
    while worker.do_one() is not None:
        pass
    with site.database.reading() as db:
        rows = select(Letter.purpose).join(Person).where(Person.name == name).order_by(col(Letter.id))
        return list(db.exec(rows))


@pytest.mark.parametrize("javascript", [True, False])
def test_the_last_seat_goes_to_ada_then_to_barbara(javascript: bool, visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    track = f"/{site.edition}/parcours/grist"
    ada = visitor("ada", javascript=javascript)
    ada.goto(track)
    second = ada.locator("#inscription input[name=jour]").nth(1).get_attribute("id")
    ada.locator(f"label[for='{second}']").click()
    ada.get_by_role("button", name="S’inscrire", exact=True).click()
    ada.get_by_text("Vous êtes inscrit·e").wait_for()
    assert "/parcours/grist" in ada.url

    barbara = visitor("barbara", javascript=javascript)
    barbara.goto(track)
    barbara.locator(f"label[for='{second}']").click()
    barbara.get_by_role("button", name="S’inscrire", exact=True).click()
    barbara.get_by_text("Vous êtes 1er·e sur 1").wait_for()

    claude = visitor("claude", javascript=javascript)
    claude.goto(f"/organisation/{site.edition}/personnes?mot=Keita")
    assert "En attente" in claude.locator("table").inner_text() or "EN ATTENTE" in claude.locator("table").inner_text()

    ada.get_by_role("link", name="Changer mes jours ou me désister").click()
    ada.get_by_role("button", name="Me désister le").click()
    ada.get_by_text("une journée est libérée").wait_for()
    assert letters_to(site, "Barbara Keita") == ["waiting", "promoted"]
    barbara.goto("/moi")
    mine = barbara.locator("main").inner_text()
    assert "Travail en parcours : Grist" in mine.replace("\u00a0", " ")
    assert "attend" not in mine
    claude.reload()
    row = claude.locator("tbody").inner_text()
    assert "sur place : Grist" in row.replace("\u00a0", " ")
    assert "attente" not in row.lower()

    eve = visitor("eve", javascript=javascript)
    for desk in ("/organisation", f"/organisation/{site.edition}", f"/organisation/{site.edition}/courriers"):
        assert eve.goto(desk).status == 404
    eve.goto(track)
    assert "Keita" not in eve.locator("body").inner_text()
    assert "Lemoine" not in eve.locator("body").inner_text()


def test_a_double_click_registers_once_and_the_address_stays(visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    page = visitor("ada")
    page.goto(f"/{site.edition}/parcours/libreoffice")
    page.get_by_role("button", name="S’inscrire", exact=True).dblclick()
    page.get_by_text("Vous êtes inscrit·e").wait_for()
    assert page.url.endswith("/parcours/libreoffice")
    # The demonstration has a mediated contact waiting, which is not about registering.
    assert [one for one in letters_to(site, "Ada Lemoine") if not one.startswith("talents.")] == ["registered"]


def test_a_session_that_ended_leads_from_a_fragment_to_signing_in(visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    page = visitor("ada")
    page.goto(f"/{site.edition}/parcours/libreoffice")
    page.context.clear_cookies()
    page.get_by_role("button", name="S’inscrire", exact=True).click()
    page.wait_for_url("**/connexion?retour=**")


def test_filters_apply_as_one_ticks_and_stand_in_the_address(visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    page = visitor()
    page.goto(f"/{site.edition}/parcours")
    page.locator("label[for=lieu-distance]").click()
    page.wait_for_url("**lieu=distance**")
    page.get_by_text("10 parcours sur 12").wait_for()
    page.go_back()
    page.get_by_text("12 parcours sur 12").wait_for()
