"""An import makes all or nothing, and the second one nothing."""

from copy import deepcopy
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, func, select

from sprint.database import Database
from sprint.jobs import Job
from sprint.journal import Fact
from sprint.languages import speak
from sprint.people.tables import Person
from sprint.preparation.actions import import_edition
from sprint.preparation.reading import edition_of
from sprint.preparation.report import Report, Tally
from sprint.programme.tables import Day, Edition, Slot, Track, TrackRepository
from sprint.refusal import Refused
from sprint.registrations.actions import register
from sprint.registrations.tables import DayCapacity, Mode, Registration, State, TrackCapacity
from tests.preparation.files import Values, dump, sample, smallest

WHOLE_DAY, TOO_FEW = "toute la journée", "sur place : 2 places demandées, mais 3 sont prises"
NOW = datetime(2031, 2, 1, 12, tzinfo=UTC)


def read_into(database: Database, values: Values, now: datetime = NOW) -> Report:
    with database.writing() as db:
        return import_edition(db, edition_of(values), now)


def refused(database: Database, values: Values) -> list[str]:
    """The faults, and the certainty that nothing was written."""
    before = dump(database)
    with pytest.raises(Refused) as caught:
        read_into(database, values)
    assert dump(database) == before
    return [f"{reason.place}: {speak(reason.words)}".replace("\u00a0", " ") for reason in caught.value.reasons]


def changed_lines(before: str, after: str) -> set[str]:
    """Tables of which a row differs."""
    return {line.split(" ")[0] for line in set(before.splitlines()) ^ set(after.splitlines())}


def somebody(db: Session, name: str) -> int:
    person = Person(name=name, created_at=NOW)
    db.add(person)
    db.flush()
    return person.id or 0


def registered(database: Database, slug: str, people: int, on: date = date(2031, 3, 4)) -> None:
    """So many people register on a track: those for whom there is no seat wait."""
    for number in range(people):
        with database.writing() as db:
            track = db.exec(select(Track).where(Track.slug == slug)).one()
            day = db.exec(select(Day).where(Day.on == on, Day.edition_id == track.edition_id)).one()
            register(db, somebody(db, f"Personne {number}"), track, [day.id or 0], Mode.SITE, f"{slug}{number}", NOW)


def test_a_first_import_makes_everything_and_says_so(database: Database) -> None:
    report = read_into(database, sample())
    assert (report.edition, report.days, report.tracks) == (Tally(made=1), Tally(made=2), Tally(made=3))
    assert (report.slots, report.seats) == (Tally(made=4), Tally(made=4))
    assert (report.repositories, report.promoted, report.left) == (3, 0, ())
    with database.reading() as db:
        edition = db.exec(select(Edition)).one()
        slots = db.exec(select(Slot.title, Slot.position, Slot.room).order_by(Slot.position)).all()
        facts = db.exec(select(Fact.kind, func.count()).group_by(Fact.kind).order_by(Fact.kind)).all()
        jobs = db.exec(select(func.count()).select_from(Job)).one()
        imported = db.exec(select(Fact).where(Fact.kind == "edition.imported")).one()
    assert edition.id == report.edition_id
    assert slots == [
        ("Accueil", 10, "Grande salle"),
        ("Premiers pas", 20, ""),
        ("Premiers pas", 30, "B2"),
        ("Bilan", 40, ""),
    ]
    assert facts == [("edition.imported", 1), ("registration.seats", 4)]
    assert jobs == 1
    assert imported.detail == {"days": 2, "tracks": 3, "slots": 4, "seats": 4}


def test_a_second_import_changes_nothing_and_says_so(database: Database) -> None:
    read_into(database, sample())
    before = dump(database)
    report = read_into(database, sample(), datetime(2031, 2, 2, tzinfo=UTC))
    assert not report.changed
    assert (report.tracks, report.slots, report.seats) == (Tally(unchanged=3), Tally(unchanged=4), Tally(unchanged=4))
    assert report.left == ()
    assert dump(database) == before


def test_a_second_import_after_people_registered_leaves_them_alone(database: Database) -> None:
    read_into(database, sample())
    registered(database, "carnet", 5)
    before = dump(database)
    assert not read_into(database, sample()).changed
    assert dump(database) == before


