"""Every page as the person who sees most of it: axe, 320 pixels, no error in the console. The proof runs the whole matrix."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sprint.worker import worker_of
from tests.chromium.conftest import Site

AXE = Path(__file__).parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
PAGES = {
    "": (
        "/",
        "/{edition}",
        "/{edition}/parcours",
        "/{edition}/parcours?mot=introuvable",
        "/{edition}/parcours?lieu=distance&envie=coder",
        "/{edition}/parcours/grist",
        "/{edition}/parcours/onyxia",
        "/{edition}/agenda",
        "/editions",
        "/sprint-2019",
        "/sprint-2019/parcours/hal",
        "/sprint-2019/resultats",
        "/sprint-2019/resultats?genre=code",
        "/{edition}/resultats",
        "/contributions/1",
        "/connexion",
        "/affichage",
        "/accessibilite",
        "/mentions-legales",
        "/donnees-personnelles",
        "/cookies",
        "/plan-du-site",
        "/introuvable",
    ),
    "ada": (
        "/moi",
        "/moi/inscriptions",
        "/moi/appareils",
        "/moi/contributions",
        "/moi/contributions?url=https://github.com/InseeFrLab/onyxia/pull/12",
        "/{edition}/parcours/grist",
        "/{edition}/parcours/onyxia",
        "/{edition}/parcours/libreoffice",
    ),
    "eve": ("/moi", "/{edition}/parcours/grist"),
    "claude": (
        "/organisation",
        "/organisation/{edition}",
        "/organisation/{edition}/personnes",
        "/organisation/{edition}/parcours/onyxia",
        "/organisation/{edition}/contributions",
        "/organisation/{edition}/contributions?etat=toutes&page=2",
        "/contributions/99",
        "/organisation/{edition}/courriers",
        "/organisation/{edition}/courriers/1",
    ),
}
CHANCE = int(
    subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip() or "0", 16
)
ONE = ("light" if CHANCE % 2 else "dark", "fr" if CHANCE // 2 % 2 else "en")
MATRIX = [(theme, language) for theme in ("light", "dark") for language in ("fr", "en")]


def look_at_all(visitor: Callable, site: Site, persona: str, theme: str, language: str) -> list[str]:  # type: ignore[type-arg]
    """Everything wrong on the pages of a person."""
    if persona == "claude":
        worker = worker_of(site.database, site.settings)
        while worker.do_one() is not None:
            pass
    page, wrong = visitor(persona, theme=theme), []
    if persona == "ada":
        page.goto(f"/{site.edition}/parcours/grist")
        page.get_by_role("button", name="S’inscrire", exact=True).click()
        page.get_by_text("Vous êtes inscrit·e").wait_for()
    for address in PAGES[persona]:
        path = ("" if language == "fr" else "/en") + address.format(edition=site.edition)
        page.problems.clear()
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(path)
        page.wait_for_timeout(150)
        wrong += [
            f"{path}: {problem}" for problem in page.problems if "404" not in problem or "introuvable" not in path
        ]
        wrong += [f"{path}: {one}" for one in faults_of_axe(page)]
        page.set_viewport_size({"width": 320, "height": 700})
        page.wait_for_timeout(50)
        width = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"{path}: {width} pixels wide at 320"] if width > 320 else []
    return wrong


def faults_of_axe(page) -> list[str]:  # type: ignore[no-untyped-def]
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(run => run.violations.map(v => [v.id, v.impact, v.nodes[0].html]))")
    return [f"axe {rule} ({impact}): {html[:160]}" for rule, impact, html in found]


@pytest.mark.browser
@pytest.mark.parametrize("persona", PAGES)
def test_every_page_is_accessible_and_fits(persona: str, visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    assert look_at_all(visitor, site, persona, *ONE) == []


@pytest.mark.browser
@pytest.mark.proof
@pytest.mark.parametrize(("theme", "language"), MATRIX)
@pytest.mark.parametrize("persona", PAGES)
def test_every_page_in_both_themes_and_languages(
    persona: str,
    theme: str,
    language: str,
    visitor: Callable,  # type: ignore[type-arg]
    site: Site,
) -> None:
    assert look_at_all(visitor, site, persona, theme, language) == []


@pytest.mark.browser
def test_the_first_load_of_home_is_light(visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    page = visitor()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto("/", wait_until="networkidle")
    page.wait_for_timeout(300)
    print(f"first load: {sum(sizes) / 1000:.1f} kB in {len(sizes)} answers")
    assert sum(sizes) <= 320_000
