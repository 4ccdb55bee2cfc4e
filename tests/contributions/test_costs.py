"""What pages and forms cost: the same number of queries with one row and with fifty; statements while others wait."""

from collections.abc import Callable

import pytest

from sprint.contributions.tables import Kind
from sprint.database import Database
from sprint.people.tables import Person
from tests.browser import Browser
from tests.contributions.stage import PULL, a_contribution, accepted
from tests.makers import a_person, an_organisation
from tests.people import Five
from tests.queries import Queries, inside_the_writing_door, recorded

Open = Callable[..., Browser]
Post = Callable[..., Queries]

LISTS = {
    ("ada", "/moi/contributions"): 9,
    ("barbara", "/organisation/sprint-2027/contributions"): 8,
    ("claude", "/organisation/sprint-2027/contributions?etat=toutes"): 8,
    ("", "/sprint-2027/resultats"): 8,
}
ONE = {"ada": 6, "claude": 6, "": 5}


def some(database: Database, five: Five, number: int) -> None:
    """So many contributions of Ada and of others, each with a link, half of them accepted."""
    with database.writing() as db:
        for turn in range(number):
            one = a_person(db, name=f"Personne {turn}")
            organisation = an_organisation(db, slug=f"organisme-{turn}-{one.id}", name=f"Organisme {one.id}")
            for author in (five.ada, one):
                link = f"https://example.org/{one.id}/{author.id}"
                waits = a_contribution(db, author, five.onyxia, title=f"Page {one.id}", links=(link,))
                done = a_contribution(db, author, five.onyxia, kind=Kind.TEST, is_named=True)
                accepted(db, five.claude, five.onyxia, done)
                assert waits < done
            assert organisation.id


@pytest.mark.parametrize(("name", "address"), LISTS)
def test_lists_cost_the_same_with_fifty_rows(
    name: str, address: str, browser: Open, database: Database, five: Five
) -> None:
    def cost() -> int:
        page = browser(five.called(name)) if name else browser()
        with recorded(database) as queries:
            page.open(address)
        assert page.status == 200
        return queries.count

    some(database, five, 1)
    few = cost()
    some(database, five, 50)
    assert (few, cost()) == (LISTS[name, address], LISTS[name, address])


@pytest.mark.parametrize("name", ONE)
def test_the_page_of_one_stays_within_its_budget(name: str, browser: Open, database: Database, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia, links=(PULL,))
        accepted(db, five.barbara, five.onyxia, one)
    page = browser(five.called(name)) if name else browser()
    with recorded(database) as queries:
        page.open(f"/contributions/{one}")
    assert queries.count == ONE[name], str(queries)


@pytest.fixture
def posting(database: Database, browser: Open) -> Post:
    def post(person: Person, path: str, **fields: str | list[str]) -> Queries:
        client = browser(person).client
        with inside_the_writing_door(database) as queries:
            answer = client.post(path, data=fields, follow_redirects=False)
        assert answer.status_code == 303
        return queries

    return post


FORM = {"genre": "code", "titre": "Corriger", "once": "formulaire-1"}


@pytest.mark.parametrize(("links", "statements"), [(PULL, 17), ("J’ai relu", 14)])
def test_logging(posting: Post, five: Five, links: str, statements: int) -> None:
    queries = posting(five.ada, "/moi/contributions", url=links, **FORM)
    assert queries.count == statements, str(queries)


@pytest.mark.parametrize("number", [1, 4])
def test_accepting_costs_the_same_for_several_but_for_a_fact_each(
    posting: Post, database: Database, five: Five, number: int
) -> None:
    with database.writing() as db:
        ones = [str(a_contribution(db, five.ada, five.onyxia, title=f"Page {turn}")) for turn in range(number)]
    queries = posting(five.barbara, "/organisation/sprint-2027/contributions/acceptation", contribution=ones)
    besides_facts = [one for one in queries.statements if not one.startswith("INSERT INTO fact")]
    assert len(besides_facts) == 8, str(queries)


def test_sending_back_and_withdrawing(posting: Post, database: Database, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia, links=(PULL,))
    sent = posting(five.barbara, f"/contributions/{one}/renvoi", motif="Où ?")
    taken = posting(five.ada, f"/contributions/{one}/retrait")
    assert (sent.count, taken.count) == (9, 12), f"{sent}\n\n{taken}"
