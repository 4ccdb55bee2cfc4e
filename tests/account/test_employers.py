"""Where people work: what a provider attests opens reserved tracks, what they say themselves does not until somebody vouches."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import select

from sprint.account.actions import declare_employer, link_identity, sign_in, unlink_identity, vouch_for_employer
from sprint.account.providers.provider import Claims
from sprint.account.rules import is_of_the_public_sector, is_siret
from sprint.account.tables import DeclaredEmployer
from sprint.database import Database
from sprint.journal import Fact
from sprint.people.queries import works_for_public_organisation
from sprint.people.tables import Affiliation, Identity, Organisation, Person, Source
from sprint.sessions import arrival
from tests.browser import Browser
from tests.makers import NOW, a_person, an_organisation
from tests.people import Five
from tests.queries import recorded

Open = Callable[..., Browser]
Move = Callable[[datetime], None]
TODAY = NOW.date()
DINUM, ELSEWHERE, FIRM = "13002526500013", "21750001600019", "55208131766522"
AGENT = Claims(
    "proconnect", "https://pro.example", "abc", "Ada", siret=DINUM, organisation_name="Direction du numérique"
)


def signed_in(database: Database, claims: Claims, at: datetime = NOW) -> tuple[int, int]:
    with database.writing() as db:
        session = arrival(db, sign_in(db, claims, at, ""), at).session
    assert session is not None
    return session.person_id, session.id


def employers(database: Database) -> list[tuple[str, date, date | None, Source]]:
    with database.reading() as db:
        rows = db.exec(
            select(Organisation.name, Affiliation.since_on, Affiliation.until_on, Affiliation.source)
            .join(Affiliation)
            .order_by(Affiliation.since_on, Organisation.name)
        )
        return [tuple(row) for row in rows]


def is_agent(database: Database, person_id: int, today: date = TODAY) -> bool:
    with database.reading() as db:
        return works_for_public_organisation(db, person_id, today)


def test_a_siret_is_fourteen_digits_and_a_public_one_begins_with_1_or_2() -> None:
    assert [is_siret(text) for text in (DINUM, "", "1" * 13, "1" * 15, "１" * 14, "a" * 14)] == [True] + [False] * 5
    assert [is_of_the_public_sector(siret) for siret in (DINUM, ELSEWHERE, FIRM, "")] == [True, True, False, False]


def test_an_employer_that_the_provider_attests_opens_reserved_tracks_for_a_year(database: Database) -> None:
    ada, _ = signed_in(database, AGENT)
    year = timedelta(days=366)
    assert employers(database) == [("Direction du numérique", TODAY, TODAY + year, Source.ATTESTED)]
    assert [is_agent(database, ada, TODAY + after) for after in (timedelta(0), year, year + timedelta(days=1))] == [
        True, True, False,
    ]  # fmt: skip


def test_a_private_establishment_is_kept_and_opens_nothing(database: Database) -> None:
    ada, _ = signed_in(database, replace(AGENT, siret=FIRM, organisation_name="Une entreprise"))
    assert (len(employers(database)), is_agent(database, ada)) == (1, False)


def test_an_organisation_we_know_by_its_siret_stays_as_it_is_known(database: Database) -> None:
    with database.writing() as db:
        an_organisation(db, slug="dinum", name="DINUM", is_public=False).siret = DINUM
    ada, _ = signed_in(database, AGENT)
    assert ([name for name, *_ in employers(database)], is_agent(database, ada)) == (["DINUM"], False)


def test_signing_in_again_renews_it_and_says_nothing_twice(database: Database) -> None:
    signed_in(database, AGENT)
    signed_in(database, AGENT, NOW + timedelta(days=1))
    assert employers(database)[0][2] == TODAY + timedelta(days=366)
    later = NOW + timedelta(days=60)
    signed_in(database, AGENT, later)
    assert [row[2] for row in employers(database)] == [later.date() + timedelta(days=366)]
    with database.reading() as db:
        assert len(db.exec(select(Fact).where(Fact.kind == "account.employer_attested")).all()) == 1


def test_whoever_changed_administration_leaves_the_former_one_the_day_before(database: Database) -> None:
    signed_in(database, AGENT)
    later = NOW + timedelta(days=40)
    signed_in(database, replace(AGENT, siret=ELSEWHERE, organisation_name="Ville de Paris"), later)
    ends = later.date() + timedelta(days=366)
    assert employers(database) == [
        ("Direction du numérique", TODAY, later.date() - timedelta(days=1), Source.ATTESTED),
        ("Ville de Paris", later.date(), ends, Source.ATTESTED),
    ]


def test_an_identity_that_names_no_employer_any_more_attests_none(database: Database) -> None:
    ada, _ = signed_in(database, AGENT)
    later = NOW + timedelta(days=5)
    signed_in(database, replace(AGENT, siret=None, organisation_name=None), later)
    assert not is_agent(database, ada, later.date())


def test_two_identities_attest_two_employers_side_by_side(database: Database) -> None:
    ada, here = signed_in(database, AGENT)
    other = replace(AGENT, subject="def", siret=ELSEWHERE, organisation_name="Ville de Paris")
    with database.writing() as db:
        link_identity(db, other, ada, NOW)
    signed_in(database, AGENT)
    assert [name for name, *_ in employers(database)] == ["Direction du numérique", "Ville de Paris"]
    with database.writing() as db:
        gone = db.exec(select(Identity.id).where(Identity.subject == "def")).one()
        unlink_identity(db, ada, gone or 0, here, NOW)
    assert len(employers(database)) == 2


def test_nonsense_instead_of_a_siret_attests_nothing(database: Database) -> None:
    signed_in(database, replace(AGENT, siret="<b>1</b>"))
    assert employers(database) == []


# --- declared, vouched for


def test_what_one_declares_opens_nothing_until_an_organiser_vouches_for_it(
    five: Five, database: Database, browser: Open
) -> None:
    eve = browser(five.eve).open("/moi/employeur").submit("Enregistrer", nom="Mairie de Bourgneuf")
    assert "Vous avez déclaré : Mairie de Bourgneuf" in eve.text
    assert not is_agent(database, five.eve.id or 0)
    desk = browser(five.claude).open("/organisation/employeurs")
    assert ("Eve Dehors" in desk.text, "Une déclaration attend" in desk.text) == (True, True)
    desk.submit("Attester", public="oui", fin="2027-06-30")
    assert "Aucune déclaration n’attend" in desk.text
    assert is_agent(database, five.eve.id or 0)
    with database.reading() as db:
        row = db.exec(select(Affiliation).where(Affiliation.person_id == five.eve.id)).one()
        fact = db.exec(select(Fact.actor_id, Fact.detail).where(Fact.kind == "account.employer_vouched")).one()
    assert (row.source, row.vouched_by, row.until_on) == (Source.VOUCHED, five.claude.id, date(2027, 6, 30))
    assert fact == (five.claude.id, {"organisation": row.organisation_id})
    assert "Attesté par l’organisation" in browser(five.eve).open("/moi/compte").text


def test_a_private_employer_that_is_vouched_for_opens_nothing(five: Five, database: Database, browser: Open) -> None:
    browser(five.eve).post("/moi/employeur", nom="Une entreprise")
    browser(five.claude).open("/organisation/employeurs").submit("Attester")
    assert (is_agent(database, five.eve.id or 0), len(employers(database))) == (False, 2)


def test_an_organisation_known_as_private_does_not_become_public_by_a_box(
    five: Five, database: Database, browser: Open
) -> None:
    with database.writing() as db:
        an_organisation(db, slug="firme", name="La Firme", is_public=False)
    browser(five.eve).post("/moi/employeur", nom="la firme")
    browser(five.claude).open("/organisation/employeurs").submit("Attester", public="oui")
    assert not is_agent(database, five.eve.id or 0)


def test_nobody_vouches_for_themselves_nor_for_longer_than_a_year(
    five: Five, database: Database, browser: Open
) -> None:
    one = browser(five.claude)
    one.post("/moi/employeur", nom="Mairie")
    with database.reading() as db:
        declared = db.exec(select(DeclaredEmployer.id)).one()
    there = f"/organisation/employeurs/{declared}/attestation"
    for until in ("2027-01-11", "2028-01-14"):
        one.post(there, nom="Mairie", fin=until)
        assert (one.status, "dure un an au plus" in one.text, "son propre employeur" in one.text) == (409, True, True)
    assert one.post(there, nom="", fin="2027-06-30").status == 422
    assert one.post(there, nom="Mairie", fin="demain").status == 422
    assert one.post("/organisation/employeurs/999/attestation", nom="Mairie", fin="2027-06-30").status == 404


def test_a_declaration_is_replaced_taken_back_or_set_aside(five: Five, database: Database, browser: Open) -> None:
    def declared() -> list[str]:
        with database.reading() as db:
            return list(db.exec(select(DeclaredEmployer.name)))

    eve = browser(five.eve)
    eve.post("/moi/employeur", nom="Mairie")
    eve.post("/moi/employeur", nom="Préfecture")
    assert declared() == ["Préfecture"]
    browser(five.claude).open("/organisation/employeurs").submit("Écarter cette déclaration")
    assert declared() == []
    eve.post("/moi/employeur", nom="Mairie")
    eve.post("/moi/employeur", nom="")
    assert declared() == []
    assert eve.post("/moi/employeur", nom="x" * 161).status == 422


def test_whoever_is_vouched_for_under_two_spellings_has_two_slugs(five: Five, database: Database) -> None:
    with database.writing() as db:
        for person, name in ((five.eve, "Mairie de Sète"), (five.barbara, "Mairie de Sete")):
            declare_employer(db, person.id or 0, name, NOW)
            declared = db.exec(select(DeclaredEmployer.id)).one() or 0
            until = TODAY + timedelta(days=30)
            assert vouch_for_employer(db, declared, five.claude.id or 0, name, until, NOW, is_public=True)
        slugs = db.exec(select(Organisation.slug).where(Organisation.slug.startswith("mairie")))  # type: ignore[attr-defined]
        assert sorted(slugs) == ["mairie-de-sete", "mairie-de-sete-2"]


# --- the journal of the account


def test_the_journal_of_an_account_shows_sign_ins_and_what_others_did(
    five: Five, database: Database, browser: Open
) -> None:
    ada, _ = signed_in(database, AGENT)
    with database.writing() as db:
        person = db.get_one(Person, ada)
        declare_employer(db, ada, "Mairie", NOW)
        declared = db.exec(select(DeclaredEmployer.id)).one() or 0
        vouch_for_employer(db, declared, five.claude.id or 0, "Mairie", TODAY, NOW, is_public=True)
    text = browser(person).open("/moi/compte/journal").text
    told = ("Par proconnect, Appareil inconnu", "Compte ouvert", "Employeur déclaré", "par quelqu’un d’autre")
    assert [words for words in told if words not in text] == []
    assert "Rien pour le moment" in browser(five.eve).open("/moi/compte/journal").text


def test_both_lists_cost_the_same_with_one_line_and_with_fifty(five: Five, database: Database, browser: Open) -> None:
    one = browser(five.claude)

    def queries(address: str) -> int:
        one.open(address)  # what is kept until the data change is kept
        with recorded(database) as asked:
            one.open(address)
        return len(asked.statements)

    def lines(numbers: range) -> None:
        with database.writing() as db:
            for number in numbers:
                person = a_person(db, name=f"Rosa {number}")
                declare_employer(db, person.id or 0, f"Mairie {number}", NOW)
                declare_employer(db, five.claude.id or 0, f"Mairie {number}", NOW)

    lines(range(1))
    few = [queries(address) for address in ("/organisation/employeurs", "/moi/compte/journal")]
    lines(range(1, 50))
    assert [queries(address) for address in ("/organisation/employeurs", "/moi/compte/journal")] == few
    assert [
        one.open(address + "?page=3").status for address in ("/organisation/employeurs", "/moi/compte/journal")
    ] == [200] * 2
