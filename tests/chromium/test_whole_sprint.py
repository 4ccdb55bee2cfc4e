"""One sprint lived from end to end in a real browser, with and without JavaScript: log, accept, join, be found, leave, be erased."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from sqlmodel import SQLModel

from tests.chromium.conftest import Site

pytestmark = pytest.mark.browser
TITLE = "Relire le guide du premier lancement"


def words(page: Page) -> str:
    return page.locator("main").inner_text()


def accepted(page: Page, site: Site) -> int:
    """How many accepted contributions the public results of the edition count."""
    page.goto(f"/{site.edition}/resultats")
    found = re.search(r"(\d+|Une)\scontributions? acceptée", words(page))
    return 0 if found is None else 1 if found[1] == "Une" else int(found[1])


def ada_logs_and_barbara_accepts(site: Site, visitor: Callable, *, javascript: bool) -> Page:  # type: ignore[type-arg]
    claude = visitor("claude", javascript=javascript)
    before = accepted(claude, site)
    ada = visitor("ada", javascript=javascript)
    ada.goto("/moi/contributions")
    ada.locator("#url").fill(TITLE)
    ada.locator("#url").blur()
    ada.locator("#genre").select_option("relecture")
    ada.locator("#parcours").select_option(label="Onyxia")
    ada.get_by_role("button", name="Ajouter la contribution").click()
    ada.get_by_role("link", name=TITLE).wait_for()

    barbara = visitor("barbara", javascript=javascript)
    barbara.goto(f"/organisation/{site.edition}/contributions")
    barbara.get_by_role("link", name=TITLE).click()
    barbara.get_by_role("button", name="Accepter", exact=True).click()
    barbara.goto(f"/organisation/{site.edition}/contributions")
    assert TITLE not in words(barbara)

    ada.goto("/moi/contributions")
    assert "acceptée" in ada.locator("li", has_text=TITLE).first.inner_text().lower()
    assert accepted(claude, site) == before + 1
    return ada


def barbara_is_found_and_leaves(site: Site, visitor: Callable, *, javascript: bool) -> None:  # type: ignore[type-arg]
    barbara = visitor("barbara", javascript=javascript)
    barbara.goto("/moi/vivier")
    barbara.locator("label[for=but-visible]").click()
    barbara.locator("#titre").fill("Cartographe des sources ouvertes")
    barbara.get_by_role("button", name="Rejoindre le vivier", exact=True).click()
    barbara.get_by_text("Personne n’a encore ouvert votre profil.").wait_for()

    denise = visitor("denise", javascript=javascript)
    denise.goto("/vivier?motif=changer")
    denise.locator("#motif").fill("Un poste de cartographe")
    denise.get_by_role("button", name="Commencer la recherche").click()
    denise.goto("/vivier?mot=cartographes")
    card = denise.locator("article", has_text="Cartographe des sources ouvertes")
    assert "Keita" not in words(denise)
    card.get_by_role("link").first.click()
    denise.get_by_role("heading", name="Proposer un poste").wait_for()
    address = denise.url
    assert "Keita" not in denise.content()

    barbara.goto("/moi/vivier")
    assert "Un poste de cartographe" in words(barbara)
    eve = visitor("eve", javascript=javascript)
    assert eve.goto(address).status == 404
    barbara.get_by_role("button", name="Quitter le vivier").click()
    barbara.get_by_role("button", name="Rejoindre le vivier", exact=True).wait_for()
    assert denise.goto(address).status == 410
    assert eve.goto(address).status == 404
    denise.goto("/vivier?mot=cartographes")
    assert "Cartographe des sources ouvertes" not in words(denise)


def ada_is_erased(site: Site, ada: Page) -> None:
    ada.goto("/moi/donnees/effacement")
    ada.locator("label[for=certain]").click()
    ada.get_by_role("button", name="Effacer mon compte").click()
    ada.get_by_role("heading", name="Votre compte est effacé").wait_for()
    assert ada.goto("/moi").url.endswith("/connexion?retour=%2Fmoi")
    with site.database.reading() as db:
        dump = [
            str(tuple(row))
            for table in SQLModel.metadata.sorted_tables
            for row in db.connection().execute(table.select())
        ]
    assert [row for row in dump if "Lemoine" in row or "ada.lemoine" in row or TITLE in row] == []
    assert any("Keita" in row for row in dump)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_contribution_is_accepted_a_profile_found_and_left_and_a_person_erased(
    javascript: bool,
    visitor: Callable,  # type: ignore[type-arg]
    site: Site,
) -> None:
    ada = ada_logs_and_barbara_accepts(site, visitor, javascript=javascript)
    barbara_is_found_and_leaves(site, visitor, javascript=javascript)
    ada_is_erased(site, ada)