@pytest.mark.parametrize(
    ("path", "value", "kind", "tables"),
    [
        (("edition", "name"), "Autre nom", "edition", {"edition"}),
        (("edition", "opens_at"), "2031-01-11T10:00", "edition", {"edition"}),
        (("edition", "place"), "Ailleurs", "edition", {"edition"}),
        (("days", 0, "place"), "Rez-de-chaussée", "days", {"day", "edition"}),
        (("tracks", 0, "needs"), "", "tracks", {"track"}),
        (("tracks", 0, "keywords"), [], "tracks", {"track"}),
        (("tracks", 0, "first_tasks"), ["Lire"], "tracks", {"track"}),
        (("tracks", 2, "repositories"), [], "tracks", {"trackrepository"}),
        (("tracks", 1, "repositories"), ["https://github.com/essais/phare"], "tracks", {"trackrepository"}),
        (("tracks", 1, "repositories"), ["https://github.com/essais/b"], "tracks", {"trackrepository", "repository"}),
        (("slots", 0, "end"), "10:00", "slots", {"slot", "roomtime"}),
        (("slots", 3, "title"), "Bilan du sprint", "slots", {"slot"}),
        (("slots", 3, "day"), "2031-03-04", "slots", {"slot"}),
        (("tracks", 0, "capacities", 0, "seats"), 4, "seats", {"trackcapacity"}),
        (("days", 0, "capacities", 0, "seats"), 30, "seats", {"daycapacity"}),
    ],
)
def test_a_change_in_the_file_changes_just_that(
    database: Database, path: tuple[str | int, ...], value: object, kind: str, tables: set[str]
) -> None:
    values = sample()
    read_into(database, values)
    before = dump(database)
    spot = values
    for step in path[:-1]:
        spot = spot[step]  # type: ignore[index]
    spot[path[-1]] = value  # type: ignore[index]
    report = read_into(database, values)
    altered = {name for name in ("edition", "days", "tracks", "slots", "seats") if getattr(report, name).altered}
    assert (altered, getattr(report, kind).changed) == ({kind}, 1)
    assert changed_lines(before, dump(database)) == tables | {"fact", "job", "data_version"}
    assert not read_into(database, values).changed


def test_repositories_of_a_track_become_those_of_the_file_in_its_order(database: Database) -> None:
    values = sample()
    read_into(database, values)
    values["tracks"][0]["repositories"] = ["https://github.com/essais/phare", "https://github.com/essais/carnet"]
    read_into(database, values)
    with database.reading() as db:
        track = db.exec(select(Track).where(Track.slug == "carnet")).one()
        rows = db.exec(select(TrackRepository.position).where(TrackRepository.track_id == track.id)).all()
    assert sorted(rows) == [0, 1]
    assert not read_into(database, values).changed


def test_what_the_file_no_longer_mentions_is_left_and_reported(database: Database) -> None:
    values = sample()
    read_into(database, values)
    before = dump(database)
    del values["days"][0], values["tracks"][1], values["edition"]["opens_at"]
    values["days"][0]["capacities"] = []
    values["slots"] = values["slots"][3:]
    carnet = values["tracks"][0]
    carnet["capacities"] = carnet["capacities"][1:2]
    del carnet["objective"], carnet["repositories"]
    report = read_into(database, values)
    assert not report.changed
    assert dump(database) == before
    assert report.left == (
        "edition.opens_at",
        "days[2031-03-04]",
        "tracks[carnet].objective",
        "tracks[carnet].repositories",
        "tracks[boussole]",
        "slots[Accueil]",
        "slots[Premiers pas]",
        "tracks[carnet].capacities[2031-03-04 site]",
        "tracks[carnet].capacities[2031-03-05 distance]",
    )


def test_a_slot_put_between_others_moves_none_of_them(database: Database) -> None:
    values = sample()
    read_into(database, values)
    values["slots"].insert(1, {"title": "Pause", "kind": "pause", "day": "2031-03-04"})
    report = read_into(database, values)
    assert report.slots == Tally(made=1, unchanged=4)
    with database.reading() as db:
        titles = db.exec(select(Slot.title).order_by(Slot.position)).all()
    assert titles == ["Accueil", "Pause", "Premiers pas", "Premiers pas", "Bilan"]


