"""My data, as its owner meets it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from sprint.database import Database
from tests.browser import Browser
from tests.makers import NOW
from tests.page_checks import parsed
from tests.people import Five
from tests.privacy.lives import WORDS, Life, a_life

Opens = Callable[..., Browser]


@pytest.fixture
def database(sqlite: Database) -> Database:
    """Pages do not depend on the engine."""
    return sqlite


@pytest.fixture
def her(browser: Opens, database: Database, five: Five) -> tuple[Browser, Life]:
    with database.writing() as db:
        life = a_life(db, five)
    one = browser()
    one.take_session(life.token)
    return one, life


def test_the_page_says_what_is_held(her: tuple[Browser, Life]) -> None:
    page = her[0].open("/moi/donnees")
    for words in ("Vos inscriptions (2)", "Vos moyens de connexion (1)", "Votre fiche du vivier des talents (1)"):
        assert words in page.text


def test_the_parcel_holds_everything_readable_and_for_machines(her: tuple[Browser, Life]) -> None:
    one, life = her
    answer = one.client.post("/moi/donnees/export")
    assert answer.headers["content-disposition"] == 'attachment; filename="sprint-2027-01-12.zip"'
    assert answer.headers["cache-control"] == "private, no-store"
    file = ZipFile(BytesIO(answer.content))
    texts = {name: file.read(name).decode() for name in file.namelist()}
    assert [word for word in WORDS if word not in "".join(texts.values())] == []
    page, faults = parsed(texts["index.html"])
    assert (faults, page.get("lang")) == ([], "fr")
    assert json.loads(texts["people.json"])["person"][0]["id"] == life.person_id
    request = json.loads(texts["talents.json"])["contactrequest"][0]
    assert (request["reason"], request["recruiter_id_label"]) == ("Vos contributions à QGIS.", "Rosa Emploi")


def test_the_parcel_holds_neither_secrets_nor_other_people(her: tuple[Browser, Life], five: Five) -> None:
    file = ZipFile(BytesIO(her[0].client.post("/moi/donnees/export").content))
    texts = "".join(file.read(name).decode() for name in file.namelist())
    assert "token_hash" not in texts
    assert [name for name in ("Barbara", "Claude", "Eve Dehors", "Ada Lovelace") if name in texts] == []


def test_erasing_asks_once_more_then_signs_out_and_says_so(her: tuple[Browser, Life]) -> None:
    one, _ = her
    page = one.open("/moi/donnees").click("Effacer mon compte")
    assert "Installer Keycloak, mardi 16 mars 2027" in page.text
    page = page.submit("Effacer mon compte")
    assert page.status == 422
    assert "rien n’a encore été effacé" in page.text
    page = page.submit("Effacer mon compte", certain="oui")
    assert (page.address, page.texts("h1")) == ("/compte-efface", ["Votre compte est effacé"])
    assert one.client.get("/moi", follow_redirects=False).status_code == 303


def test_a_session_left_open_cannot_erase(her: tuple[Browser, Life], time: Callable[[datetime], None]) -> None:
    one, _ = her
    time(NOW + timedelta(minutes=31))
    page = one.open("/moi/donnees/effacement")
    assert "Me reconnecter" in page.text
    page = page.post("/moi/donnees/effacement", certain="oui")
    assert page.status == 409
    assert "Reconnectez-vous d’abord" in page.text
    assert one.open("/moi").status == 200
