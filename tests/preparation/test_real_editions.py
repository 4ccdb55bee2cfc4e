"""Real editions with their oddities, where the data lies beside the checkout; else this says that it was not tried."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, func, select

from sprint.catalogue.tables import Repository
from sprint.database import Database
from sprint.preparation.report import Tally
from sprint.programme.tables import Edition, Slot, Track
from tests.preparation.files import dump, real
from tests.preparation.test_actions import read_into, refused


def test_the_sprint_of_2019_is_imported_whole_and_a_second_time_changes_nothing(database: Database) -> None:
    values = real("sprint-2019")
    report = read_into(database, values)
    assert (report.days, report.tracks, report.slots) == (Tally(made=2), Tally(made=14), Tally())
    assert (report.seats, report.repositories) == (Tally(), 14)
    before = dump(database)
    again = read_into(database, values, datetime(2031, 3, 1, tzinfo=UTC))
    assert (again.changed, again.tracks, again.left) == (False, Tally(unchanged=14), ())
    assert dump(database) == before
    with database.reading() as db:
        assert db.exec(select(Edition.place)).all() == ["Lab 110 bis"]
        hosts = db.exec(select(func.count(func.distinct(Repository.host)))).one()
    assert hosts == 3


@pytest.mark.parametrize(
    ("slug", "days", "slots", "with_hour", "with_block"),
    [("osxp-2023", 2, 25, 0, 25), ("poss-2019", 1, 22, 0, 0), ("mutualisons-2022", 1, 13, 13, 0)],
)
def test_a_real_agenda_is_imported_whole(
    database: Database, slug: str, days: int, slots: int, with_hour: int, with_block: int
) -> None:
    values = real(slug)
    report = read_into(database, values)
    assert (report.days, report.slots) == (Tally(made=days), Tally(made=slots))
    before = dump(database)
    assert not read_into(database, values).changed
    assert dump(database) == before
    with database.reading() as db:
        assert db.exec(select(func.count(col(Slot.starts)))).one() == with_hour
        assert db.exec(select(func.count()).where(Slot.block != "")).one() == with_block
        assert db.exec(select(Slot.title).order_by(Slot.position)).all() == [slot["title"] for slot in values["slots"]]


def test_an_edition_without_place_is_imported(database: Database) -> None:
    values = real("bsoc-2022")
    assert values["edition"]["place"] is None
    assert read_into(database, values).tracks == Tally(made=40)


def test_a_copy_with_days_ahead_is_an_edition_of_its_own(database: Database) -> None:
    read_into(database, real("sprint-2019"))
    copy = real("sprint-2019")
    copy["edition"] |= {"slug": "reprise-2031", "name": "Reprise"}
    copy["days"] = [{"on": "2031-11-19"}, {"on": "2031-11-20"}]
    for track in copy["tracks"]:
        track["capacities"] = [{"day": "2031-11-19", "mode": "site", "seats": 5}]
    report = read_into(database, copy)
    assert (report.tracks, report.seats, report.repositories) == (Tally(made=14), Tally(made=14), 0)
    with database.reading() as db:
        assert db.exec(select(func.count()).select_from(Track)).one() == 28


def test_a_real_edition_with_one_fault_is_refused_whole(database: Database) -> None:
    values = real("sprint-2019")
    values["tracks"][13]["repositories"] = ["ftp://example.org/x"]
    values["slots"] = [{"title": "Accueil", "kind": "pleniere", "day": "2019-11-21"}]
    assert refused(database, values) == [
        "tracks[13].repositories[0]: doit être l’adresse https://… d’un dépôt sur une forge",
        "slots[0].day: n’est pas un des jours de l’édition",
    ]
