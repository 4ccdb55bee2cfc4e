"""Public calendars by address: found or not, kept by their readers until they change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from sprint.database import Database
from sprint.programme.actions import cancel_slot, give_join_link
from sprint.programme.tables import Edition, Track
from sprint.settings import Settings
from tests.agenda.asking import EDITION, TRACK, Opens, events, fetched, own_address, slot_called
from tests.makers import NOW, a_person, a_registration, a_slot, a_track, an_edition
from tests.people import Five
from tests.queries import recorded

# --- public calendars


def test_an_edition_a_track_and_a_slot_have_calendars(browser: Opens, database: Database, five: Five) -> None:
    whole_days = ("Sprint 2027", "20270316", "CONFIRMED")
    own = ("Première installation", "20270316T093000", "CONFIRMED")
    assert events(fetched(browser, EDITION)) == [whole_days, ("Accueil", "20270316T093000", "CONFIRMED"), own]
    assert events(fetched(browser, TRACK)) == [own]
    assert events(fetched(browser, "/sprint-2027/parcours/onyxia.ics")) == [whole_days]
    with database.reading() as db:
        slot = slot_called(db, "Première installation")
    assert events(fetched(browser, f"/sprint-2027/creneaux/{slot.id}.ics")) == [own]


def test_the_opening_of_registration_is_a_calendar_when_it_is_known(
    browser: Opens, database: Database, five: Five
) -> None:
    assert fetched(browser, "/sprint-2027/ouverture.ics").status_code == 404
    with database.writing() as db:
        db.get_one(Edition, five.edition.id).opens_at = datetime(2027, 2, 1, 9, tzinfo=UTC)
    title = "Ouverture des inscriptions\u00a0: Sprint 2027"
    assert events(fetched(browser, "/sprint-2027/ouverture.ics")) == [(title, "20270201T100000", "CONFIRMED")]


@pytest.mark.parametrize(
    "address",
    [
        "/sprint-2099/agenda.ics",
        "/sprint-2027/parcours/inconnu.ics",
        "/sprint-2099/parcours/keycloak.ics",
        "/sprint-2027/creneaux/99999.ics",
        "/sprint-2027/creneaux/99999999999999999999.ics",
        "/sprint-2028/creneaux/{slot}.ics",
    ],
)
def test_what_is_not_there_has_no_calendar(browser: Opens, database: Database, five: Five, address: str) -> None:
    with database.writing() as db:
        an_edition(db, slug="sprint-2028", name="Sprint 2028")
        slot = slot_called(db, "Accueil")
    assert fetched(browser, address.format(slot=slot.id)).status_code == 404


def test_a_cancelled_slot_stays_in_every_calendar_that_held_it(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        slot = slot_called(db, "Première installation")
        cancel_slot(db, slot.id or 0, five.claude.id or 0, NOW)
    cancelled = ("Annulé\u00a0: Première installation", "20270316T093000", "CANCELLED")
    assert cancelled in events(fetched(browser, EDITION))
    assert events(fetched(browser, TRACK)) == [cancelled]
    assert "SEQUENCE:1" in fetched(browser, TRACK).text


def test_a_public_calendar_never_holds_the_join_link(browser: Opens, database: Database, five: Five) -> None:
    with database.writing() as db:
        give_join_link(db, five.keycloak, "https://visio.example/secret", five.claude.id or 0, NOW)
    for address in (EDITION, TRACK):
        assert "visio.example" not in browser(five.ada).client.get(address).text


# --- kept by their readers


def test_nothing_moves_while_nothing_changes(
    browser: Opens, five: Five, time: Callable[[datetime], None], database: Database, settings: Settings
) -> None:
    addresses = (EDITION, TRACK, own_address(database, settings, five.ada))
    before = [fetched(browser, address).content for address in addresses]
    time(NOW + timedelta(days=400))
    assert [fetched(browser, address).content for address in addresses] == before


def test_a_reader_that_has_it_is_told_so(
    browser: Opens, five: Five, database: Database, settings: Settings, time: Callable[[datetime], None]
) -> None:
    time(NOW + timedelta(hours=1))
    for address in (EDITION, TRACK, own_address(database, settings, five.ada)):
        first = fetched(browser, address)
        tag, date = first.headers["etag"], first.headers["last-modified"]
        for asked in (
            {"if_none_match": tag},
            {"if_none_match": f'"other", {tag}'},
            {"if_none_match": tag.removeprefix("W/")},
            {"if_none_match": "*"},
            {"if_modified_since": date},
        ):
            again = fetched(browser, address, **asked)
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), asked
            assert again.headers["cache-control"] == first.headers["cache-control"]
        for asked in (
            {"if_none_match": '"other"'},
            {"if_none_match": '"other"', "if_modified_since": date},
            {"if_modified_since": "Mon, 01 Jan 2018 00:00:00 GMT"},
            {"if_modified_since": "hier"},
            {"if_modified_since": ""},
        ):
            assert fetched(browser, address, **asked).status_code == 200, asked


def test_head_answers_as_get_without_the_body(browser: Opens, five: Five) -> None:
    got, head = browser().client.get(EDITION), browser().client.head(EDITION)
    assert (head.status_code, head.headers["etag"]) == (200, got.headers["etag"])


def test_a_change_is_seen_at_the_next_request(
    browser: Opens, five: Five, database: Database, settings: Settings, time: Callable[[datetime], None]
) -> None:
    addresses = (EDITION, TRACK, own_address(database, settings, five.ada))
    time(NOW + timedelta(hours=1))
    before = [fetched(browser, address) for address in addresses]
    with database.writing() as db:
        slot = slot_called(db, "Première installation")
        slot.room, slot.revision = "Petite salle", slot.revision + 1
        track = db.get_one(Track, slot.track_id)
        track.revision += 1
    time(NOW + timedelta(hours=2))
    for address, old in zip(addresses, before, strict=True):
        asked = {"if_none_match": old.headers["etag"]}
        since = {"if_modified_since": old.headers["last-modified"]}
        for again in (fetched(browser, address, **asked), fetched(browser, address, **since)):
            assert again.status_code == 200
            assert "Petite salle" in again.text
            assert again.headers["etag"] != old.headers["etag"]


def test_what_changed_this_very_second_has_no_date_yet(browser: Opens, five: Five) -> None:
    assert "last-modified" not in fetched(browser, EDITION).headers


def test_public_calendars_may_be_kept_by_all_and_ones_own_by_its_reader(
    browser: Opens, five: Five, database: Database, settings: Settings
) -> None:
    assert fetched(browser, EDITION).headers["cache-control"] == "public, no-cache"
    own = fetched(browser, own_address(database, settings, five.ada))
    assert own.headers["cache-control"] == "private, no-cache"
    assert own.headers["x-robots-tag"] == "noindex"
    assert own.headers["content-disposition"] == 'inline; filename="mon-sprint.ics"'


# --- cost

COSTS = {EDITION: 3, TRACK: 4, "own": 4}


@pytest.mark.parametrize("address", COSTS)
def test_a_calendar_costs_the_same_with_fifty_times_more_in_it(
    browser: Opens, database: Database, settings: Settings, five: Five, address: str
) -> None:
    where = own_address(database, settings, five.ada) if address == "own" else address
    few = cost(browser, database, where)
    with database.writing() as db:
        for number in range(50):
            a_slot(db, five.edition, track=five.keycloak, title=f"Créneau {number}")
            other = an_edition(db, slug=f"sprint-{2030 + number}", name=f"Sprint {2030 + number}")
            a_registration(db, five.ada, a_track(db, other))
            a_registration(db, a_person(db, name=f"Personne {number}"), five.keycloak)
    assert (few, cost(browser, database, where)) == (COSTS[address], COSTS[address])


def cost(browser: Opens, database: Database, address: str) -> int:
    with recorded(database) as queries:
        fetched(browser, address)
    return queries.count
