"""The pool, lived by real people in a real browser, with and without JavaScript: joined, found, seen, asked, left."""

from collections.abc import Callable

import pytest

from tests.chromium.conftest import Site

pytestmark = pytest.mark.browser


def joined(barbara) -> None:  # type: ignore[no-untyped-def]
    """Barbara reads what a recruiter would, then joins."""
    barbara.goto("/moi/vivier")
    barbara.locator("#titre").fill("Horlogerie numérique")
    barbara.locator("#competences").fill("Clepsydres, Python")
    if barbara.get_by_role("button", name="Actualiser l’aperçu").is_visible():
        barbara.get_by_role("button", name="Actualiser l’aperçu").click()
    else:
        barbara.locator("label[for=contrat-mobilite]").click()
    barbara.locator("#apercu").get_by_text("Horlogerie numérique").wait_for()
    barbara.locator("label[for=but-visible]").click()
    barbara.get_by_role("button", name="Rejoindre le vivier").click()
    barbara.get_by_text("Votre profil est dans le vivier.").wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_barbara_joins_is_found_asked_and_leaves(javascript: bool, visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    barbara, denise = visitor("barbara", javascript=javascript), visitor("denise", javascript=javascript)
    joined(barbara)
    assert "Personne n’a encore ouvert votre profil" in barbara.locator("main").inner_text()

    denise.goto("/vivier")
    denise.locator("#mot").fill("clepsydre")
    denise.get_by_role("button", name="Rechercher").click()
    denise.get_by_role("heading", name="Un profil").wait_for()
    denise.locator("#resultats article a").click()
    denise.get_by_role("button", name="Envoyer la demande").wait_for()
    card = denise.url
    assert "Keita" not in denise.locator("body").inner_text()
    denise.locator("#contrat").fill("Mobilité")
    denise.locator("#lieu").fill("Besançon")
    denise.locator("#raison").fill("Vos clepsydres.")
    denise.get_by_role("button", name="Envoyer la demande").click()
    denise.get_by_text("en attente de réponse").wait_for()

    barbara.goto("/moi/vivier")
    assert "Denise Okafor" in barbara.locator("#vues").inner_text()
    barbara.get_by_role("button", name="Accepter la demande").click()
    barbara.get_by_text("denise.okafor@agents.example").wait_for()
    denise.goto(card)
    assert "barbara.keita@recherche.example" in denise.locator("main").inner_text()

    barbara.get_by_role("button", name="Quitter le vivier").click()
    barbara.get_by_role("heading", name="Rejoindre le vivier des talents du numérique").wait_for()
    eve = visitor("eve", javascript=javascript)
    assert (denise.goto(card).status, eve.goto(card).status) == (410, 404)
    denise.goto("/vivier/demandes")
    assert "profil retiré" in denise.locator("table").inner_text()
