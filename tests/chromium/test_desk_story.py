"""An organiser's morning, in a real browser: open registration, move somebody, add seats, write to the waiting list.

An action is a button pressed: what asks the site for something, or changes it. Links that are followed lead there, and are counted
beside them, so that neither grows unseen.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from sprint.announcements.tables import GroupLetter
from sprint.clock import now
from sprint.programme.queries import edition_called
from sprint.programme.tables import Edition
from tests.chromium.conftest import Site

pytestmark = pytest.mark.browser


class Hands:
    """Somebody at a page, whose gestures are counted."""

    def __init__(self, page) -> None:  # type: ignore[no-untyped-def]
        self.page, self.pressed, self.followed = page, 0, 0

    def press(self, button: str) -> None:
        self.pressed += 1
        self.page.get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_load_state()

    def follow(self, link: str | re.Pattern[str]) -> None:
        self.followed += 1
        self.page.get_by_role("link", name=link).first.click()
        self.page.wait_for_load_state()


def test_four_deeds_take_fewer_than_ten_actions(visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    with site.database.writing() as db:
        found = edition_called(db, site.edition)
        assert found is not None
        db.get_one(Edition, found.id).opens_at = now() + timedelta(days=1)
    page = visitor("claude")
    hands = Hands(page)
    page.goto(f"/organisation/{site.edition}/etapes")
    hands.press("Ouvrir les inscriptions maintenant")
    page.get_by_text("Les inscriptions sont ouvertes.").first.wait_for()

    hands.follow("Inscriptions")
    page.locator("tbody th a").first.click()
    hands.followed += 1
    hands.follow(re.compile("^Déplacer"))
    day = page.locator("main h1 + p").inner_text().split(", ")[1]
    options = page.locator("#vers option").all_inner_texts()
    page.locator("#vers").select_option(
        index=next(number for number, one in enumerate(options) if f", {day} sur place" in one and "place" in one[-9:])
    )
    hands.press("Voir ce qui se passerait")
    page.locator("label[for=motif-skills]").click()
    hands.press("Déplacer")
    page.get_by_text("C’est fait ; un courriel le dit à").wait_for()

    hands.follow("Liste d’attente")
    hands.follow(re.compile("^Écrire aux personnes en attente"))
    for field in ("#objet", "#texte", "#subject", "#text"):
        page.fill(field, "Une place peut se libérer.")
    hands.press("Relire avant d’envoyer")
    hands.press("Envoyer ce courrier")

    hands.follow("Vue d’ensemble")
    hands.follow(re.compile("^Ouvrir des places"))
    hands.press(page.locator("main form button[type=submit]").last.inner_text())

    with site.database.reading() as db:
        assert db.exec(select(GroupLetter.people)).one() > 0
    assert (hands.pressed, hands.followed) == (6, 7), "fewer than ten"
