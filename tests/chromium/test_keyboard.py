"""The keyboard alone: from a track to a seat and back, signing in on the way."""

from collections.abc import Callable

import pytest

from tests.chromium.conftest import Site

pytestmark = pytest.mark.browser
FOCUSED = "(document.activeElement.innerText || document.activeElement.labels?.[0]?.innerText || '').trim()"
FAR = 80
"""More presses of Tab than any of these pages should need."""


def tab_to(page, words: str) -> None:  # type: ignore[no-untyped-def]
    """Press Tab until the focus is on what is called `words`."""
    passed = []
    for _ in range(FAR):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        if passed[-1].startswith(words):
            return
    raise AssertionError(f"the keyboard never reached {words}: {passed}")


def test_the_keyboard_alone_takes_a_seat_and_gives_it_back(visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    page = visitor()
    page.goto(f"/{site.edition}/parcours/libreoffice")
    for step in ("Se connecter pour s’inscrire", "Continuer avec la démonstration", "Continuer comme Ada"):
        tab_to(page, step)
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        page.wait_for_timeout(200)
    page.wait_for_url(f"**/{site.edition}/parcours/libreoffice*")
    tab_to(page, "Mercredi")
    page.keyboard.press("Space")
    tab_to(page, "S’inscrire")
    page.keyboard.press("Enter")
    page.get_by_text("Vous êtes inscrit·e").wait_for()
    page.wait_for_timeout(200)
    assert page.evaluate("document.activeElement.id") == "inscription"
    tab_to(page, "Changer mes jours ou me désister")
    page.keyboard.press("Enter")
    page.wait_for_url("**/moi/inscriptions*")
    tab_to(page, "Me désister le")
    page.keyboard.press("Enter")
    page.get_by_text("une journée est libérée").wait_for()


def test_a_page_that_comes_back_refused_begins_at_its_reasons(visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    page = visitor("claude")
    page.goto(f"/organisation/{site.edition}/inscriptions/1/deplacement")
    page.get_by_role("button", name="Déplacer", exact=True).press("Enter")
    page.get_by_text("2 réponses sont à corriger").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    tab_to(page, "Choisissez où déplacer la personne.")


def test_a_refusal_takes_the_focus(visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    page = visitor("ada")
    page.goto(f"/{site.edition}/parcours/libreoffice")
    for box in page.locator("#inscription input[name=jour]").all():
        box.uncheck(force=True)
    tab_to(page, "S’inscrire")
    page.keyboard.press("Enter")
    page.get_by_text("Une raison l’empêche").wait_for()
    page.wait_for_timeout(200)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
