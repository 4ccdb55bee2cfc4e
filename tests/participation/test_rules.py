"""What may be said about one's coming, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sprint.participation.rules import NAMES_SHOWN, registering_with_conduct, shows_names, telling_care
from sprint.programme.rules import Calendar

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
CALENDAR = Calendar("Europe/Paris", (date(2027, 3, 16), date(2027, 3, 17)))


@pytest.mark.parametrize(
    ("version", "current", "is_accepted", "has_seat", "code"),
    [
        ("", "", False, False, None),
        ("", "2", True, False, None),
        ("2", "2", False, False, None),
        ("", "2", False, True, None),
        ("", "2", False, False, "conduct"),
        ("1", "2", False, False, "other_version"),
    ],
)
def test_who_comes_anew_accepts_the_version_in_force(
    version: str, current: str, is_accepted: bool, has_seat: bool, code: str | None
) -> None:
    reasons = registering_with_conduct(version, current, is_accepted=is_accepted, has_seat=has_seat)
    assert [one.code for one in reasons] == ([code] if code else [])


def test_everything_that_keeps_needs_from_being_taken_down_is_said_at_once() -> None:
    after = datetime(2027, 3, 18, 9, tzinfo=UTC)
    reasons = telling_care(CALENDAR, comes=False, consents=False, now=after)
    assert [one.code for one in reasons] == ["not_registered", "over", "no_consent"]
    assert telling_care(CALENDAR, comes=True, consents=True, now=NOW) == []


def test_a_declared_purpose_shows_names_for_half_an_hour() -> None:
    assert shows_names(NOW, NOW + NAMES_SHOWN - timedelta(seconds=1))
    assert not shows_names(NOW, NOW + NAMES_SHOWN)
    assert not shows_names(None, NOW)
