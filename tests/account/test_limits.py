"""How often one may begin to sign in or ask for a link: per browser or account, per address, refused requests included."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sprint.database import Database
from sprint.sessions import Attempts
from sprint.web import limits
from tests.account.flow import BEGIN, begun
from tests.browser import Browser
from tests.makers import NOW
from tests.people import Five

Open = Callable[..., Browser]
Move = Callable[[datetime], None]


def tries(database: Database) -> list[int]:
    with database.reading() as db:
        return sorted(db.exec(select(Attempts.count)))


def test_the_eleventh_sign_in_begun_in_one_browser_must_wait(client: TestClient, time: Move) -> None:
    for _ in range(10):
        begun(client)
    refused = client.get(BEGIN, follow_redirects=False)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "300")
    assert "Trop de tentatives" in refused.text
    time(NOW + timedelta(minutes=5))
    begun(client)


def test_a_room_full_of_browsers_behind_one_address_may_begin_three_hundred(
    browser: Open, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    monkeypatch.setattr(limits, "PER_ADDRESS", 12)
    assert limits.PER_PERSON == 10
    statuses = [browser().client.get(BEGIN, follow_redirects=False).status_code for _ in range(14)]
    assert statuses == [303] * 12 + [429] * 2
    assert tries(database) == [1] * 14 + [14]


def test_one_account_is_one_whatever_the_browser(browser: Open, five: Five, database: Database) -> None:
    for number in range(11):
        one = browser(five.ada).post("/moi/adresse", adresse=f"ada{number}@example.net")
        assert one.status == (200 if number < 10 else 429)
    assert browser(five.eve).post("/moi/adresse", adresse="eve@example.net").status == 200


def test_what_is_refused_counts_too(browser: Open, five: Five, database: Database) -> None:
    one = browser(five.ada)
    assert {one.post("/moi/adresse", adresse="x").status for _ in range(10)} == {422}
    assert one.post("/moi/adresse", adresse="ada@example.net").status == 429
    assert tries(database) == [11, 11]


def test_the_table_tells_neither_address_nor_account_and_forgets_by_the_day(
    client: TestClient, database: Database, time: Move
) -> None:
    evening = datetime(2027, 1, 12, 23, 59, 59, tzinfo=UTC)
    time(evening)
    begun(client)
    time(evening + timedelta(seconds=1))
    begun(client)
    with database.reading() as db:
        subjects = list(db.exec(select(Attempts.subject)))
    assert len(set(subjects)) == len(subjects) == 4
    assert [len(subject) for subject in subjects] == [64] * 4
    assert [subject for subject in subjects if "testclient" in subject] == []


@pytest.mark.parametrize("cookie", ["", "x", "é" * 22, "a" * 4000, "../../../../etc/passw"])
def test_a_cookie_that_is_not_ours_is_a_browser_of_its_own(cookie: str, client: TestClient) -> None:
    response = client.get(BEGIN, headers={"cookie": f"sprint-essais={cookie}".encode()}, follow_redirects=False)
    given = next(v for k, v in response.headers.multi_items() if k == "set-cookie" and v.startswith("sprint-essais="))
    value = given.partition("=")[2].partition(";")[0]
    assert (response.status_code, len(value), value == cookie) == (303, 22, False)
