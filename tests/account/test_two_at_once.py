"""Several web processes over one database: codes serve once among them all, and simultaneous firsts make one row."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sprint.account.actions import sign_in, signing_in
from sprint.account.providers.provider import Claims
from sprint.account.queries import demo_key
from sprint.app import build
from sprint.database import Database
from sprint.people.queries import person_of_identity
from sprint.people.tables import Identity, Person
from sprint.sessions import Attempts, LoginSession, count_attempt
from sprint.settings import Settings
from tests.account.flow import Opened, assert_explained, begun, chosen, opened
from tests.makers import NOW

CLAIMS = Claims("demo", "urn:sprint:demo", "ada", "Ada Lemoine", "ada@example.org")


@pytest.fixture
def sites(settings: Settings, database: Database):  # type: ignore[no-untyped-def]
    """Two applications that share nothing but the database and the settings."""
    url = settings.database_url
    with Database(url) as other:
        apps = [build(settings, one, with_worker=False) for one in (database, other)]
        with (
            TestClient(apps[0], base_url=settings.base_url) as one,
            TestClient(apps[1], base_url=settings.base_url) as two,
        ):
            yield one, two


def shares_cookies(one: TestClient, other: TestClient) -> None:
    other.cookies.clear()
    other.cookies.update(one.cookies)


def test_a_sign_in_may_begin_in_one_process_and_end_in_the_other(sites: tuple[TestClient, TestClient]) -> None:
    one, two = sites
    authorization = begun(one)
    where = chosen(two, authorization)
    shares_cookies(one, two)
    assert two.get(where, follow_redirects=False).status_code == 303
    shares_cookies(two, one)
    assert one.get("/moi", follow_redirects=False).status_code == 200


def test_a_code_serves_once_among_two_processes(sites: tuple[TestClient, TestClient], database: Database) -> None:
    one, two = sites
    where = chosen(one, begun(one))
    shares_cookies(one, two)
    assert one.get(where, follow_redirects=False).status_code == 303
    assert_explained(two.get(where, follow_redirects=False), "a refusé de confirmer")
    assert opened(database) == Opened(people=1, sessions=1)


def test_a_code_shown_to_both_processes_at_once_serves_once(
    sites: tuple[TestClient, TestClient], database: Database
) -> None:
    where = chosen(sites[0], begun(sites[0]))
    shares_cookies(*sites)
    start = Barrier(2)

    def show(client: TestClient) -> int:
        start.wait()
        return client.get(where, follow_redirects=False).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(show, sites)) == [303, 400]
    assert opened(database) == Opened(people=1, sessions=1)


def test_both_processes_sign_with_one_key(sites: tuple[TestClient, TestClient], database: Database) -> None:
    for site in sites:
        assert site.get(chosen(site, begun(site)), follow_redirects=False).status_code == 303
    one, other = (site.get("/demo-openid/jwks").json() for site in sites)
    with database.reading() as db:
        key = demo_key(db)
    assert key is not None
    assert one == other
    assert [(found["kid"], "d" in found) for found in one["keys"]] == [(key["kid"], False)]


def test_two_first_sign_ins_of_one_person_at_once_open_one_account(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both look before either has written. SQLite has one writer: there it cannot happen."""
    look = Barrier(2)
    looked: list[int] = []

    def look_together(db, issuer, subject):  # type: ignore[no-untyped-def]
        found = person_of_identity(db, issuer, subject)
        if len(looked) < 2:
            looked.append(1)
            look.wait()
        return found

    monkeypatch.setattr(signing_in, "person_of_identity", look_together)

    def come(_turn: int) -> str:
        with postgres.writing() as db:
            return sign_in(db, CLAIMS, NOW, "")

    with ThreadPoolExecutor(2) as pool:
        tokens = list(pool.map(come, range(2)))
    with postgres.reading() as db:
        people, identities = db.exec(select(Person.id)).all(), db.exec(select(Identity.person_id)).all()
        owners = db.exec(select(LoginSession.person_id)).all()
    assert (len(set(tokens)), len(people), list(identities), list(owners)) == (2, 1, list(people), list(people) * 2)


def test_two_first_attempts_at_once_are_both_counted(postgres: Database) -> None:
    window = timedelta(minutes=10)
    with postgres.writing() as slow:
        assert count_attempt(slow, "somebody", window, NOW) == 1
        with ThreadPoolExecutor(1) as pool:

            def count() -> int:
                with postgres.writing() as db:
                    return count_attempt(db, "somebody", window, NOW)

            quick = pool.submit(count)
            with pytest.raises(TimeoutError):
                quick.result(0.3)  # it waits to know whether the first one counts
            slow.commit()
            assert quick.result(10) == 2
    with postgres.reading() as db:
        assert [row.count for row in db.exec(select(Attempts))] == [2]
