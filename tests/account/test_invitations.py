"""Somebody added by hand: a link that attaches an account to them, once, and never an e-mail address that is the same."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, func, select
from starlette.testclient import TestClient

from sprint.account.tables import Invitation
from sprint.database import Database
from sprint.journal import Fact
from sprint.people.tables import Affiliation, Identity, Person, Source
from sprint.registrations.tables import Registration, State
from tests.account.flow import chosen
from tests.browser import Browser
from tests.makers import NOW
from tests.notices.scene import some_settings
from tests.notices.test_work import work_at
from tests.people import Five
from tests.relay import Relay

Open = Callable[..., Browser]
Move = Callable[[datetime], None]
FORM = "/organisation/sprint-2027/invitations/nouvelle"
LIST = "/organisation/sprint-2027/invitations"
GRACE = {"nom": "Grace Hopper", "adresse": "grace@example.org", "langue": "fr", "once": "formulaire-essai"}
PLACE = {"parcours": "keycloak", "jour": ["2027-03-16"], "mode": "site"}


def added(browser: Open, five: Five, **more: object) -> Browser:
    """Claude adds Grace."""
    return browser(five.claude).open(FORM).post(LIST, **{**GRACE, **more})


def letter_that_left(database: Database, at: datetime = NOW) -> tuple[str, str]:
    """What the last letter says, and the address of this site in it."""
    with Relay() as relay:
        work_at(at + timedelta(minutes=3), database, some_settings(relay, base_url="http://localhost"))
    text = relay.received[-1].get_body(("plain",))
    assert text is not None
    said = text.get_content()
    (found,) = re.findall(r"http://localhost(/invitation/\S+)", said)
    return said, found


def accepted(client: TestClient, link: str, persona: str = "eve"):  # type: ignore[no-untyped-def]
    """The way of the button of the page: to the provider of the demonstration and back."""
    token = link.rpartition("/")[2]
    left = client.get("/connexion/demo", params={"but": "rejoindre", "invitation": token}, follow_redirects=False)
    assert left.status_code == 303, left.text
    if "/invitation/" in left.headers["location"]:
        return left
    return client.get(chosen(client, left.headers["location"], persona), follow_redirects=False)


def grace(database: Database) -> Person:
    with database.reading() as db:
        return db.exec(select(Person).where(Person.name == "Grace Hopper")).one()


def facts(database: Database) -> list[str]:
    with database.reading() as db:
        return list(db.exec(select(Fact.kind).where(Fact.person_id == grace(database).id).order_by(col(Fact.id))))


def test_somebody_added_with_a_place_gets_one_letter_that_says_so(
    browser: Open, database: Database, five: Five
) -> None:
    one = added(browser, five, **PLACE)
    assert (one.status, one.address) == (200, LIST)
    assert "Grace Hopper est inscrit·e." in one.html
    said, link = letter_that_left(database)
    assert "ce que Claude Ferrand a préparé pour vous" in said
    assert "place confirmée dans Installer Keycloak" in said
    assert facts(database) == ["account.invited", "registration.confirmed"]
    with database.reading() as db:
        assert (
            db.exec(select(func.count()).select_from(Identity).where(Identity.person_id == grace(database).id)).one()
            == 0
        )
    page = browser().open(link)
    assert (page.status, "Bienvenue, Grace Hopper" in page.text) == (200, True)
    assert facts(database) == ["account.invited", "registration.confirmed"]


def test_signing_in_from_the_link_attaches_the_account_once(
    browser: Open, database: Database, five: Five, client: TestClient
) -> None:
    added(browser, five, **PLACE)
    _, link = letter_that_left(database)
    came = accepted(client, link)
    assert (came.status_code, came.headers["location"]) == (303, "/moi")
    assert "Installer Keycloak" in client.get("/moi/inscriptions").text
    person = grace(database)
    assert person.email_verified_at == NOW
    assert facts(database)[2:] == ["account.invitation_accepted", "account.signed_in"]
    other = browser().client
    again = accepted(other, link, "barbara")
    assert (again.status_code, again.headers["location"]) == (303, link)
    assert "a déjà servi" in browser().open(link).text


def test_an_account_that_opens_another_person_is_refused_with_the_way_on_and_nothing_is_merged(
    browser: Open, database: Database, five: Five, client: TestClient
) -> None:
    with database.writing() as db:
        db.add(Identity(person_id=five.eve.id or 0, provider="x", issuer="x", subject="x", linked_at=NOW))
    first = browser().client
    with database.reading() as db:
        before = db.exec(select(func.count()).select_from(Person)).one()
    first.get(chosen(first, first.get("/connexion/demo", follow_redirects=False).headers["location"], "eve"))
    added(browser, five)
    _, link = letter_that_left(database)
    refused = accepted(client, link, "eve")
    assert (refused.status_code, "nous ne réunissons jamais deux comptes" in refused.text) == (409, True)
    assert refused.headers["cache-control"] == "private, no-store"
    with database.reading() as db:
        assert db.exec(select(func.count()).select_from(Person)).one() == before + 2
        assert db.exec(select(Invitation.accepted_at)).one() is None
    assert accepted(client, link, "barbara").headers["location"] == "/moi"


def test_a_cancelled_sign_in_leads_back_to_the_invitation_not_to_another_account(
    browser: Open, database: Database, five: Five, client: TestClient
) -> None:
    added(browser, five)
    _, link = letter_that_left(database)
    back = accepted(client, link, "")
    assert back.status_code == 400
    assert "Bienvenue, Grace Hopper" in back.text
    assert f"Référence : {back.headers['x-request-id']}" in back.text.replace("\u00a0", " ")


def test_a_full_track_lets_the_newcomer_wait(browser: Open, database: Database, five: Five) -> None:
    added(browser, five, **PLACE)
    one = added(browser, five, nom="Margaret Hamilton", adresse="m@example.org", once="formulaire-2", **PLACE)
    assert "Margaret Hamilton est sur la liste d’attente." in one.html
    with database.reading() as db:
        states = db.exec(select(Registration.state).order_by(col(Registration.id))).all()
    assert states.count(State.WAITING) == 1


def test_the_same_form_twice_adds_one_person_and_the_same_address_is_refused(
    browser: Open, database: Database, five: Five
) -> None:
    assert [added(browser, five).status for _ in range(2)] == [200, 200]
    refused = added(browser, five, once="formulaire-2", adresse="GRACE@example.org")
    assert (refused.status, "renvoyez-lui plutôt" in refused.text) == (409, True)
    assert 'value="Grace Hopper"' in refused.html
    assert facts(database) == ["account.invited"]


def test_a_reserved_track_wants_an_employer_for_whom_the_organiser_vouches(
    browser: Open, database: Database, five: Five
) -> None:
    place = PLACE | {"parcours": "onyxia"}
    refused = added(browser, five, **place)
    assert (refused.status, "indiquez l’employeur public" in refused.text) == (409, True)
    one = added(browser, five, employeur="Mairie de Brest", public="oui", **place)
    assert "Grace Hopper est inscrit·e." in one.html
    with database.reading() as db:
        vouched = db.exec(
            select(Affiliation.source, Affiliation.vouched_by).where(Affiliation.person_id == grace(database).id)
        ).one()
    assert vouched == (Source.VOUCHED, five.claude.id)


def test_what_is_not_filled_in_is_said_and_what_was_typed_is_kept(browser: Open, five: Five) -> None:
    one = added(browser, five, adresse="grace", parcours="keycloak")
    assert one.status == 422
    assert 'value="Grace Hopper"' in one.html
    assert "3 réponses sont à corriger" in one.text


def test_another_link_takes_the_place_of_the_first(browser: Open, database: Database, five: Five, time: Move) -> None:
    added(browser, five)
    _, first = letter_that_left(database)
    later = NOW + timedelta(minutes=10)
    time(later)
    one = browser(five.claude).open(LIST).submit("Renvoyer un lien")
    assert "le précédent n’ouvre plus rien" in one.text
    _, second = letter_that_left(database, later)
    assert second != first
    assert ("a expiré ou a été remplacée" in browser().open(first).text, browser().open(first).status) == (True, 200)
    assert "Connectez-vous avec un compte" in browser().open(second).text
    assert facts(database) == ["account.invited", "account.invited_again"]
    number = first.rpartition("/")[2].partition("-")[0]
    assert browser(five.claude).open(LIST).post(f"{LIST}/{number}/renvoi").status == 200
    assert facts(database) == ["account.invited", "account.invited_again"]


def test_a_link_lapses_after_fourteen_days(browser: Open, database: Database, five: Five, time: Move) -> None:
    added(browser, five)
    _, link = letter_that_left(database)
    time(NOW + timedelta(days=14))
    assert "a expiré" in browser().open(link).text
    assert accepted(browser().client, link).headers["location"] == link


def test_an_invitation_is_withdrawn_once_its_places_are_given_back(
    browser: Open, database: Database, five: Five
) -> None:
    added(browser, five, **PLACE)
    _, link = letter_that_left(database)
    number = link.rpartition("/")[2].partition("-")[0]
    held = browser(five.claude).open(LIST).post(f"{LIST}/{number}/retrait")
    assert (held.status, "annulez-les d’abord" in held.text) == (409, True)
    with database.writing() as db:
        for row in db.exec(select(Registration).where(Registration.person_id == grace(database).id)):
            row.ended_at, row.ended = NOW, "cancelled"  # type: ignore[assignment]
    one = browser(five.claude).open(LIST).submit("Retirer l’invitation")
    assert "L’invitation est retirée" in one.text
    assert "a retiré cette invitation" in browser().open(link).text
    assert facts(database)[-1] == "account.invitation_withdrawn"


def test_whoever_organises_another_edition_finds_nothing(browser: Open, database: Database, five: Five) -> None:
    added(browser, five)
    for person in (five.ada, five.barbara, five.eve):
        assert browser(person).open(LIST).status == 404
    assert browser(five.claude).post(f"{LIST}/99/retrait").status == 404


@pytest.mark.parametrize("token", ["1", "1-x", "x"])
def test_a_token_that_is_not_ours_is_not_found(token: str, browser: Open, database: Database, five: Five) -> None:
    added(browser, five)
    assert browser().open(f"/invitation/{token}").status == 404
    client = browser().client
    question = {"but": "rejoindre", "invitation": token}
    assert client.get("/connexion/demo", params=question, follow_redirects=False).status_code == 404
