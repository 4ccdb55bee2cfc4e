"""Paper, forced colours, the device's theme, and no script at all."""

from collections.abc import Callable

import pytest

from tests.chromium.checks import faults_of_axe, prepared
from tests.chromium.conftest import Site

pytestmark = pytest.mark.browser
COLOUR = "element => getComputedStyle(element).backgroundColor"
INK = "element => getComputedStyle(element).color"
LISTS = {
    "": ("/{edition}/agenda", "/{edition}/parcours"),
    "claude": ("/organisation/{edition}/personnes", "/organisation/{edition}"),
}


@pytest.mark.parametrize("persona", LISTS)
def test_agenda_and_lists_print_black_on_white_without_the_frame(
    persona: str,
    visitor: Callable,
    site: Site,  # type: ignore[type-arg]
) -> None:
    page = visitor(persona, theme="dark", width=718)
    for address in LISTS[persona]:
        page.goto(address.format(edition=site.edition))
        page.emulate_media(media="print")
        assert (page.locator("body").evaluate(COLOUR), page.locator("h1").evaluate(INK)) == (
            "rgb(255, 255, 255)",
            "rgb(0, 0, 0)",
        )
        shown = [
            name for name in ("header", "footer", "main form[method=get]") if page.locator(name).first.is_visible()
        ]
        assert shown == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 718
        assert page.pdf(format="A4").startswith(b"%PDF")
        page.emulate_media(media="screen")


def test_the_letters_one_looks_at_are_told_from_the_others(visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    page = prepared(visitor, site, "claude", "light")
    page.goto(f"/organisation/{site.edition}/courriers")
    here = page.locator("main [aria-current=true]")
    assert here.count() == 1
    assert here.evaluate(COLOUR) != page.locator("main .fr-tag:not([aria-current])").first.evaluate(COLOUR)


@pytest.mark.parametrize("address", ["", "/personnes", "/attente", "/places?attente=1", "/annulation?personne=6"])
def test_on_a_phone_a_table_of_the_desk_hides_nothing_beside_the_screen(
    address: str,
    visitor: Callable,
    site: Site,  # type: ignore[type-arg]
) -> None:
    page = visitor("claude", width=390)
    page.goto(f"/organisation/{site.edition}{address}")
    tables = page.locator(".fr-table__container")
    assert tables.count()
    assert tables.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth).length") == 0


@pytest.mark.parametrize("address", ["/", "/{edition}/parcours", "/{edition}/parcours/grist", "/{edition}/agenda"])
def test_forced_colours_leave_edges_and_gauges(address: str, visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    page = visitor("eve" if "grist" in address else "", forced_colors="active")
    page.goto(address.format(edition=site.edition))
    page.wait_for_timeout(150)
    assert faults_of_axe(page) == []
    buttons = page.locator("main .fr-btn:visible")
    edges = buttons.evaluate_all("all => all.map(one => getComputedStyle(one).borderTopWidth)")
    assert set(edges) <= {"1px"}
    gauges = page.locator(".sprint-gauge").evaluate_all(
        "all => all.map(one => [...one.children].map(part => getComputedStyle(part).fill).join())"
    )
    assert {gauge for gauge in gauges if len(set(gauge.split("),"))) < 2} == set()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_page_that_follows_the_device_is_dark_on_a_dark_device(
    javascript: bool,
    visitor: Callable,
    site: Site,  # type: ignore[type-arg]
) -> None:
    chosen = visitor(theme="dark", javascript=javascript)
    chosen.goto("/")
    follows = visitor(theme="system", device="dark", javascript=javascript)
    follows.goto("/")
    light = visitor(theme="light", device="dark", javascript=javascript)
    light.goto("/")
    dark = "rgb(22, 22, 22)"
    assert [one.locator("body").evaluate(COLOUR) for one in (chosen, follows, light)] == [
        dark,
        dark,
        "rgb(255, 255, 255)",
    ]


def test_without_script_menus_and_answers_are_unfolded_on_a_phone(visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    page = visitor(javascript=False, width=390)
    page.goto(f"/{site.edition}/parcours/grist")
    for words in ("Agenda", "Se connecter", "Accueil"):
        assert page.get_by_role("link", name=words, exact=True).first.is_visible()
    assert page.get_by_text("la personne suivante sur la liste d’attente").is_visible()
    page.goto(f"/{site.edition}/parcours")
    assert page.get_by_role("button", name="Appliquer").is_visible()
