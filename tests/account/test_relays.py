"""A relay vouches for those who declared its own organisation to it, and for nothing and nobody else."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from sprint.account.tables import DeclaredEmployer
from sprint.database import Database
from sprint.people.tables import Affiliation, Grant, Organisation, Person, Right, Scope, Source
from tests.browser import Browser
from tests.makers import NOW, a_person, an_organisation
from tests.people import Five

Open = Callable[..., Browser]
DESK = "/organisation/employeurs"


@pytest.fixture
def town(database: Database, five: Five) -> Organisation:
    with database.writing() as db:
        return an_organisation(db, slug="brest", name="Ville de Brest")


@pytest.fixture
def relay(database: Database, town: Organisation, browser: Open, five: Five) -> Person:
    """Rose, whom Claude made the relay of the town."""
    with database.writing() as db:
        rose = a_person(db, name="Rose Relais")
    one = browser(five.claude).open("/organisation/droits")
    one.submit("Donner ce droit", adresse="rose@example.org", droit="relay", organisme="ville de brest")
    assert "Ville de Brest" in one.text
    return rose


def declared(database: Database) -> int:
    with database.reading() as db:
        return db.exec(select(DeclaredEmployer.id)).one() or 0


def test_an_organiser_makes_somebody_the_relay_of_an_organisation(
    database: Database, relay: Person, town: Organisation, five: Five
) -> None:
    with database.reading() as db:
        grant = db.exec(select(Grant).where(Grant.person_id == relay.id)).one()
    assert (grant.right, grant.scope_kind, grant.scope_id) == (Right.RELAY, Scope.ORGANISATION, town.id)
    assert (grant.given_by, grant.confirmed_at) == (five.claude.id, NOW)


def test_a_relay_vouches_for_what_was_declared_to_it_under_the_name_of_its_organisation(
    browser: Open, database: Database, relay: Person, town: Organisation, five: Five
) -> None:
    eve = browser(five.eve).open("/moi/employeur").submit("Enregistrer", organisme=str(town.id))
    assert "Vous avez déclaré : Ville de Brest" in eve.text
    one = browser(relay).open("/moi/compte").click("Attester les employeurs déclarés")
    assert ("Eve Dehors" in one.text, "C’est un organisme public" in one.text) == (True, False)
    one.submit("Attester", fin="2027-06-30")
    assert "Aucune déclaration n’attend" in one.text
    with database.reading() as db:
        row = db.exec(select(Affiliation).where(Affiliation.person_id == five.eve.id)).one()
    assert (row.organisation_id, row.source, row.vouched_by) == (town.id, Source.VOUCHED, relay.id)


def test_what_was_declared_to_others_is_not_there_for_a_relay(
    browser: Open, database: Database, relay: Person, five: Five
) -> None:
    browser(five.eve).post("/moi/employeur", nom="Ville de Brest")
    one = browser(relay).open(DESK)
    assert "Aucune déclaration n’attend" in one.text
    number = declared(database)
    assert one.post(f"{DESK}/{number}/attestation", fin="2027-06-30").status == 404
    assert one.post(f"{DESK}/{number}/refus").status == 404


def test_a_relay_may_do_nothing_else(browser: Open, relay: Person) -> None:
    one = browser(relay)
    statuses = {one.open(page).status for page in ("/organisation", "/organisation/droits", "/vivier")}
    assert (one.open(DESK).status, statuses) == (200, {404})


def test_a_relay_vouches_for_nobodys_employer_once_the_right_is_taken_back(
    browser: Open, database: Database, relay: Person, five: Five
) -> None:
    with database.reading() as db:
        grant = db.exec(select(Grant.id).where(Grant.person_id == relay.id)).one()
    assert browser(five.claude).open("/organisation/droits").post(f"/organisation/droits/{grant}/retrait").status == 200
    assert browser(relay).open(DESK).status == 404
    assert "Organismes qui ont un relais" not in browser(five.eve).open("/moi/employeur").text


def test_an_organisation_nobody_knows_has_no_relay(browser: Open, five: Five) -> None:
    with_typo = browser(five.claude).open("/organisation/droits")
    with_typo.submit("Donner ce droit", adresse="eve@example.org", droit="relay", organisme="Vile de Brest")
    assert (with_typo.status, "aucun organisme connu n’a ce nom" in with_typo.text.lower()) == (409, True)
    assert with_typo.submit("Donner ce droit", adresse="eve@example.org", droit="relay", organisme="").status == 422
