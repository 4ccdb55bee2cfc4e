"""The plan of an edition is kept in memory for those who register: never longer than it is what the database says."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from sprint.data_version import has_changed_plan, plan_number
from sprint.database import Database, all_tables
from sprint.participation.queries.questions import open_questions
from sprint.participation.tables import RegistrationQuestion
from sprint.plans import planned, settle_plan
from sprint.programme.queries import edition_called, track_key
from sprint.programme.tables import Audience, Day, Edition, Track
from sprint.settings import Settings
from tests.browser import Browser
from tests.makers import NOW, a_person, a_registration
from tests.people import Five
from tests.queries import inside_the_writing_door, recorded

REGISTER = "/sprint-2027/parcours/keycloak/inscription"
FORM = {"jour": ["2027-03-16"], "mode": "site"}
Opens = Callable[..., Browser]


@pytest.fixture
def elsewhere(settings: Settings) -> Iterator[Database]:
    """The same database as another process has it."""
    with Database(settings.database_url) as database:
        yield database


@pytest.fixture
def comes(browser: Opens, database: Database) -> Callable[[str], int]:
    """Somebody new registers; gives the status of the answer."""

    def register(name: str) -> int:
        with database.writing() as db:
            person = a_person(db, name=name)
        answer = browser(person).client.post(REGISTER, data=FORM | {"once": f"form-{name}"}, follow_redirects=False)
        return answer.status_code

    return register


def number(database: Database) -> int:
    with database.reading() as db:
        return plan_number(db)


def test_who_registers_second_finds_the_plan_as_it_was_read(
    comes: Callable[[str], int], database: Database, five: Five
) -> None:
    assert comes("Grace") == 303
    with inside_the_writing_door(database) as queries:
        assert comes("Annie") == 303
    about = ("FROM edition", "FROM track ", "FROM registrationquestion")
    assert [one for one in queries.statements if any(table in one for table in about)] == []


@pytest.mark.parametrize(
    "change",
    [
        update(Edition).values(closes_at=datetime(2027, 1, 1, tzinfo=UTC)),
        update(Edition).values(audience=Audience.AGENTS),
        update(Track).where(Track.slug == "keycloak").values(audience=Audience.AGENTS),  # type: ignore[arg-type]
    ],
    ids=["closed", "for agents", "the track for agents"],
)
def test_what_another_process_changes_holds_for_the_next_who_registers(
    change: object, comes: Callable[[str], int], elsewhere: Database, five: Five
) -> None:
    assert comes("Grace") == 303
    with elsewhere.writing() as db:
        db.exec(change)  # type: ignore[call-overload]
    assert comes("Annie") == 409


def test_what_was_rolled_back_leaves_the_plan_as_it_is(database: Database, five: Five) -> None:
    before = number(database)
    with pytest.raises(IntegrityError), database.writing() as db:
        db.exec(update(Track).values(edition_id=0))
    assert number(database) == before


def test_registering_leaves_the_plan_as_it_is(comes: Callable[[str], int], database: Database, five: Five) -> None:
    before = number(database)
    assert comes("Grace") == 303
    with database.writing() as db:
        a_registration(db, a_person(db, name="Annie Easley"), five.keycloak)
    assert number(database) == before


@pytest.mark.parametrize("table", [Edition, Day, Track, RegistrationQuestion])
def test_writing_to_what_the_plan_is_made_of_changes_it(table: type, database: Database, five: Five) -> None:
    before = number(database)
    with database.writing() as db:
        db.exec(delete(table).where(table.id == 0))  # type: ignore[attr-defined]
    assert number(database) == before + 1


def test_what_is_kept_by_the_plan_reads_nothing_else(database: Database, five: Five) -> None:
    plan = {table.name for table in all_tables() if table.info.get("plan")}
    edition_id = five.edition.id or 0
    for query, asked in (
        (edition_called, ("sprint-2027",)),
        (track_key, (edition_id, "keycloak")),
        (open_questions, (edition_id,)),
    ):
        with recorded(database) as queries, database.reading() as db:
            query(db, *asked)  # type: ignore[operator]
        (statement,) = queries.statements
        read = set(re.findall(r"(?:FROM|JOIN) (\w+)", statement))
        assert read <= plan, statement
        assert read, statement


def test_a_transaction_sees_its_own_changes_of_the_plan(database: Database, five: Five) -> None:
    for _ in range(2):
        with database.writing() as db:
            settle_plan(db)
            assert planned(db, NOW, edition_called, "sprint-2027") is not None
    with database.writing() as db:
        settle_plan(db)
        db.exec(update(Edition).values(audience=Audience.AGENTS))
        assert has_changed_plan(db)
        found = planned(db, NOW, edition_called, "sprint-2027")
        assert found is not None
        assert found.audience == Audience.AGENTS


def test_before_the_edition_is_held_nothing_is_taken_from_memory(database: Database, five: Five) -> None:
    with database.writing() as db:
        settle_plan(db)
        planned(db, NOW, edition_called, "sprint-2027")
    with recorded(database) as queries, database.writing() as db:
        planned(db, NOW, edition_called, "sprint-2027")
    assert queries.count == 1


def test_whom_a_route_does_not_admit_waits_for_no_writer(browser: Opens, database: Database, five: Five) -> None:
    client, place = browser(five.eve).client, "/organisation/sprint-2027/places"
    with ThreadPoolExecutor(1) as pool, database.writing():
        answer = pool.submit(client.post, place, data={}, follow_redirects=False)
        assert answer.result(timeout=20).status_code == 404