def test_a_slot_that_gets_a_key_is_still_the_same_slot(database: Database) -> None:
    values = sample()
    read_into(database, values)
    values["slots"][0]["key"] = "accueil"
    assert read_into(database, values).slots == Tally(changed=1, unchanged=3)
    values["slots"][0] |= {"title": "Bienvenue", "start": "08:30", "end": None}
    assert read_into(database, values).slots == Tally(changed=1, unchanged=3)
    del values["slots"][0]["key"]
    assert not read_into(database, values).changed
    with database.reading() as db:
        slot = db.exec(select(Slot).where(Slot.title == "Bienvenue")).one()
    assert (slot.identity, slot.ends) == ("key:accueil", None)


def test_slots_whose_keys_changed_hands_are_told_apart(database: Database) -> None:
    pause = {"title": "Pause", "kind": "pause", "day": "2031-03-04"}
    values = smallest(slots=[{**pause, "key": "a"}, {**pause, "key": "b"}])
    read_into(database, values)
    values["slots"][0]["key"] = "c"
    report = read_into(database, values)
    assert report.slots == Tally(made=1, unchanged=1)
    assert report.left == ("slots[a]",)


def test_without_capacities_a_track_is_offered_nowhere(database: Database) -> None:
    read_into(database, smallest(tracks=[{"slug": "phare", "name": "Phare"}]))
    with database.reading() as db:
        assert db.exec(select(TrackCapacity)).all() == []
        assert db.exec(select(DayCapacity)).all() == []


def test_more_seats_go_to_those_who_wait(database: Database) -> None:
    values = sample()
    read_into(database, values)
    registered(database, "carnet", 6)
    values["tracks"][0]["capacities"][0]["seats"] = 5
    report = read_into(database, values)
    assert (report.promoted, report.seats) == (2, Tally(changed=1, unchanged=3))
    with database.reading() as db:
        waiting = db.exec(select(func.count()).where(Registration.state == State.WAITING)).one()
    assert waiting == 1


def test_seats_below_those_taken_are_refused_with_their_places(database: Database) -> None:
    values = sample()
    read_into(database, values)
    registered(database, "carnet", 3)
    values["tracks"][0]["capacities"][0]["seats"] = 2
    values["days"][0]["capacities"][0]["seats"] = 2
    values["edition"]["name"] = "Jamais écrit"
    values["slots"][1]["track"] = "inconnu"
    assert refused(database, values) == [
        "slots[1].track: aucun parcours « inconnu », ni dans ce fichier ni dans l’édition",
        f"days[0].capacities[0].seats: {WHOLE_DAY}, mardi 4 mars 2031 {TOO_FEW}",
        f"tracks[0].capacities[0].seats: Carnet, mardi 4 mars 2031 {TOO_FEW}",
    ]


def test_a_first_limit_of_a_day_counts_who_sits_there_already(database: Database) -> None:
    values = sample()
    read_into(database, values)
    registered(database, "carnet", 3, date(2031, 3, 5))
    values["days"][1]["capacities"] = [{"mode": "site", "seats": 2}]
    assert refused(database, values) == [f"days[1].capacities[0].seats: {WHOLE_DAY}, mercredi 5 mars 2031 {TOO_FEW}"]
    values["days"][1]["capacities"][0]["seats"] = 3
    assert read_into(database, values).seats == Tally(made=1, unchanged=4)


def test_a_slot_may_belong_to_a_track_the_edition_has_already(database: Database) -> None:
    values = sample()
    read_into(database, values)
    values["tracks"] = []
    assert not read_into(database, values).changed


def test_a_closing_before_the_known_opening_is_refused(database: Database) -> None:
    values = sample()
    read_into(database, values)
    del values["edition"]["opens_at"]
    values["edition"]["closes_at"] = "2031-01-01T10:00"
    assert refused(database, values) == ["edition.closes_at: la clôture doit suivre l’ouverture des inscriptions"]


def test_another_edition_is_not_touched(database: Database) -> None:
    read_into(database, sample())
    before = {line for line in dump(database).splitlines() if not line.startswith("data_version ")}
    other = deepcopy(sample())
    other["edition"]["slug"] = "sprint-2032"
    assert read_into(database, other).tracks == Tally(made=3)
    assert before <= set(dump(database).splitlines())
