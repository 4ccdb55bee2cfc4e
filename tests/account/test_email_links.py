"""Signing in by a link sent by e-mail: off unless switched on, bound to the browser that asked, and an account of its own."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import func, select
from starlette.testclient import TestClient

from sprint.account.actions import sign_in
from sprint.account.letters import INVITED
from sprint.account.providers.provider import Claims
from sprint.account.rules.email_links import EMAIL_ISSUER
from sprint.account.tables import EmailLink
from sprint.app import build
from sprint.database import Database
from sprint.duties import do_due
from sprint.people.tables import Identity, Person
from sprint.settings import Settings
from sprint.web.sealed import seal
from tests.browser import Browser
from tests.makers import NOW, a_person, an_invitation
from tests.notices.scene import some_settings
from tests.notices.test_work import letters, work_at
from tests.people import Five
from tests.relay import Relay

Open = Callable[..., Browser]
Move = Callable[[datetime], None]
GRACE = "grace@example.org"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"email_links": True})


def asked(browser: Open, address: str = GRACE, **question: str) -> Browser:
    """Somebody asks for a link, and sees where it went."""
    return browser().open("/connexion/courriel").submit("Recevoir un lien", adresse=address)


def links_that_left(database: Database, at: datetime = NOW) -> list[tuple[str, str, str]]:
    """For each letter that left: to whom, its language, and the address of this site in it."""
    with Relay() as relay:
        work_at(at, database, some_settings(relay, base_url="http://localhost"))
    found = []
    for mail in relay.received:
        text = mail.get_body(("plain",))
        assert text is not None
        for link in re.findall(r"http://localhost(/(?:en/)?connexion/courriel/\S+)", text.get_content()):
            found.append((mail["To"].addresses[0].addr_spec, mail["Content-Language"], link))
    return found


def people(database: Database) -> int:
    with database.reading() as db:
        return db.exec(select(func.count()).select_from(Person)).one()


def test_where_it_is_off_there_is_nothing(database: Database, settings: Settings, time: Move) -> None:
    off = settings.model_copy(update={"email_links": False})
    with TestClient(build(off, database, with_worker=False), base_url=off.base_url) as client:
        assert client.get("/connexion/courriel").status_code == 404
        assert client.post("/connexion/courriel", data={"adresse": GRACE}).status_code == 404
        assert "Recevoir un lien" not in client.get("/connexion").text


def test_a_link_opens_an_account_of_the_address_in_the_browser_that_asked(
    browser: Open, database: Database, five: Five
) -> None:
    before = people(database)
    one = asked(browser)
    assert "un lien vient d’y partir" in one.text
    ((to, language, link),) = links_that_left(database)
    assert (to, language) == (GRACE, "fr")
    assert [letter.address for letter in letters(database) if letter.address] == []
    page = one.open(link)
    assert (page.status, people(database)) == (200, before)
    assert one.submit("Me connecter", nom="").status == 422
    done = one.submit("Me connecter", nom="Grace  Hopper")
    assert (done.status, done.address) == (200, "/moi")
    with database.reading() as db:
        person = db.exec(select(Person).where(Person.name == "Grace Hopper")).one()
        identity = db.exec(select(Identity).where(Identity.person_id == person.id)).one()
    assert (person.email, person.email_verified_at, person.language) == (GRACE, NOW, "fr")
    assert (identity.issuer, identity.subject) == (EMAIL_ISSUER, GRACE)
    assert "a déjà servi" in one.open(link).text
    assert one.post(link, nom="X").status == 409
    assert "Lien par courriel" in one.open("/moi/compte").text
    assert "Connexion" in one.open("/moi/compte/journal").text


def test_whoever_comes_back_opens_the_same_account_whatever_the_case_of_the_address(
    browser: Open, database: Database, five: Five, time: Move
) -> None:
    one = asked(browser)
    ((_, _, link),) = links_that_left(database)
    one.open(link).submit("Me connecter", nom="Grace Hopper")
    number = people(database)
    later = NOW + timedelta(hours=1)
    time(later)
    again = asked(browser, "Grace@Example.org")
    ((_, _, link),) = links_that_left(database, later)
    page = again.open(link)
    assert "Prénom et nom" not in page.text
    assert (page.submit("Me connecter").address, people(database)) == ("/moi", number)


def test_another_browser_is_told_so_and_signs_nobody_in(browser: Open, database: Database, five: Five) -> None:
    asked(browser)
    ((_, _, link),) = links_that_left(database)
    other = browser().open(link)
    assert "ne sert que dans le navigateur qui l’a demandé" in other.text
    assert "un compte va s’ouvrir" not in other.text.lower()
    assert browser().post(link, nom="Mallory").status == 409
    with database.reading() as db:
        assert db.exec(select(EmailLink.used_at)).all() == [None]


def test_a_link_lapses_after_fifteen_minutes(browser: Open, database: Database, five: Five, time: Move) -> None:
    one = asked(browser)
    ((_, _, link),) = links_that_left(database)
    time(NOW + timedelta(minutes=15))
    assert "a expiré" in one.open(link).text
    assert one.post(link, nom="Grace").status == 409


def test_the_answer_does_not_tell_whether_an_address_is_known(browser: Open, database: Database, five: Five) -> None:
    def words(address: str) -> tuple[int, str, int]:
        one = asked(browser, address)
        return one.status, one.text, len(links_that_left(database))

    with database.writing() as db:
        claims = Claims(
            "courriel", EMAIL_ISSUER, "known@example.org", "Known", "known@example.org", email_verified=True
        )
        sign_in(db, claims, NOW, "")
    assert words("known@example.org") == words("unknown@example.org") == words("ada@example.org")


def test_the_address_of_somebody_who_signs_in_elsewhere_opens_another_account(
    browser: Open, database: Database, five: Five
) -> None:
    """Ada's letters go to ada@example.org; whoever reads them is not Ada for all that."""
    one = asked(browser, "ada@example.org")
    ((_, _, link),) = links_that_left(database)
    one.open(link).submit("Me connecter", nom="Une autre Ada")
    with database.reading() as db:
        owner = db.exec(select(Identity.person_id).where(Identity.issuer == EMAIL_ISSUER)).one()
    assert owner != five.ada.id


