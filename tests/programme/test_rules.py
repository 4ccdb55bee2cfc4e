"""Phases of an edition, and what day it is there."""

from datetime import UTC, date, datetime

import pytest

from sprint.programme.rules import Calendar, Phase, current_of, is_over

DAYS = (date(2027, 3, 16), date(2027, 3, 17))
OPENS, CLOSES = datetime(2027, 1, 10, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)


def at(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (at(1, 9), Phase.ANNOUNCED),
        (OPENS, Phase.OPEN),
        (at(2, 28), Phase.OPEN),
        (CLOSES, Phase.CLOSED),
        (at(3, 15, 22, 59), Phase.CLOSED),
        (at(3, 15, 23), Phase.RUNNING),
        (at(3, 17, 22, 59), Phase.RUNNING),
        (at(3, 17, 23), Phase.PAST),
    ],
)
def test_an_edition_goes_through_its_phases_at_midnight_in_paris(now: datetime, phase: Phase) -> None:
    assert Calendar("Europe/Paris", DAYS, OPENS, CLOSES).phase(now) == phase


def test_an_edition_without_moments_is_open_until_it_is_past() -> None:
    calendar = Calendar("Europe/Paris", DAYS)
    assert calendar.phase(at(1, 1)) == Phase.OPEN
    assert calendar.phase(at(3, 17, 22, 59)) == Phase.OPEN
    assert calendar.phase(at(3, 17, 23)) == Phase.PAST


def test_an_edition_without_days_is_announced_and_never_open() -> None:
    calendar = Calendar("Europe/Paris", (), OPENS)
    assert (calendar.phase(at(2, 1)), calendar.is_open(at(2, 1))) == (Phase.ANNOUNCED, False)


@pytest.mark.parametrize(
    ("zone", "today"),
    [("Europe/Paris", 17), ("UTC", 16), ("America/Cayenne", 16), ("Pacific/Noumea", 17), ("Indian/Reunion", 17)],
)
def test_today_is_the_date_where_the_edition_is(zone: str, today: int) -> None:
    assert Calendar(zone, DAYS).today(at(3, 16, 23, 30)) == date(2027, 3, today)


def test_midnight_is_right_on_the_day_the_clocks_change() -> None:
    calendar = Calendar("Europe/Paris", (date(2027, 3, 28),))
    assert calendar.ends_at.astimezone(UTC) == at(3, 28, 22)


def test_a_day_is_over_at_its_midnight() -> None:
    calendar = Calendar("Europe/Paris", DAYS)
    assert [is_over(DAYS[0], calendar, now) for now in (at(3, 16, 22, 59), at(3, 16, 23))] == [False, True]


def test_the_edition_people_mean_is_the_first_not_over_else_the_latest() -> None:
    past, next_one, later = (Calendar("UTC", (date(year, 3, 16),)) for year in (2026, 2027, 2028))
    undated = Calendar("UTC", ())
    all_of_them = [(3, later), (1, past), (4, undated), (2, next_one)]
    assert current_of(all_of_them, at(1, 1)) == 2
    assert current_of(all_of_them, at(3, 17)) == 3
    assert current_of([(1, past), (4, undated)], at(1, 1)) == 1
    assert current_of([(4, undated)], at(1, 1)) is None
