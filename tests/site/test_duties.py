"""Public duties: texts completed by settings, the register, cookies, the map."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sprint.app import specs
from sprint.database import Database
from sprint.languages import LANGUAGES, using
from sprint.privacy.register import register
from sprint.settings import Settings
from sprint.site.pages.duties import COOKIES
from sprint.site.rules.map import LISTED, MAPPED, NOT_PAGES
from sprint.site.texts import CONTENT, text
from sprint.web.cookies import Jar
from tests.architecture import modules
from tests.browser import Browser
from tests.makers import a_track
from tests.people import Five

Opens = Callable[..., Browser]
ROOT = Path(__file__).parent.parent.parent
TEXTS = ("accessibilite", "mentions-legales", "cookies", "donnees-personnelles", "vos-droits")
MISSING = {"fr": "à compléter par l’exploitant", "en": "to be completed by the operator"}


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Words do not depend on the engine."""
    return sqlite


def completed(**said: object) -> Settings:
    return Settings.model_validate({"secret": "s" * 32, "demo": "1", "base_url": "http://localhost"} | said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_the_operator_knows_is_marked_and_never_invented(language: str) -> None:
    with using(language):
        notice = text("mentions-legales", completed())
    assert notice.count(MISSING[language]) == 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_operator_said_stands_in_the_text(language: str) -> None:
    said = {"publisher": "Un ministère", "publication_director": "Sa directrice", "hosting": "Un centre de calcul"}
    with using(language):
        notice = text("mentions-legales", completed(**said, contact="a@b.example", source_url="https://c.example"))
    assert MISSING[language] not in notice
    assert [words for words in said.values() if words not in notice] == []
    assert "<a@b.example>" in notice
    assert "<mailto:a@b.example>" in notice


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_has_the_same_headings_and_fields_in_both_languages(name: str) -> None:
    french, english = ((CONTENT / language / f"{name}.md").read_text() for language in ("fr", "en"))
    for pattern in (r"(?m)^#+ ", r"\{(\w+)", r"(?m)^- "):
        assert re.findall(pattern, french) == re.findall(pattern, english)


def test_every_text_is_one_of_a_page_in_each_language() -> None:
    for language in LANGUAGES:
        assert sorted(path.stem for path in (CONTENT / language).glob("*.md")) == sorted(TEXTS)


def test_a_text_of_the_operator_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "cookies.md").write_text("Nos propres mots pour {publisher|ce site}.")
    assert text("cookies", completed(content=str(tmp_path))) == "Nos propres mots pour ce site."
    assert "article 47" in text("accessibilite", completed(content=str(tmp_path)))


def test_a_site_without_an_audit_does_not_comply_and_says_so_on_every_page(browser: Opens, five: Five) -> None:
    page = browser().open("/").open("/accessibilite")
    assert "Accessibilité : non conforme" in page.read("pied")
    assert "Ce site est non conforme" in page.text
    assert "Aucun audit de conformité" in page.text


def test_an_audit_changes_the_declaration() -> None:
    said = text("accessibilite", completed(accessibility="partiellement", audited_on=date(2027, 1, 5), audited_by="X"))
    plain = said.replace("\xa0", " ")
    assert "partiellement conforme" in plain
    assert "réalisé le mardi 5 janvier 2027 par X." in plain


def test_compliance_without_an_audit_is_refused() -> None:
    with pytest.raises(ValueError, match="SPRINT_AUDITED_ON"):
        completed(accessibility="totalement")


def test_the_headings_of_the_official_model_are_there(browser: Opens, five: Five) -> None:
    assert browser().open("/accessibilite").texts("h2") == [
        "État de conformité",
        "Contenus non accessibles",
        "Établissement de cette déclaration d’accessibilité",
        "Retour d’information et contact",
        "Voies de recours",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_personal_data_tells_every_table_of_the_register(language: str, browser: Opens, five: Five) -> None:
    page = browser().open(f"{'' if language == 'fr' else '/en'}/donnees-personnelles")
    told = [" ".join(policy.told[language].name.split()) for policy in register()]
    assert page.texts("h3") == told
    assert len(page.texts("dd")) == 4 * len(told)


def test_the_footer_leads_to_every_duty(browser: Opens, five: Five) -> None:
    page = browser().open("/")
    words = (
        "Plan du site",
        "Accessibilité : non conforme",
        "Mentions légales",
        "Données personnelles",
        "Gestion des cookies",
    )
    assert [page.open("/").click(one).status for one in words] == [200] * 5


# --- cookies


def test_every_cookie_that_the_code_sets_is_told() -> None:
    """Cookies are set through `SetCookie(NAME, …)` alone, by the names `web/cookies.py` gives them."""
    named = set()
    for module in modules(ROOT):
        source = module.path.read_text(encoding="utf-8")
        named |= set(re.findall(r"(?<!class )SetCookie\(\s*(\w+)", source))
        assert module.name == "sprint.web.cookies" or "set_cookie(" not in source, module.name
    constants = vars(__import__("sprint.web.cookies", fromlist=["cookies"]))
    assert {constants[name] for name in named} == set(COOKIES)


def test_the_cookies_of_a_visit_are_among_those_told(browser: Opens, five: Five, settings: Settings) -> None:
    one = browser()
    one.open("/connexion/demo")
    one.open("/affichage").submit("Appliquer", theme="dark")
    one.open("/sprint-2027/parcours/keycloak")
    told = {Jar(settings).name(name) for name in COOKIES}
    assert set(one.client.cookies) == {"sprint-affichage", "sprint-connexion", "sprint-essais"}
    assert set(one.client.cookies) <= told


# --- the map


def test_the_map_lists_every_public_page() -> None:
    found = [spec for spec in specs(demo=False) if spec.method == "GET" and spec.audience.admits(None)]
    public = {spec.name for spec in found if not spec.path.endswith(".ics")}
    assert sorted(public - NOT_PAGES - LISTED) == sorted(MAPPED), "a public page belongs in sprint/site/rules/map.py"
    assert sorted((NOT_PAGES | LISTED) - public) == []


def test_every_link_of_the_map_leads_somewhere(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        a_track(db, five.edition, slug="autre", name="Un autre parcours")
    page = browser().open("/plan-du-site")
    links = [one.get("href") for one in page.page.iter("a") if "sprint-2027/" in (one.get("href") or "")]
    assert "/sprint-2027/parcours/autre" in links
    assert [page.open(link or "").status for link in links] == [200] * len(links)
