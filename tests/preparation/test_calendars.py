"""What an import does to the events that calendars hold already."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, SQLModel, select

from sprint.database import Database
from sprint.preparation.actions import import_edition
from sprint.preparation.reading import edition_of
from sprint.programme.actions import cancel_slot
from sprint.programme.tables import Edition, Slot, Track
from tests.makers import a_person
from tests.preparation.files import Values, sample

NOW = datetime(2031, 1, 6, 9, tzinfo=UTC)


def read_into(db: Session, values: Values) -> tuple[str, ...]:
    return import_edition(db, edition_of(values), NOW).left


def revisions(db: Session) -> dict[str, int]:
    """Every revision that is not nought, by what it is of."""
    found = {"edition": db.exec(select(Edition.revision)).one()}
    found |= dict(db.exec(select(Track.slug, Track.revision)).all())
    found |= {f"{title} {room}".strip(): n for title, room, n in db.exec(select(Slot.title, Slot.room, Slot.revision))}
    return {name: revision for name, revision in found.items() if revision}


def uids(db: Session, of: type[SQLModel]) -> list[str]:
    return sorted(db.exec(select(of.uid)))  # type: ignore[attr-defined]


def keyed() -> Values:
    """The sample with a key for each slot, so that they are the same wherever they move."""
    values = sample()
    for number, slot in enumerate(values["slots"]):
        slot.setdefault("key", f"k{number}")
    return values


def test_a_first_import_makes_events_nobody_holds_yet(database: Database) -> None:
    with database.writing() as db:
        read_into(db, keyed())
        assert revisions(db) == {}


@pytest.mark.parametrize(
    ("path", "value", "raised"),
    [
        (("slots", 0, "start"), "08:45", {"Accueil Grande salle": 1}),
        (("slots", 0, "end"), "10:15", {"Accueil Grande salle": 1}),
        (("slots", 0, "room"), "Petite salle", {"Accueil Petite salle": 1}),
        (("slots", 0, "day"), "2031-03-05", {"Accueil Grande salle": 1}),
        (("slots", 0, "title"), "Bienvenue", {}),
        (("slots", 2, "room"), "B3", {"Premiers pas B3": 1, "phare": 1}),
        (("slots", 2, "title"), "Premier pas", {}),
        (("slots", 2, "track"), "carnet", {"phare": 1, "carnet": 1}),
        (("tracks", 1, "name"), "Rose des vents", {}),
        (("edition", "name"), "Autre nom", {}),
        (("edition", "place"), "Lyon", {"edition": 1}),
        (("edition", "timezone"), "Indian/Reunion", {"edition": 1}),
        (("days", 0, "place"), "Sous-sol", {"edition": 1}),
    ],
)
def test_revisions_grow_with_time_and_place_and_with_nothing_else(
    database: Database, path: tuple[str | int, ...], value: str, raised: dict[str, int]
) -> None:
    values = keyed()
    with database.writing() as db:
        read_into(db, values)
        names = uids(db, Slot)
    spot = values
    for step in path[:-1]:
        spot = spot[step]  # type: ignore[index]
    spot[path[-1]] = value  # type: ignore[index]
    with database.writing() as db:
        read_into(db, values)
        assert (revisions(db), uids(db, Slot)) == (raised, names)
    with database.writing() as db:
        read_into(db, values)
        assert revisions(db) == raised


def test_a_day_more_moves_every_event_of_the_edition_once(database: Database) -> None:
    values = keyed()
    with database.writing() as db:
        read_into(db, values)
        values["days"] += [{"on": "2031-03-06"}, {"on": "2031-03-07"}]
        read_into(db, values)
        assert revisions(db) == {"edition": 1}


def test_a_slot_the_file_no_longer_tells_of_stays_until_it_is_cancelled_on_the_desk(database: Database) -> None:
    values = keyed()
    with database.writing() as db:
        read_into(db, values)
        gone = values["slots"].pop(0)
        assert read_into(db, values) == ("slots[k0]",)
        slot = db.exec(select(Slot).where(Slot.title == gone["title"])).one()
        assert slot.cancelled_at is None
        assert cancel_slot(db, slot.id or 0, a_person(db).id or 0, NOW)
        assert (slot.cancelled_at, slot.revision) == (NOW, 1)


def test_a_file_read_again_does_not_restore_a_cancelled_slot_and_says_so(database: Database) -> None:
    values = keyed()
    with database.writing() as db:
        read_into(db, values)
        slot = db.exec(select(Slot).where(Slot.title == "Accueil")).one()
        cancel_slot(db, slot.id or 0, a_person(db).id or 0, NOW)
        assert read_into(db, values) == ("slots[k0].cancelled",)
        assert slot.cancelled_at == NOW


def test_any_change_of_a_row_is_dated_by_the_tables_themselves(database: Database) -> None:
    values = keyed()
    with database.writing() as db:
        read_into(db, values)
        before = dict(db.exec(select(Slot.title, Slot.changed_at).where(Slot.title != "Premiers pas")).all())
    values["slots"][0]["title"] = "Bienvenue"
    with database.writing() as db:
        read_into(db, values)
        after = dict(db.exec(select(Slot.title, Slot.changed_at).where(Slot.title != "Premiers pas")).all())
    assert after["Bilan"] == before["Bilan"]
    assert after["Bienvenue"] > before["Accueil"]
