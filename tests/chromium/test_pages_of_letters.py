"""Pages that only a letter or a setting leads to, looked at as all others are: links to prove, to join, to sign in; second factor."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from sprint.account.letters import INVITED, PROOF, SIGN_IN_LINK
from sprint.account.tables import EmailLink, EmailProof
from sprint.clock import now
from sprint.people.tables import Person
from sprint.programme.tables import Edition
from sprint.web.sealed import seal
from tests.chromium.checks import faults_at
from tests.chromium.conftest import Site, running_site
from tests.makers import a_person, an_invitation


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site with links by e-mail, on which organisers want a second factor."""
    with running_site(tmp_path, mfa_acr=("eidas3",), email_links=True) as running:
        yield running


def sealed(site: Site, purpose: str, key: int | None) -> str:
    return seal(site.settings, purpose, key or 0, 0)


@pytest.fixture
def addresses(site: Site) -> list[str]:
    """Links as the letters hold them: an address to prove, an invitation that is open, one that is over."""
    with site.database.writing() as db:
        ada = db.exec(select(Person).where(Person.name == "Ada Lemoine")).one()
        claude = db.exec(select(Person).where(Person.name == "Claude Ferrand")).one()
        edition = db.exec(select(Edition).where(Edition.slug == site.edition)).one()
        ends = now() + timedelta(days=1)
        proof = EmailProof(person_id=ada.id or 0, email="ada@ailleurs.example", asked_at=now(), expires_at=ends)
        db.add(proof)
        sent = [an_invitation(db, a_person(db, name=name), edition, claude) for name in ("Grace Hopper", "Alan Turing")]
        for one in sent:
            one.invited_at, one.expires_at = now(), now() + timedelta(days=14)
        sent[1].withdrawn_at = now()
        db.flush()
        joins = [f"/invitation/{sealed(site, INVITED, one.id)}" for one in sent]
        return [f"/moi/adresse/{sealed(site, PROOF, proof.id)}", *joins, "/connexion", "/connexion/courriel"]


@pytest.mark.browser
def test_pages_that_letters_lead_to_are_accessible_and_fit(  # type: ignore[no-untyped-def]
    visitor: Callable,  # type: ignore[type-arg]
    site: Site,
    addresses: list[str],
) -> None:
    page = visitor("")
    wrong = [fault for address in addresses for fault in faults_at(page, address)]
    page.goto("/connexion/courriel")
    page.get_by_label("Adresse électronique").fill("grace@example.org")
    page.get_by_role("button", name="Recevoir un lien").click()
    page.get_by_text("un lien vient d’y partir").wait_for()
    wrong += faults_at(page, "/connexion/courriel?envoi=1")
    with site.database.reading() as db:
        key = db.exec(select(EmailLink.id)).one()
    wrong += faults_at(page, f"/connexion/courriel/{sealed(site, SIGN_IN_LINK, key)}")
    page.get_by_label("Prénom et nom").fill("Grace Hopper")
    page.get_by_role("button", name="Me connecter").click()
    page.wait_for_url("**/moi")
    assert wrong == []


@pytest.mark.browser
def test_the_page_that_asks_for_a_second_factor_is_accessible_and_fits(visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    page = visitor("claude", theme="dark")
    page.goto("/organisation")
    page.wait_for_url("**/moi/second-facteur?retour=*")
    assert faults_at(page, "/moi/second-facteur?retour=/organisation") == []