def test_three_links_leave_for_an_address_in_a_quarter_of_an_hour_and_nothing_says_so(
    browser: Open, database: Database, five: Five
) -> None:
    texts = {asked(browser).text for _ in range(5)}
    assert (len(texts), len(links_that_left(database))) == (1, 3)


def test_a_link_leaves_though_its_number_was_that_of_a_forgotten_one(
    browser: Open, database: Database, five: Five, time: Move
) -> None:
    asked(browser)
    assert len(links_that_left(database)) == 1
    later = NOW + timedelta(days=3)
    do_due(database, later)
    with database.reading() as db:
        assert db.exec(select(EmailLink.id)).all() == []
    time(later)
    asked(browser)
    assert len(links_that_left(database, later)) == 1


def test_ten_tries_of_a_browser_are_enough(browser: Open, five: Five) -> None:
    one = browser()
    statuses = [
        one.client.post(
            "/connexion/courriel", data={"adresse": f"a{number}@example.org"}, follow_redirects=False
        ).status_code
        for number in range(12)
    ]
    assert statuses == [303] * 10 + [429] * 2


def test_somebody_signed_in_as_another_is_not_changed_into_the_owner_of_the_address(
    browser: Open, database: Database, five: Five
) -> None:
    one = browser(five.ada)
    one.open("/connexion/courriel").submit("Recevoir un lien", adresse=GRACE)
    ((_, _, link),) = links_that_left(database)
    refused = one.open(link).submit("Me connecter")
    assert refused.status == 409
    assert one.open("/moi/compte").status == 200
    with database.reading() as db:
        assert db.exec(select(EmailLink.used_at)).all() == [None]


def test_the_letter_is_in_the_language_of_the_page(browser: Open, database: Database, five: Five) -> None:
    browser().open("/en/connexion/courriel").submit("Receive a link", adresse=GRACE)
    ((_, language, link),) = links_that_left(database)
    assert (language, link.startswith("/en/")) == ("en", True)


@pytest.mark.parametrize("token", ["1", "1-x", "x", "retour"])
def test_a_token_that_is_not_ours_is_not_found(token: str, browser: Open, database: Database, five: Five) -> None:
    asked(browser)
    assert browser().open(f"/connexion/courriel/{token}").status == 404


def test_an_invitation_may_be_accepted_with_the_address_it_went_to(
    browser: Open, database: Database, five: Five, settings: Settings
) -> None:
    with database.writing() as db:
        person = a_person(db, name="Grace Hopper", email=GRACE)
        key = an_invitation(db, person, five.edition, five.claude).id or 0
    one = browser().open(f"/invitation/{seal(settings, INVITED, key, 0)}")
    done = one.submit("Continuer avec mon adresse")
    assert (done.address, "Bienvenue" in done.text) == ("/moi", True)
    with database.reading() as db:
        assert db.exec(select(Identity.person_id, Identity.subject)).all() == [(person.id, GRACE)]
