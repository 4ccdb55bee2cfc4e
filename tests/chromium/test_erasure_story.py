"""Ada takes her data, erases her account, and nothing in the base names her any more."""

from collections.abc import Callable

import pytest

from tests.chromium.conftest import Site
from tests.privacy.lives import dump

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False])
def test_ada_takes_her_data_and_erases_herself(javascript: bool, visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    ada = visitor("ada", javascript=javascript)
    ada.goto(f"/{site.edition}/parcours/libreoffice")
    ada.get_by_role("button", name="S’inscrire", exact=True).click()
    ada.get_by_text("Vous êtes inscrit·e").wait_for()
    ada.goto("/moi/donnees")
    with ada.expect_download() as parcel:
        ada.get_by_role("button", name="Télécharger mes données").click()
    assert parcel.value.suggested_filename.endswith(".zip")
    with site.database.reading() as db:
        assert "Ada Lemoine" in dump(db)
    ada.get_by_role("link", name="Effacer mon compte").click()
    ada.get_by_role("button", name="Effacer mon compte").click()
    ada.get_by_role("link", name="rien n’a encore été effacé").wait_for()
    ada.locator("label[for=certain]").click()
    ada.get_by_role("button", name="Effacer mon compte").click()
    ada.wait_for_url("**/compte-efface")
    assert "Se connecter" in ada.locator("header").inner_text()
    with site.database.reading() as db:
        assert "Ada Lemoine" not in dump(db)
