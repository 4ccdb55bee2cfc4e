"""Every page × everybody who may see it × both themes × both languages: links are followed, so a new page is found by itself."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from starlette.routing import Match, Route

from sprint.app import specs
from sprint.site.pages.public import furnish
from sprint.web.frame import Frame
from tests.chromium.checks import faults_at, prepared
from tests.chromium.conftest import Site
from tests.chromium.test_every_page import addresses_of

pytestmark = [pytest.mark.browser, pytest.mark.proof]
PEOPLE = ("", "ada", "barbara", "claude", "denise", "eve")
MATRIX = [(theme, language) for theme in ("light", "dark") for language in ("fr", "en")]
OF_A_KIND = 2
"""Pages of one route that are looked at, as one person: tracks and slots are many and alike."""
NO_PAGE = re.compile(
    r"\.(ics|xml|txt|csv|xlsx|ods|zip|json|png|svg|css|js)$|/recus$|/export|^(/en)?/(connexion/|static|sante|metrics)"
)
HREFS = "[...document.querySelectorAll('a[href]')].map(link => link.href)"


def routes(site: Site) -> list[Route]:
    """The pages one can open."""
    frame = Frame(site.settings, site.database, specs(demo=True), furnish)
    return [route for route in frame.routes() if route.methods and "GET" in route.methods]


def kind(known: list[Route], path: str) -> str:
    """The route that answers a path."""
    scope = {"type": "http", "method": "GET", "path": path.removeprefix("/en") or "/", "root_path": ""}
    return next((route.path for route in known if route.matches(scope)[0] == Match.FULL), "none")


@pytest.mark.parametrize(("theme", "language"), MATRIX)
@pytest.mark.parametrize("persona", PEOPLE)
def test_every_page_one_can_reach(
    persona: str,
    theme: str,
    language: str,
    visitor: Callable,  # type: ignore[type-arg]
    site: Site,
) -> None:
    page, known = prepared(visitor, site, persona, theme), routes(site)
    prefix = "" if language == "fr" else "/en"
    seeds = addresses_of(persona, site, language)
    to_see = [prefix + ("/moi" if persona else "/"), *seeds]
    seen: dict[str, set[str]] = {}
    wrong = []
    while to_see:
        address = to_see.pop(0)
        group = seen.setdefault(kind(known, urlsplit(address).path), set())
        if address in group or (len(group) >= OF_A_KIND and address not in seeds):
            continue
        group.add(address)
        wrong += faults_at(page, address, thorough=theme == "light")
        to_see += links_of(page, site, prefix)
    print(f"{persona or 'nobody'}, {theme}, {language}: {sum(map(len, seen.values()))} pages of {len(seen)} routes")
    print("\n".join(wrong))
    assert wrong == []


def links_of(page, site: Site, prefix: str) -> list[str]:  # type: ignore[no-untyped-def]
    """Where the page leads within the site, in the same language."""
    found = []
    for href in page.evaluate(HREFS):
        parts = urlsplit(href)
        in_language = parts.path.startswith("/en/") if prefix else not parts.path.startswith("/en/")
        if f"{parts.scheme}://{parts.netloc}" == site.address and in_language and not NO_PAGE.search(parts.path):
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found
