"""The address somebody is written to: proven by a link that leaves by letter alone, opens a page, and serves once."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sprint.account.actions import sign_in
from sprint.account.providers.openid import OpenIdProvider
from sprint.account.providers.provider import Claims
from sprint.database import Database
from sprint.journal import Fact
from sprint.people.tables import Person
from sprint.settings import Settings
from tests.account.flow import came_back
from tests.browser import Browser
from tests.makers import NOW
from tests.notices.scene import some_settings
from tests.notices.test_work import letters, work_at
from tests.people import Five
from tests.relay import Relay

Open = Callable[..., Browser]
Move = Callable[[datetime], None]
NEW = "ada@ailleurs.example"


def asked(browser: Open, five: Five, address: str = NEW) -> Browser:
    """Ada asks for a link to her new address."""
    return browser(five.ada).open("/moi/adresse").submit("Recevoir le lien", adresse=address)


def link_that_left(database: Database, at: datetime = NOW) -> tuple[str, str]:
    """Where the letter went, and the address in it."""
    with Relay() as relay:
        work_at(at, database, some_settings(relay, base_url="http://localhost"))
    mail = relay.received[-1]
    text = mail.get_body(("plain",))
    assert text is not None
    (found,) = re.findall(r"http://localhost(/moi/adresse/\S+)", text.get_content())
    return mail["To"].addresses[0].addr_spec, found


def where(database: Database, five: Five) -> tuple[str | None, bool]:
    """The address of Ada, and whether it is proven."""
    with database.reading() as db:
        email, verified_at = db.exec(
            select(Person.email, Person.email_verified_at).where(Person.id == five.ada.id)
        ).one()
        return email, verified_at is not None


def test_a_link_leaves_at_once_for_the_new_address_and_nothing_changes_yet(
    browser: Open, database: Database, five: Five
) -> None:
    one = asked(browser, five)
    assert (one.status, NEW in one.html) == (200, True)
    to, link = link_that_left(database)
    assert (to, where(database, five)) == (NEW, ("ada@example.org", False))
    page = browser().open(link)
    assert (page.status, page.html.count('<button class="fr-btn" type="submit">')) == (200, 1)
    assert where(database, five) == ("ada@example.org", False)


def test_the_button_of_the_page_proves_the_address_without_signing_in(
    browser: Open, database: Database, five: Five
) -> None:
    asked(browser, five)
    _, link = link_that_left(database)
    one = browser().open(link).submit("Cette adresse est la mienne")
    assert (one.status, one.address) == (200, "/")
    assert where(database, five) == (NEW, True)
    with database.reading() as db:
        kinds = db.exec(select(Fact.kind, Fact.person_id).where(Fact.kind.startswith("account.email"))).all()  # type: ignore[attr-defined]
    assert kinds == [("account.email_asked", five.ada.id), ("account.email_confirmed", five.ada.id)]


def test_a_link_serves_once(browser: Open, database: Database, five: Five) -> None:
    asked(browser, five)
    _, link = link_that_left(database)
    browser().open(link).submit("Cette adresse est la mienne")
    again = browser().post(link)
    assert (again.status, "déjà confirmée" in again.html) == (409, True)


def test_the_address_that_is_left_is_told_and_does_not_learn_the_new_one(
    browser: Open, database: Database, five: Five
) -> None:
    asked(browser, five)
    _, link = link_that_left(database)
    browser().open(link).submit("Cette adresse est la mienne")
    with Relay() as relay:
        work_at(NOW, database, some_settings(relay, base_url="http://localhost"))
    (mail,) = relay.received
    text = mail.get_body(("plain",))
    assert text is not None
    assert mail["To"].addresses[0].addr_spec == "ada@example.org"
    assert mail["Subject"] == "Votre adresse a changé sur Sprint"
    assert NEW not in text.get_content()


def test_a_first_address_replaces_none_and_tells_none(browser: Open, database: Database) -> None:
    with database.writing() as db:
        token = sign_in(db, Claims("orcid", "https://orcid.example", "0000", "Ada"), NOW, "")
    one = browser()
    one.take_session(token)
    one.open("/moi/adresse").submit("Recevoir le lien", adresse=NEW)
    _, link = link_that_left(database)
    one.open(link).submit("Cette adresse est la mienne")
    with Relay() as relay:
        work_at(NOW, database, some_settings(relay, base_url="http://localhost"))
    assert relay.received == []


def test_a_link_lapses_after_a_day(browser: Open, database: Database, five: Five, time: Move) -> None:
    asked(browser, five)
    _, link = link_that_left(database)
    time(NOW + timedelta(hours=24))
    one = browser().open(link)
    assert ("a expiré" in one.html, "Cette adresse est la mienne" in one.html) == (True, False)
    assert browser().post(link).status == 409
    assert where(database, five) == ("ada@example.org", False)


def test_a_later_link_takes_the_place_of_the_earlier_one(
    browser: Open, database: Database, five: Five, time: Move
) -> None:
    asked(browser, five, "typo@ailleurs.example")
    _, first = link_that_left(database)
    later = NOW + timedelta(minutes=1)
    time(later)
    asked(browser, five)
    _, second = link_that_left(database, later)
    assert browser().post(first).status == 409
    assert browser().post(second).status == 200
    assert where(database, five) == (NEW, True)


def test_whoever_reads_the_copy_of_the_letter_on_the_site_has_no_link(
    browser: Open, database: Database, five: Five
) -> None:
    """Else one could prove any address at all without ever receiving anything there."""
    one = asked(browser, five)
    _, link = link_that_left(database)
    letter = letters(database)[-1]
    copy = one.open(f"/moi/courriers/{letter.id}")
    assert ("http://localhost/moi/adresse\n" in copy.html, link in copy.html) == (True, False)
    assert link.rpartition("/")[2] not in str(letter.words)


def test_a_link_that_is_not_ours_is_not_found(browser: Open, database: Database, five: Five) -> None:
    asked(browser, five)
    _, link = link_that_left(database)
    token = link.rpartition("/")[2]
    forged = ("1", "1-x", token[:-1] + ("A" if token[-1] != "A" else "B"), "2" + token[1:], "x")
    assert {browser().open(f"/moi/adresse/{one}").status for one in forged} == {404}
    assert {browser().post(f"/moi/adresse/{one}").status for one in forged} == {404}


def test_what_is_no_address_is_refused_with_what_was_typed(browser: Open, five: Five) -> None:
    for typed in ("", "ada", "ada@", "é@example.org", "a@b@c.example", "ada@example.org\nBcc: x@y.z"):
        one = browser(five.ada).open("/moi/adresse").post("/moi/adresse", adresse=typed)
        assert one.status == 422, typed


def test_ones_own_proven_address_needs_no_link(browser: Open, database: Database, five: Five) -> None:
    asked(browser, five)
    _, link = link_that_left(database)
    browser().open(link).submit("Cette adresse est la mienne")
    again = asked(browser, five, NEW.upper())
    assert (again.status, "déjà votre adresse" in again.html) == (409, True)


def test_an_address_nobody_vouches_for_is_not_taken_from_a_provider(database: Database, settings: Settings) -> None:
    with database.writing() as db:
        sign_in(db, Claims("oidc", "https://x.example", "1", "Ada", email="victim@example.org"), NOW, "")
        sign_in(
            db, Claims("oidc", "https://x.example", "2", "Bea", email="b@example.org", email_verified=True), NOW, ""
        )
        found = db.exec(select(Person.email, Person.email_verified_at).order_by(Person.id)).all()
    assert found == [(None, None), ("b@example.org", NOW)]


def test_whoever_has_no_address_reads_so_on_the_page_of_the_account(browser: Open, database: Database) -> None:
    with database.writing() as db:
        token = sign_in(db, Claims("orcid", "https://orcid.example", "0000", "Ada"), NOW, "")
    one = browser()
    one.take_session(token)
    assert "nous ne pouvons pas vous écrire" in one.open("/moi/compte").html
    assert "Nous n’avons pas d’adresse pour vous écrire" in one.click("En donner une").html


@pytest.mark.parametrize(
    ("email", "leads_to"), [(None, "/moi/bienvenue?retour=%2Faffichage"), ("bea@example.org", "/affichage")]
)
def test_only_whoever_begins_without_address_is_asked_for_one_and_may_go_on_without(
    email: str | None, leads_to: str, client: TestClient, time: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def finish(_provider: object, _pending: object, _answer: object) -> Claims:
        return Claims("demo", "https://orcid.example", "1", "Bea Martin", email=email, email_verified=email is not None)

    monkeypatch.setattr(OpenIdProvider, "finish", finish)
    first = came_back(client, "eve", retour="/affichage")
    assert first.headers["location"] == leads_to
    page = client.get(first.headers["location"]).text
    assert ("Bienvenue, Bea Martin" in page, 'href="/affichage">Continuer' in page) == (email is None, email is None)
    client.cookies.delete("sprint")
    time(NOW + timedelta(minutes=1))
    assert came_back(client, "eve", retour="/affichage").headers["location"] == "/affichage"
