"""Two server processes over one PostgreSQL: what one counts or revokes holds in the other."""

import http.client
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlmodel import select

from sprint.account.actions import grant_right, revoke_right
from sprint.clock import now
from sprint.database import Database
from sprint.demo import build_demo
from sprint.people.tables import Right, Scope
from sprint.sessions import LoginSession, hashed, open_session
from tests.makers import a_person
from tests.servers import Server, serving


def got(server: Server, path: str, cookie: str = "") -> int:
    """The status of a page, asked with these cookies on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


@pytest.fixture
def two(postgres: Database, tmp_path: Path):  # type: ignore[no-untyped-def]
    build_demo(postgres, now())  # else both would, at once
    with serving(postgres, tmp_path, 2, demo="1", worker="apart") as servers:
        yield servers


def test_ten_sign_ins_of_a_browser_are_ten_over_both_processes(two: list[Server], postgres: Database) -> None:
    """Sent at once, to each in turn: not one more gets through, and none is lost."""
    begin, cookie = "/connexion/demo", f"sprint-essais={'a' * 22}"
    with ThreadPoolExecutor(8) as pool:
        statuses = Counter(pool.map(lambda turn: got(two[turn % 2], begin, cookie), range(24)))
    # A window of five minutes may have ended in between: then a second one has begun.
    assert statuses in (Counter({303: 10, 429: 14}), Counter({303: 20, 429: 4}))


def test_a_device_revoked_through_one_process_is_out_in_the_other(two: list[Server], postgres: Database) -> None:
    with postgres.writing() as db:
        ada = a_person(db)
        here, away = (open_session(db, ada.id or 0, "demo", "tests", now()) for _ in range(2))
        away_id = db.exec(select(LoginSession.id).where(LoginSession.token_hash == hashed(away))).one()
    assert [got(server, "/moi", f"sprint={away}") for server in two] == [200, 200]
    assert two[0].post(f"/moi/appareils/{away_id}/revocation", {}, here).status == 303
    assert [got(server, "/moi", f"sprint={away}") for server in two] == [303, 303]
    assert [got(server, "/moi", f"sprint={here}") for server in two] == [200, 200]


def test_all_other_devices_revoked_through_one_process_are_out_in_the_other(
    two: list[Server], postgres: Database
) -> None:
    with postgres.writing() as db:
        ada = a_person(db)
        here, *away = (open_session(db, ada.id or 0, "demo", "tests", now()) for _ in range(3))
    assert two[1].post("/moi/appareils/revocation", {}, here).status == 303
    assert [got(two[0], "/moi", f"sprint={token}") for token in (here, *away)] == [200, 303, 303]


def test_a_right_taken_away_is_gone_in_both_at_once(two: list[Server], postgres: Database) -> None:
    with postgres.writing() as db:
        claude = a_person(db, name="Claude Ferrand")
        grant_right(db, claude.id or 0, Right.ORGANISER, Scope.EVERYTHING, None, None, now(), None)
        token = open_session(db, claude.id or 0, "demo", "tests", now())
    before = [got(server, "/organisation", f"sprint={token}") for server in two]
    with postgres.writing() as db:
        revoke_right(db, claude.id or 0, Right.ORGANISER, Scope.EVERYTHING, None, now(), None)
    after = [got(server, "/organisation", f"sprint={token}") for server in two]
    assert before[0] == before[1] != 404
    assert after[0] == after[1] != before[0]
