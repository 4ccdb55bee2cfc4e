"""What the database itself refuses, whatever an action believed."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from sprint.contributions.tables import Authorship, Contribution, Kind, Reference, State
from sprint.database import Database
from tests.makers import NOW, a_person, an_edition

KEY = "forge:github.com:etalab/sill:change:12"


def a_row(db: Session, edition_id: int, *, kind: Kind = Kind.CODE) -> int:
    row = Contribution(edition_id=edition_id, kind=kind, title="Corriger", done_on=date(2027, 3, 16), logged_at=NOW)
    db.add(row)
    db.flush()
    return row.id or 0


def refer(db: Session, contribution_id: int, edition_id: int, kind: Kind, released: bool = False) -> None:
    row = Reference(
        contribution_id=contribution_id,
        edition_id=edition_id,
        kind=kind,
        url="https://github.com/etalab/sill/pull/12",
        key=KEY,
        released_at=NOW if released else None,
    )
    db.add(row)
    db.flush()


def test_a_thing_serves_once_per_kind_and_edition_and_again_when_it_was_given_up(database: Database) -> None:
    with database.writing() as db:
        here, there = an_edition(db).id or 0, an_edition(db, slug="sprint-2028").id or 0
        refer(db, a_row(db, here), here, Kind.CODE, released=True)
        refer(db, a_row(db, here), here, Kind.CODE)
        refer(db, a_row(db, here, kind=Kind.REVIEW), here, Kind.REVIEW)
        refer(db, a_row(db, there), there, Kind.CODE)
    with pytest.raises(IntegrityError), database.writing() as db:
        refer(db, a_row(db, here), here, Kind.CODE)


def test_nobody_is_twice_the_author_of_one_thing(database: Database) -> None:
    with database.writing() as db:
        person, row = a_person(db).id or 0, a_row(db, an_edition(db).id or 0)
        db.add(Authorship(contribution_id=row, person_id=person, answered_at=NOW, once="formulaire-1"))
    with pytest.raises(IntegrityError), database.writing() as db:
        db.add(Authorship(contribution_id=row, person_id=person, answered_at=NOW, once="formulaire-2"))


@pytest.mark.parametrize("state", [State.ACCEPTED, State.SENT_BACK, State.WITHDRAWN])
def test_a_state_comes_with_its_moment(database: Database, state: State) -> None:
    with database.writing() as db:
        row = a_row(db, an_edition(db).id or 0)
    with pytest.raises(IntegrityError), database.writing() as db:
        db.get_one(Contribution, row).state = state
