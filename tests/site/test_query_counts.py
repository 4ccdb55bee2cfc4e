"""Pages cost the same number of queries with one row and with fifty, within the budgets of the design."""

from collections.abc import Callable

import pytest

from sprint.database import Database
from sprint.settings import Settings
from sprint.worker import worker_of
from tests.browser import Browser
from tests.makers import a_person, a_registration, a_slot, a_track, an_edition, an_invitation
from tests.people import Five
from tests.proposals.stage import an_empty_proposal
from tests.queries import recorded

Opens = Callable[..., Browser]

PUBLIC = {
    "/": 5,
    "/sprint-2027": 5,
    "/sprint-2027/parcours": 3,
    "/sprint-2027/parcours/keycloak": 7,
    "/sprint-2027/agenda": 2,
    "/editions": 1,
    "/plan-du-site": 3,
    "/sitemap.xml": 2,
}
OWN = {
    "/moi": 12,
    "/moi/inscriptions": 6,
    "/moi/presence": 5,
    "/moi/convocation/sprint-2027": 7,
    "/moi/inscriptions/sprint-2027": 10,
    "/moi/propositions": 4,
    "/moi/courriers": 5,
    "/moi/donnees": 3,
    "/moi/donnees/effacement": 5,
}
DESK = {
    "/organisation": 4,
    "/organisation/sprint-2027": 10,
    "/organisation/sprint-2027/places?attente=1": 9,
    "/organisation/sprint-2027/jours": 7,
    "/organisation/sprint-2027/etapes": 9,
    "/organisation/sprint-2027/attente": 7,
    "/organisation/sprint-2027/presence": 4,
    "/organisation/sprint-2027/pratique": 5,
    "/organisation/sprint-2027/courriers/apercu/pratique": 6,
    "/organisation/sprint-2027/accueil": 5,
    "/organisation/sprint-2027/attendus": 6,
    "/organisation/sprint-2027/questionnaire": 5,
    "/organisation/sprint-2027/propositions": 5,
    "/organisation/sprint-2027/questions": 5,
    "/organisation/sprint-2027/chiffres": 10,
    "/organisation/sprint-2027/personnes": 8,
    "/organisation/sprint-2027/personnes?etat=confirmed&tri=arrivee": 8,
    "/organisation/sprint-2027/personnes/1": 9,
    "/organisation/sprint-2027/invitations": 6,
    "/organisation/sprint-2027/invitations/nouvelle": 4,
    "/organisation/sprint-2027/annulation?personne=1": 8,
    "/organisation/sprint-2027/parcours/keycloak": 11,
    "/organisation/sprint-2027/courriers": 5,
    "/organisation/sprint-2027/courriers/groupes": 8,
    "/organisation/sprint-2027/annonces": 4,
    "/organisation/sprint-2027/inscriptions/1/deplacement": 11,
}


def with_letters(database: Database, settings: Settings) -> None:
    worker = worker_of(database, settings)
    while worker.do_one() is not None:
        pass


def many_more(database: Database, five: Five) -> None:
    """Fifty of whatever a list may hold, most of it in the same edition."""
    with database.writing() as db:
        for number in range(50):
            track = a_track(db, five.edition, slug=f"parcours-{number}", name=f"Parcours {number}", seats=3)
            a_slot(db, five.edition, track=track, title=f"Créneau {number}")
            a_registration(db, a_person(db, name=f"Personne {number}"), track)
            a_registration(db, a_person(db, name=f"Autre {number}"), five.keycloak)
            an_invitation(db, a_person(db, name=f"Invitée {number}"), five.edition, five.claude)
            an_empty_proposal(db, five.edition, five.ada, number)
        for year in range(2028, 2078):
            edition = an_edition(db, slug=f"sprint-{year}", name=f"Sprint {year}")
            a_registration(db, five.ada, a_track(db, edition, seats=1))


def cost(database: Database, page: Browser, address: str) -> int:
    with recorded(database) as queries:
        page.open(address)
    return queries.count


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_cost_the_same_with_fifty_rows(
    address: str, browser: Opens, database: Database, five: Five
) -> None:
    few = cost(database, browser(), address)
    many_more(database, five)
    assert (few, cost(database, browser(), address)) == (PUBLIC[address], PUBLIC[address])


@pytest.mark.parametrize("address", OWN)
def test_ones_own_pages_cost_the_same_with_fifty_rows(
    address: str, browser: Opens, database: Database, five: Five
) -> None:
    few = cost(database, browser(five.ada), address)
    many_more(database, five)
    assert (few, cost(database, browser(five.ada), address)) == (OWN[address], OWN[address])


@pytest.mark.parametrize("address", DESK)
def test_desk_pages_cost_the_same_with_fifty_rows(
    address: str, browser: Opens, database: Database, settings: Settings, five: Five
) -> None:
    with_letters(database, settings)
    few = cost(database, browser(five.claude), address)
    many_more(database, five)
    with_letters(database, settings)
    assert (few, cost(database, browser(five.claude), address)) == (DESK[address], DESK[address])
