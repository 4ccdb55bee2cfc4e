"""What is asked of every page: axe at any impact, its best practices included; no sideways scroll; no error in the console."""

from collections.abc import Callable
from pathlib import Path

from sprint.worker import worker_of
from tests.chromium.conftest import Site

AXE = Path(__file__).parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
MISSING = "introuvable"
"""Stands in the addresses that lead nowhere on purpose."""
WIDTHS = "[document.documentElement.scrollWidth, window.innerWidth]"


def prepared(visitor: Callable, site: Site, persona: str, theme: str):  # type: ignore[no-untyped-def, type-arg]
    """A page of the person, with what makes their pages full: letters for Claude, a registration for Ada."""
    if persona == "claude":
        worker = worker_of(site.database, site.settings)
        while worker.do_one() is not None:
            pass
    page = visitor(persona, theme=theme)
    if persona == "ada":
        page.goto(f"/{site.edition}/parcours/grist")
        page.get_by_role("button", name="S’inscrire", exact=True).click()
        page.get_by_text("Vous êtes inscrit·e").wait_for()
    return page


def faults_at(page, path: str, *, thorough: bool = False) -> list[str]:  # type: ignore[no-untyped-def]
    """Everything wrong with the page at this address; `thorough` also zooms to 200 %, as a screen half as wide."""
    page.problems.clear()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(path)
    page.wait_for_timeout(150)
    wrong = [problem for problem in page.problems if "404" not in problem or MISSING not in path]
    wrong += faults_of_axe(page)
    if thorough:
        page.set_viewport_size({"width": 640, "height": 450})
        wrong += too_wide(page, "zoomed to 200 %")
    page.set_viewport_size({"width": 320, "height": 700})
    wrong += too_wide(page, "")
    return [f"{path}: {one}" for one in wrong]


def too_wide(page, how: str) -> list[str]:  # type: ignore[no-untyped-def]
    page.wait_for_timeout(50)
    wide, window = page.evaluate(WIDTHS)
    return [f"{wide} pixels wide at {window} {how}"] if wide > window else []


def faults_of_axe(page) -> list[str]:  # type: ignore[no-untyped-def]
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(run => run.violations.map(v => [v.id, v.impact, v.nodes[0].html]))")
    return [f"axe {rule} ({impact}): {html[:160]}" for rule, impact, html in found]
