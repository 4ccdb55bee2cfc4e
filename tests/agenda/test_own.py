"""One's own calendar: what is in it, and who has its address."""

import re

import pytest
from sqlmodel import select

from sprint.agenda.rules import FEED
from sprint.database import Database
from sprint.journal import Fact
from sprint.people.tables import Person
from sprint.programme.actions import give_join_link
from sprint.registrations.actions import cancel
from sprint.settings import Settings
from sprint.web.sealed import is_sealed, seal, sealed_key
from tests.agenda.asking import Opens, events, fetched, own_address
from tests.makers import NOW, a_registration, day_ids
from tests.people import Five


def test_ones_own_calendar_holds_seats_places_in_the_queue_and_what_was_given_up(
    browser: Opens, database: Database, settings: Settings, five: Five
) -> None:
    with database.writing() as db:
        a_registration(db, five.eve, five.keycloak)
        a_registration(db, five.denise, five.keycloak)
    address = own_address(database, settings, five.denise)
    waiting = "En attente\u00a0: Installer Keycloak (Sprint 2027)"
    assert events(fetched(browser, address)) == [
        (waiting, "20270316T093000", "TENTATIVE"),
        (waiting, "20270317", "TENTATIVE"),
    ]
    with database.writing() as db:
        cancel(db, five.eve.id or 0, five.keycloak, day_ids(db, five.edition)[:1], NOW)
        cancel(db, five.denise.id or 0, five.keycloak, day_ids(db, five.edition)[1:], NOW)
    assert events(fetched(browser, address)) == [
        ("Installer Keycloak (Sprint 2027)", "20270316T093000", "CONFIRMED"),
        ("Annulé\u00a0: Installer Keycloak (Sprint 2027)", "20270317", "CANCELLED"),
    ]


def test_ones_own_calendar_is_empty_at_first_and_in_ones_own_language(
    browser: Opens, database: Database, settings: Settings, five: Five
) -> None:
    with database.writing() as db:
        db.get_one(Person, five.eve.id).language = "en"
    response = fetched(browser, own_address(database, settings, five.eve))
    assert events(response) == []
    assert "X-WR-CALNAME:My sprint" in response.text
    assert "URL:http://localhost/en/moi" in response.text


def test_only_a_confirmed_day_tells_where_the_track_meets_online(
    browser: Opens, database: Database, settings: Settings, five: Five
) -> None:
    with database.writing() as db:
        give_join_link(db, five.keycloak, "https://visio.example/secret", five.claude.id or 0, NOW)
        a_registration(db, five.eve, five.keycloak)
        a_registration(db, five.denise, five.keycloak)
    told = [
        "visio.example" in fetched(browser, own_address(database, settings, person)).text
        for person in (five.ada, five.eve, five.denise)
    ]
    assert told == [True, True, False]


def test_the_file_for_its_owner_signed_in_is_the_same(
    browser: Opens, database: Database, settings: Settings, five: Five
) -> None:
    own = fetched(browser, own_address(database, settings, five.ada))
    assert browser(five.ada).client.get("/moi/agenda.ics").content == own.content


def test_renewing_makes_the_former_address_lead_nowhere_and_is_a_fact(
    browser: Opens, database: Database, settings: Settings, five: Five
) -> None:
    former = own_address(database, settings, five.ada)
    others = own_address(database, settings, five.barbara)
    for number in (1, 2):
        answer = browser(five.ada).post("/moi/calendrier/renouvellement")
        assert answer.status == 200
        with database.reading() as db:
            details = [fact.detail for fact in db.exec(select(Fact).where(Fact.kind == "calendar.renewed"))]
        assert details[-1] == {"generation": number}
        assert fetched(browser, former).status_code == 404
        former = own_address(database, settings, five.ada)
        assert fetched(browser, former).status_code == 200
    assert fetched(browser, others).status_code == 200


def test_no_other_token_opens_a_calendar(browser: Opens, database: Database, settings: Settings, five: Five) -> None:
    token = own_address(database, settings, five.ada).removeprefix("/agenda/").removesuffix(".ics")
    key, seal_ = token.split("-", 1)
    elsewhere = settings.model_copy(update={"secret": type(settings.secret)("t" * 32)})
    wrong = [
        f"{five.eve.id}-{seal_}",
        f"0{key}-{seal_}",
        f"{key}-{seal_[:-1]}",
        f"{key}-{seal_}A",
        f"{key}-",
        f"{key}",
        f"-{seal_}",
        f"{'9' * 400}-{seal_}",
        f"99999-{seal_}",
        seal(settings, "letter", five.ada.id or 0, 0),
        seal(settings, FEED, five.ada.id or 0, 1),
        seal(elsewhere, FEED, five.ada.id or 0, 0),
    ]
    assert {one: fetched(browser, f"/agenda/{one}.ics").status_code for one in wrong} == dict.fromkeys(wrong, 404)
    assert fetched(browser, f"/agenda/{token}.ics").status_code == 200


def test_an_erased_person_has_no_calendar(browser: Opens, database: Database, settings: Settings, five: Five) -> None:
    address = own_address(database, settings, five.ada)
    with database.writing() as db:
        db.get_one(Person, five.ada.id).erased_at = NOW
    assert fetched(browser, address).status_code == 404


def test_a_seal_holds_for_its_id_purpose_and_generation_only(settings: Settings) -> None:
    token = seal(settings, FEED, 12, 3)
    assert re.fullmatch(r"12-[A-Za-z0-9_-]{32}", token)
    assert sealed_key(token) == 12
    assert is_sealed(settings, FEED, 12, 3, token)
    assert not is_sealed(settings, FEED, 12, 4, token)
    assert not is_sealed(settings, FEED, 1, 3, token)
    assert not is_sealed(settings, "other", 12, 3, token)
    assert [sealed_key(odd) for odd in ("", "-", "a-b", "12", "²-x", "-1-x", "0-x")] == [None] * 7


def test_the_log_names_the_route_and_never_the_address(
    browser: Opens, database: Database, settings: Settings, five: Five, capsys: pytest.CaptureFixture[str]
) -> None:
    address = own_address(database, settings, five.ada)
    fetched(browser, address)
    fetched(browser, address.replace("-", "_"))
    said = capsys.readouterr().out
    assert said.count("GET /agenda/{token:key}.ics") == 2
    assert address.removeprefix("/agenda/").removesuffix(".ics") not in said
