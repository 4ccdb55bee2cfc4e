"""The page where one signs in, with every kind of provider, as drawn: ProConnect first, then research, then the forges."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sprint.provider_settings import block_of
from tests.chromium.checks import faults_at
from tests.chromium.conftest import Site, running_site

KINDS = {
    "agents": "proconnect",
    "orcid": "orcid",
    "github": "github",
    "forge": "forgejo",
    "lab": "gitlab",
    "sso": "oidc",
}
OWN = {"label": "Forge des communs", "whom": "Pour le personnel enseignant.", "whom_en": "For teachers."}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Declared in no order at all: the page has its own."""
    given = {"issuer": "https://idp.example", "client_id": "c", "client_secret": "s"}
    blocks = [block_of(name, given | {"kind": kind}) for name, kind in reversed(KINDS.items())]
    blocks.append(block_of("own", given | OWN | {"kind": "gitlab"}))
    with running_site(tmp_path, providers=tuple(blocks)) as running:
        yield running


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_accessible_fits_and_offers_all_in_order(visitor: Callable, site: Site, theme: str) -> None:  # type: ignore[type-arg]
    page = visitor(theme=theme)
    assert faults_at(page, "/connexion?retour=/moi", thorough=True) == []
    ways = page.locator("main a[href^='/connexion/']")
    assert [way.get_attribute("href").split("/")[2].split("?")[0] for way in ways.all()] == [
        "agents", "orcid", "lab", "forge", "github", "own", "sso", "demo",
    ]  # fmt: skip
    assert page.locator("main .fr-connect").inner_text().split() == ["S’identifier", "avec", "ProConnect"]
    filled = page.locator("main a.fr-btn:not(.fr-btn--secondary)")
    assert filled.count() == 0, "nothing is at the level of ProConnect"
    about = page.get_by_role("link", name="Qu’est-ce que ProConnect ?")
    assert about.get_attribute("target") == "_blank"
    assert "nouvelle fenêtre" in (about.get_attribute("title") or "")
    assert faults_at(page, "/en/connexion") == []
    assert page.get_by_text("For teachers.").is_visible()
    assert page.get_by_role("link", name="Continue with Forge des communs").is_visible()
