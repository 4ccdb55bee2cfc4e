"""Two people at once: one credit for one thing, one contribution for one form, one decision for one contribution."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlmodel import Session, func, select

from sprint.contributions.actions import accept, log, send_back
from sprint.contributions.tables import Contribution, Evidence, Kind, Reference
from sprint.database import Database
from sprint.programme.queries import edition_with
from sprint.refusal import Refused
from tests.contributions.stage import PULL, a_contribution, a_wish, as_member
from tests.makers import NOW, a_person
from tests.people import Five

AT_ONCE = 6


def all_at_once(database: Database, acts: list[Callable[[Session], object]]) -> Counter[str]:
    """How many went through ("done"), and how many were refused for which reason."""

    def one(act: Callable[[Session], object]) -> str:
        try:
            with database.writing() as db:
                act(db)
        except Refused as refused:
            return refused.reasons[0].code
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return Counter(threads.map(one, acts))


def test_one_link_noted_by_several_at_once_serves_one(database: Database, five: Five) -> None:
    with database.writing() as db:
        people = [a_person(db, name=f"Personne {number}") for number in range(AT_ONCE)]
    acts = [
        lambda db, person=person: a_contribution(db, person, five.onyxia, kind=Kind.CODE, links=(PULL,))
        for person in people
    ]
    assert all_at_once(database, acts) == {"done": 1, "already_noted": AT_ONCE - 1}
    with database.reading() as db:
        assert db.exec(select(func.count()).select_from(Reference)).one() == 1


def test_one_form_sent_several_times_at_once_notes_one(database: Database, five: Five) -> None:
    wish, edition, ada = a_wish(track=five.onyxia), five.edition.id or 0, five.ada.id or 0
    acts = [lambda db: log(db, ada, edition, wish, "formulaire-1", NOW)] * AT_ONCE
    assert all_at_once(database, acts) == {"done": AT_ONCE}
    with database.reading() as db:
        assert db.exec(select(func.count()).select_from(Contribution)).one() == 1


def test_one_contribution_is_decided_once(database: Database, five: Five) -> None:
    with database.writing() as db:
        one = a_contribution(db, five.ada, five.onyxia)
        barbara, claude = as_member(db, five.barbara), as_member(db, five.claude)
        view = edition_with(db, five.edition.id or 0)
    acts: list[Callable[[Session], object]] = [
        lambda db: accept(db, barbara, view, [one], NOW),
        lambda db: send_back(db, claude, view, one, "Non", NOW),
        lambda db: accept(db, claude, view, [one], NOW),
    ]
    found = all_at_once(database, acts)
    assert found["done"] == 1
    assert found.total() == 3
    with database.reading() as db:
        state = db.get_one(Contribution, one).state
        frozen = db.exec(select(func.count()).select_from(Evidence)).one()
    assert (frozen == 1) is (state == "accepted")
