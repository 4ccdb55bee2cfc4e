"""What is news of a slot to whoever holds a seat, from plain rows."""

from datetime import UTC, datetime, timedelta

import pytest

from sprint.programme.facts import AgendaFact
from sprint.programme.rules import NOWHERE
from sprint.registrations.letters.slots import News
from sprint.registrations.slot_changes import Change, Known, Place, known_to, news

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
HERE: Place = (1, 1)
OTHER_DAY: Place = (1, 2)
OTHER_TRACK: Place = (2, 1)
NINE, TEN, ELEVEN = 900, 1000, 1100
MOVED, RESTORED = AgendaFact.SLOT_MOVED, AgendaFact.SLOT_RESTORED


def a_change(minute: int, was: int | None, now: int | None) -> Change:
    """On the same day of the same track; its act is its minute."""
    return Change(str(minute), NOON + timedelta(minutes=minute), MOVED, HERE, HERE, was, now)


MORNING = [a_change(1, NINE, TEN), a_change(2, TEN, ELEVEN), a_change(3, ELEVEN, TEN)]


@pytest.mark.parametrize(
    ("taken", "told", "number", "until"),
    [
        pytest.param(-60, "", NINE, 1, id="never told"),
        pytest.param(-60, "1", TEN, 2, id="told of the first"),
        pytest.param(-60, "2", ELEVEN, 3, id="told of the second"),
        pytest.param(2.5, "", ELEVEN, 3, id="sat down after the second"),
        pytest.param(2.5, "1", ELEVEN, 3, id="told of the first for another seat, then sat down after the second"),
        pytest.param(1.5, "2", ELEVEN, 3, id="sat down after the first, told of the second"),
    ],
)
def test_one_knows_what_stood_when_the_seat_was_taken_or_what_a_letter_told(
    taken: float, told: str, number: int, until: int
) -> None:
    known = known_to(MORNING, NOON + timedelta(minutes=taken), told)
    assert known == Known(HERE, number, NOON + timedelta(minutes=until))


def test_nothing_is_unknown_to_whoever_was_told_of_the_last_change_or_sat_down_after_it() -> None:
    assert known_to(MORNING, NOON - timedelta(hours=1), "3") is None
    assert known_to(MORNING, NOON + timedelta(minutes=4), "") is None


def test_a_change_the_journal_kept_no_whereabouts_of_is_continued_by_the_next() -> None:
    changes = [a_change(1, None, None), a_change(2, TEN, ELEVEN)]
    assert known_to(changes, NOON, "1") == Known(HERE, TEN, NOON + timedelta(minutes=2))
    assert known_to(changes, NOON, "") == Known(HERE, None, NOON + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("seat", "knew", "stands", "told"),
    [
        pytest.param(HERE, (HERE, NINE), (HERE, NINE), None, id="back where it was"),
        pytest.param(HERE, (HERE, NINE), (HERE, TEN), News.MOVED, id="another hour"),
        pytest.param(HERE, (HERE, NINE), (OTHER_DAY, TEN), News.MOVED, id="another day, seat of the day it left"),
        pytest.param(OTHER_DAY, (HERE, NINE), (OTHER_DAY, TEN), News.MOVED, id="another day, seat of the day it came to"),
        pytest.param((1, 3), (HERE, NINE), (OTHER_DAY, TEN), None, id="a third day"),
        pytest.param(HERE, (HERE, NINE), (HERE, NOWHERE), News.CANCELLED, id="cancelled"),
        pytest.param(HERE, (HERE, NOWHERE), (HERE, NOWHERE), None, id="moved while it is cancelled"),
        pytest.param(OTHER_DAY, (HERE, NINE), (OTHER_DAY, NOWHERE), None, id="cancelled before anybody knew that it came"),
        pytest.param(HERE, (HERE, NOWHERE), (HERE, NINE), News.RESTORED, id="restored"),
        pytest.param(HERE, (HERE, NINE), (OTHER_TRACK, TEN), News.LEFT, id="of another track now"),
        pytest.param(OTHER_TRACK, (HERE, NINE), (OTHER_TRACK, TEN), News.JOINED, id="came from another track"),
        pytest.param(HERE, (HERE, NOWHERE), (OTHER_TRACK, TEN), None, id="cancelled, then restored in another track"),
        pytest.param(HERE, ((None, 1), NINE), (HERE, TEN), News.JOINED, id="was of no track"),
    ],
)  # fmt: skip
def test_what_is_news_to_a_seat(
    seat: Place, knew: tuple[Place, int], stands: tuple[Place, int], told: News | None
) -> None:
    assert news(seat, Known(*knew, NOON), *stands, MOVED) == told


def test_without_known_whereabouts_the_last_change_says_what_it_is() -> None:
    unknown = Known(HERE, None, NOON)
    assert [news(HERE, unknown, HERE, TEN, kind) for kind in (MOVED, RESTORED)] == [News.MOVED, News.RESTORED]
    assert news(HERE, unknown, HERE, NOWHERE, RESTORED) == News.CANCELLED
