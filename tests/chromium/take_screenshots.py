"""Takes the pictures of the README from a fresh demonstration: `make screenshots`.

They are WebP, as the browser writes it, and small: a handful of pages, some hundred kilobytes in all.
"""

import base64
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.chromium.conftest import CHROMIUM, FLAGS, Site, playwright_api, running_site

TARGET = Path(__file__).parent.parent.parent / "docs" / "screenshots"
QUALITY = 60


@dataclass(frozen=True)
class Picture:
    """One page as one person, on a screen of a size, in a theme."""

    name: str
    address: str
    persona: str = ""
    width: int = 1280
    height: int = 860
    theme: str = "light"
    registers: str = ""
    """The track in which the person takes a seat first."""


PICTURES = (
    Picture("accueil", "/"),
    Picture("programme", "/{edition}/parcours?lieu=site&envie=tester"),
    Picture("parcours-sombre", "/{edition}/parcours/libreoffice", persona="barbara", theme="dark"),
    Picture("mon-sprint", "/moi", persona="ada", width=390, height=860, registers="glpi"),
    Picture("bureau", "/organisation/{edition}", persona="claude"),
)


def take(browser, site: Site, picture: Picture) -> bytes:  # type: ignore[no-untyped-def]
    """The picture's bytes."""
    context = browser.new_context(
        base_url=site.address, viewport={"width": picture.width, "height": picture.height}, locale="fr"
    )
    context.add_cookies([{"name": "sprint-affichage", "value": picture.theme, "url": site.address}])
    page = context.new_page()
    if picture.persona:
        page.goto("/connexion/demo")
        page.locator(f"[data-persona={picture.persona}]").click()
        page.wait_for_url("**/moi")
    if picture.registers:
        page.goto(f"/{site.edition}/parcours/{picture.registers}")
        page.get_by_role("button", name="S’inscrire", exact=True).click()
        page.get_by_text("Vous êtes inscrit·e").wait_for()
    page.goto(picture.address.format(edition=site.edition), wait_until="networkidle")
    shot = context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    context.close()
    return base64.b64decode(shot["data"])


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    total = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        running_site(Path(folder)) as site,
        playwright_api.sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for picture in PICTURES:
            content = take(browser, site, picture)
            (TARGET / f"{picture.name}.webp").write_bytes(content)
            total += len(content)
        browser.close()
    sys.stdout.write(f"{len(PICTURES)} pictures in docs/screenshots, {total / 1000:.0f} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
