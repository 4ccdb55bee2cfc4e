"""Pages kept for strangers: shown again while nothing changed, and never a moment or a reader longer than that."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from sprint import sessions
from sprint.data_version import data_version
from sprint.database import Database, all_tables
from sprint.kept import LONGEST, Shelf
from sprint.people.tables import Right
from sprint.programme.tables import Edition, Track
from sprint.settings import Settings
from sprint.worker import worker_of
from tests.browser import Browser
from tests.makers import NOW, a_grant, a_person, a_registration
from tests.people import Five
from tests.queries import recorded

Opens = Callable[..., Browser]
Move = Callable[[datetime], None]
PROGRAMME, TRACK = "/sprint-2027/parcours", "/sprint-2027/parcours/keycloak"
KEPT = ("/", "/sprint-2027", PROGRAMME, TRACK, "/sprint-2027/agenda", "/editions")
HX = {"HX-Request": "true", "HX-Target": "section#inscription"}


@pytest.fixture
def elsewhere(settings: Settings) -> Iterator[Database]:
    """The same database as another process has it."""
    with Database(settings.database_url) as database:
        yield database


@pytest.fixture
def is_kept(database: Database) -> Callable[..., bool]:
    """Whether an answer came out of what is kept: by its name, without a query but the one for the data version."""

    def ask(one: Browser, address: str, **headers: str) -> bool:
        with recorded(database) as queries:
            answer = one.client.get(address, headers=headers)
        assert (answer.status_code, queries.freshness) == (200, 1)
        return queries.count == 0 and "etag" in answer.headers

    return ask


# --- shown again


@pytest.mark.parametrize("address", KEPT)
def test_a_stranger_is_shown_what_the_stranger_before_was_shown(
    address: str, browser: Opens, five: Five, is_kept: Callable[..., bool]
) -> None:
    first = browser().client.get(address)
    assert is_kept(browser(), address)
    again = browser().client.get(address)
    assert (again.text, again.headers["etag"]) == (first.text, first.headers["etag"])
    assert again.headers["cache-control"] == "no-cache"
    assert set(again.headers["vary"].split(", ")) >= {"HX-Request", "HX-Target", "Cookie", "Accept-Encoding"}


def test_a_browser_that_has_the_page_is_told_so(browser: Opens, five: Five) -> None:
    one = browser().client
    tag = one.get(PROGRAMME).headers["etag"]
    answer = one.get(PROGRAMME, headers={"If-None-Match": f'"other", {tag}'})
    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    assert one.get(PROGRAMME, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "given"), [("br, gzip", "br"), ("gzip, br;q=0", "gzip"), ("deflate", None), ("identity;q=1, *;q=0", None)]
)
def test_a_kept_page_is_sent_in_the_best_encoding_the_browser_takes(
    asked: str, given: str | None, browser: Opens, five: Five
) -> None:
    plain = browser().client.get(PROGRAMME).text
    for _ in range(2):
        answer = browser().client.get(PROGRAMME, headers={"Accept-Encoding": asked})
        assert (answer.headers.get("content-encoding"), answer.text) == (given, plain)


# --- a change is visible at the next request


def test_a_change_by_another_process_is_visible_at_the_next_request(
    browser: Opens, five: Five, elsewhere: Database
) -> None:
    one = browser()
    one.open(PROGRAMME)
    with elsewhere.writing() as db:
        db.exec(update(Track).where(Track.slug == "keycloak").values(name="Traduire Keycloak"))
    assert "Traduire Keycloak" in one.open(PROGRAMME).text


def test_seats_taken_elsewhere_are_seen_at_the_next_request(browser: Opens, five: Five, elsewhere: Database) -> None:
    one = browser()
    assert "1 / 2" in one.open(TRACK).text
    with elsewhere.writing() as db:
        a_registration(db, a_person(db, name="Grace Hopper"), five.keycloak)
    assert "2 / 2" in one.open(TRACK).text


def test_what_was_rolled_back_leaves_the_page_as_it_is(
    browser: Opens, five: Five, database: Database, is_kept: Callable[..., bool]
) -> None:
    browser().open(PROGRAMME)
    with pytest.raises(IntegrityError), database.writing() as db:
        db.exec(update(Track).values(edition_id=0))
    with database.writing() as db:
        sessions.open_session(db, five.ada.id or 0, "demo", "test", NOW)
    assert is_kept(browser(), PROGRAMME)


def version(database: Database) -> int:
    with database.reading() as db:
        return data_version(db)


def test_the_version_grows_once_for_each_transaction_that_changes_something(database: Database, five: Five) -> None:
    before = version(database)
    with database.writing() as db:
        db.add(Edition(slug="sprint-2030", name="Sprint 2030", timezone="Europe/Paris", announced_at=NOW))
        db.exec(update(Track).values(needs="Un ordinateur"))
    assert version(database) == before + 1
    with database.writing():
        pass
    assert version(database) == before + 1


def test_letters_and_jobs_leave_what_is_kept(database: Database, settings: Settings, five: Five, time: Move) -> None:
    before, worker, done = version(database), worker_of(database, settings), 0
    while worker.do_one() is not None:
        done += 1
    assert (done > 0, version(database)) == (True, before)


def test_no_kept_page_reads_a_table_whose_changes_do_not_count(database: Database, browser: Opens, five: Five) -> None:
    quiet = {table.name for table in all_tables() if table.info.get("quiet")}
    assert quiet >= {"loginsession", "attempts", "job", "fact", "letter", "dutydone"}
    with recorded(database) as queries:
        for address in KEPT:
            browser().open(address)
    read = {name for one in queries.statements for name in re.findall(r'(?:FROM|JOIN) "?(\w+)', one)}
    assert "trackcapacity" in read
    assert read & quiet == set()


# --- nor a moment longer


def change(database: Database, **values: datetime) -> None:
    with database.writing() as db:
        db.exec(update(Edition).values(**values))


def test_a_page_ends_when_registration_opens_and_when_it_closes(
    browser: Opens, five: Five, database: Database, time: Move
) -> None:
    opens, closes = NOW + timedelta(minutes=3), NOW + timedelta(minutes=6)
    change(database, opens_at=opens, closes_at=closes)
    for moment, word in ((NOW, "Inscriptions bientôt ouvertes"), (opens, "Inscriptions ouvertes")):
        time(moment)
        assert word in browser().open("/").text
    time(closes - timedelta(seconds=1))
    assert "Inscriptions ouvertes" in browser().open("/").text
    time(closes)
    assert "Inscriptions closes" in browser().open("/").text


def test_a_page_ends_at_midnight_where_the_edition_is(browser: Opens, five: Five, time: Move) -> None:
    midnight = datetime(2027, 3, 17, 23, tzinfo=UTC)  # in Paris, after the last day
    time(midnight - timedelta(minutes=2))
    browser().open(TRACK)
    time(midnight - timedelta(seconds=1))
    assert "1 / 2" in browser().open(TRACK).text
    time(midnight)
    assert "1 / 2" not in browser().open(TRACK).text


def test_a_track_ends_with_the_time_of_its_mentor(browser: Opens, five: Five, database: Database, time: Move) -> None:
    ends = NOW + timedelta(minutes=5)
    with database.writing() as db:
        a_grant(db, person=a_person(db, name="Grace Hopper"), right=Right.MENTOR, over=five.keycloak, until_at=ends)
    time(ends - timedelta(seconds=1))
    assert "Grace Hopper" in browser().open(TRACK).text
    time(ends)
    assert "Grace Hopper" not in browser().open(TRACK).text


@pytest.mark.parametrize("question", ["", "?mot=keycloak"])
def test_nothing_outlives_for_long_what_changes_unseen(
    question: str, browser: Opens, five: Five, elsewhere: Database, time: Move
) -> None:
    browser().open(PROGRAMME + question)
    with elsewhere.writing() as db:
        db.connection().exec_driver_sql("UPDATE track SET name = 'Traduire Keycloak' WHERE slug = 'keycloak'")
    time(NOW + LONGEST - timedelta(seconds=1))
    assert "Traduire Keycloak" not in browser().open(PROGRAMME + question).text
    time(NOW + LONGEST)
    assert "Traduire Keycloak" in browser().open(PROGRAMME + question).text


# --- nor for anybody else


def test_a_question_is_answered_anew_each_time(browser: Opens, five: Five, is_kept: Callable[..., bool]) -> None:
    for _ in range(2):
        assert not is_kept(browser(), f"{PROGRAMME}?mot=keycloak")
    assert "Onyxia" in browser().open(PROGRAMME).text


def test_what_a_member_is_shown_is_not_kept_and_what_is_kept_is_not_shown_to_a_member(
    browser: Opens, five: Five, is_kept: Callable[..., bool]
) -> None:
    assert "Ada Lovelace" in browser(five.ada).open(TRACK).html
    assert "Ada Lovelace" not in browser().open(TRACK).html
    assert "Ada Lovelace" in browser(five.ada).open(TRACK).html
    assert not is_kept(browser(five.ada), TRACK)


def test_a_session_that_ended_neither_leaves_nor_takes_a_page(
    browser: Opens, five: Five, is_kept: Callable[..., bool], time: Move
) -> None:
    one = browser(five.ada)
    time(NOW + timedelta(days=4))
    for _ in range(2):
        assert not is_kept(one, TRACK)


def test_what_is_said_once_is_not_said_to_the_next(browser: Opens, five: Five, is_kept: Callable[..., bool]) -> None:
    leaving = browser(five.ada)
    leaving.open("/moi")
    leaving.post("/deconnexion")
    assert "Vous êtes déconnecté·e." in leaving.text
    assert "Vous êtes déconnecté·e." not in browser().open("/").text


def test_each_theme_and_each_language_has_its_own(browser: Opens, five: Five, is_kept: Callable[..., bool]) -> None:
    dark = browser()
    dark.client.cookies.set("sprint-affichage", "dark", domain="localhost.local")
    for _ in range(2):
        assert 'data-fr-theme="dark"' in dark.client.get(PROGRAMME).text
        assert 'data-fr-theme="light"' in browser().client.get(PROGRAMME).text
        assert '<html lang="en"' in browser().client.get(f"/en{PROGRAMME}").text
        assert '<html lang="fr"' in browser().client.get(PROGRAMME).text
    assert is_kept(dark, PROGRAMME)


def test_a_block_and_its_page_are_kept_apart(browser: Opens, five: Five, is_kept: Callable[..., bool]) -> None:
    for _ in range(2):
        assert "<html" in browser().client.get(TRACK).text
        assert browser().client.get(TRACK, headers=HX).text.lstrip().startswith("<section")
        assert "hx-retarget" in browser().client.get(TRACK, headers={**HX, "HX-Target": "div#none"}).headers
    assert is_kept(browser(), TRACK, **HX)


def test_a_refused_post_is_not_what_the_next_is_shown(browser: Opens, five: Five) -> None:
    before = browser().open(TRACK).text
    refused = browser(five.eve)
    refused.open(TRACK)
    refused.post(f"{TRACK}/inscription", mode="site", once="jeton-d-essai")
    assert (refused.status, browser().open(TRACK).text) == (422, before)


def test_a_page_that_is_not_found_is_not_kept(browser: Opens, five: Five, database: Database) -> None:
    missing = "/sprint-2027/parcours/nextcloud"
    assert browser().client.get(missing).status_code == 404
    with database.writing() as db:
        db.exec(update(Track).where(Track.slug == "keycloak").values(slug="nextcloud"))
    assert browser().client.get(missing).status_code == 200


# --- and within bounds


def test_a_shelf_bears_its_weight_and_drops_what_was_asked_for_longest_ago() -> None:
    shelf: Shelf[str] = Shelf(10)
    for name in ("a", "b"):
        shelf.put(name, name, 4)
    assert shelf.get("a") == "a"
    shelf.put("c", "c", 4)
    assert ([shelf.get(name) for name in "abc"], shelf.weight) == (["a", None, "c"], 8)
    shelf.put("c", "C", 9)
    assert ([shelf.get(name) for name in "ac"], shelf.weight) == ([None, "C"], 9)
    shelf.put("d", "d", 11)
    assert ([shelf.get(name) for name in "cd"], shelf.weight) == ([None, None], 0)
