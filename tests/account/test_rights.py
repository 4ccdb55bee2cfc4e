"""Rights: given once, taken back once, each with one Fact; from the next request on they count, or count no more."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from sprint.account.actions import grant_right, revoke_right
from sprint.database import Database
from sprint.journal import Fact
from sprint.people.tables import Grant, Person, Right, Scope
from sprint.refusal import Refused
from tests.browser import Browser
from tests.makers import NOW
from tests.people import Five

Open = Callable[..., Browser]
Move = Callable[[datetime], None]
LATER = NOW + timedelta(hours=1)


def give(database: Database, person_id: int, edition_id: int | None, *, until: datetime | None = None) -> None:
    scope = Scope.EVERYTHING if edition_id is None else Scope.EDITION
    with database.writing() as db:
        grant_right(db, person_id, Right.ORGANISER, scope, edition_id, until, NOW, None)


def take(database: Database, person_id: int, edition_id: int | None, actor: int | None = None) -> None:
    scope = Scope.EVERYTHING if edition_id is None else Scope.EDITION
    with database.writing() as db:
        revoke_right(db, person_id, Right.ORGANISER, scope, edition_id, LATER, actor)


def facts(database: Database) -> list[tuple[str, int | None, int | None, int | None, object]]:
    with database.reading() as db:
        rows = db.exec(select(Fact).where(Fact.kind.startswith("account.right"))).all()  # type: ignore[attr-defined]
    return [(row.kind, row.person_id, row.actor_id, row.edition_id, row.detail) for row in rows]


def grants(database: Database, person_id: int) -> list[Grant]:
    with database.reading() as db:
        return list(db.exec(select(Grant).where(Grant.person_id == person_id)))


def test_a_right_is_given_with_one_fact_that_says_by_whom_and_over_what(five: Five, database: Database) -> None:
    eve, edition = five.eve.id or 0, five.edition.id or 0
    give(database, eve, edition)
    take(database, eve, edition, actor=five.claude.id)
    detail = {"right": "organiser", "scope": "edition"}
    assert facts(database) == [
        ("account.right_granted", eve, None, edition, detail),
        ("account.right_revoked", eve, five.claude.id, edition, detail),
    ]
    (row,) = grants(database, eve)
    assert (row.given_at, row.revoked_at) == (NOW, LATER)


def test_a_right_that_is_held_is_not_given_again_and_leaves_no_second_fact(five: Five, database: Database) -> None:
    eve, edition = five.eve.id or 0, five.edition.id or 0
    give(database, eve, edition)
    with pytest.raises(Refused, match="already_held"):
        give(database, eve, edition)
    assert (len(grants(database, eve)), len(facts(database))) == (1, 1)


def test_a_right_that_is_not_held_is_not_taken_back_and_leaves_no_fact(five: Five, database: Database) -> None:
    with pytest.raises(Refused, match="not_held"):
        take(database, five.eve.id or 0, five.edition.id)
    assert facts(database) == []


def test_a_right_over_one_edition_is_not_the_right_over_everything(five: Five, database: Database) -> None:
    eve = five.eve.id or 0
    give(database, eve, five.edition.id)
    with pytest.raises(Refused, match="not_held"):
        take(database, eve, None)
    give(database, eve, None)
    take(database, eve, None)
    assert [row.scope_kind for row in grants(database, eve) if row.revoked_at is None] == [Scope.EDITION]


def test_a_right_given_again_after_it_was_taken_back_is_another_grant(five: Five, database: Database) -> None:
    eve, edition = five.eve.id or 0, five.edition.id or 0
    give(database, eve, edition)
    take(database, eve, edition)
    give(database, eve, edition)
    assert [row.revoked_at for row in grants(database, eve)] == [LATER, None]


def test_every_reason_against_a_right_is_given_at_once(five: Five, database: Database) -> None:
    with database.writing() as db, pytest.raises(Refused) as refused:
        grant_right(db, 10**6, Right.ADMINISTRATOR, Scope.TRACK, five.onyxia.id, NOW, NOW, None)
    assert [reason.code for reason in refused.value.reasons] == ["no_person", "wrong_scope", "already_over"]


def test_somebody_who_was_erased_is_entrusted_with_nothing(five: Five, database: Database) -> None:
    with database.writing() as db:
        db.get_one(Person, five.eve.id).erased_at = NOW
    with pytest.raises(Refused, match="no_person"):
        give(database, five.eve.id or 0, five.edition.id)


def test_a_right_counts_from_the_next_request_until_the_one_after_it_is_taken_back(
    five: Five, database: Database, browser: Open
) -> None:
    one, desk = browser(five.eve), "/organisation/sprint-2027"
    answers = [one.open(desk).status]
    give(database, five.eve.id or 0, five.edition.id)
    answers.append(one.open(desk).status)
    take(database, five.eve.id or 0, five.edition.id)
    # What a page left open still shows is theirs no more: they are signed out, too.
    answers.append(one.client.get(desk, follow_redirects=False).status_code)
    assert answers == [404, 200, 303]


def test_a_right_lapses_by_itself_and_may_then_be_given_anew(
    five: Five, database: Database, browser: Open, time: Move
) -> None:
    give(database, five.eve.id or 0, five.edition.id, until=LATER)
    one, desk = browser(five.eve), "/organisation/sprint-2027"
    answers = [one.open(desk).status]
    time(LATER)
    answers.append(one.open(desk).status)
    assert answers == [200, 404]
    with database.writing() as db:
        grant_right(db, five.eve.id or 0, Right.ORGANISER, Scope.EDITION, five.edition.id, None, LATER, None)
    assert one.open(desk).status == 200


def test_the_database_itself_wants_an_end_for_a_recruiters_right(database: Database, five: Five) -> None:
    with pytest.raises(IntegrityError), database.writing() as db:
        db.add(Grant(person_id=five.eve.id or 0, right=Right.RECRUITER, given_at=NOW, confirmed_at=NOW))
